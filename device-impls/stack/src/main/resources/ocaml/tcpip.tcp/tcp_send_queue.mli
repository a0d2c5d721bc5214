(* SPDX-License-Identifier: Apache-2.0 *)

(** Bytes that were written and not acknowledged yet. Large buffers are kept as they are, without a copy: their writer
    has given them away. Small ones are put together. *)

type t

val create : unit -> t

val length : t -> int
(** Bytes. *)

val add : t -> Cstruct.t -> unit

val drop : t -> int -> unit
(** Removes so many bytes from the front; all if there are fewer. *)

val blit : t -> int -> Cstruct.t -> int -> int -> unit
(** [blit t position buffer offset length] copies a part of the queue.
    @raise Invalid_argument if the queue does not have it *)
