(* SPDX-License-Identifier: Apache-2.0 *)

(** Memory in pages of 4096 bytes, outside the OCaml heap. They have no particular alignment here: no
    device of the board needs one. *)

type t = private (char, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t
type buf = Cstruct.t

val page_size : int
(** 4096. *)

val get : int -> t
(** [get n] is [n] pages of zeroes.
    @raise Out_of_memory when there is no room *)

val get_order : int -> t
(** [get_order i] is [get (1 lsl i)]. *)

val get_buf : ?n:int -> unit -> buf
(** [get n] as a cstruct; one page when [n] is absent. *)

val pages : int -> t list
(** [n] times one page. *)

val pages_order : int -> t list
(** [pages (1 lsl i)]. *)

val length : t -> int
(** Bytes. *)

val to_cstruct : t -> buf
(** The same memory. *)

val of_cstruct_exn : buf -> t
(** The same memory.
    @raise Invalid_argument unless it is a whole number of pages *)

val to_pages : t -> t list
(** The same memory, one by one. *)

val to_string : t -> string
(** A copy. *)

val blit : t -> t -> unit
(** [blit src dst], of equal length. *)

val string_blit : string -> int -> t -> int -> int -> unit
(** [string_blit src src_off dst dst_off len]. *)

val round_to_page_size : int -> int
(** The next multiple of the page size. *)
