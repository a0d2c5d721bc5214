(* SPDX-License-Identifier: Apache-2.0 *)

(** What all messages of the domain name system are made of (RFC 1035, 4.1): numbers and names, read with their bounds
    checked. *)

exception Damaged
(** Raised by all that reads; {!total} catches it. *)

val check : bool -> unit
val byte : Cstruct.t -> int -> int
val word : Cstruct.t -> int -> int

val seconds : Cstruct.t -> int -> int64
(** A time to live: 31 bits. *)

val name : Cstruct.t -> int -> [ `raw ] Domain_name.t * int
(** A name and the position behind it. Ends, since a pointer leads to something before the place where the name, or the
    part of it that was read last, began. *)

val total : (Cstruct.t -> 'a) -> Cstruct.t -> 'a option
(** [None] if the message is damaged. *)

val encode : 'a Domain_name.t -> string
(** As it stands in a message, without pointers. *)
