(* SPDX-License-Identifier: Apache-2.0 *)

(** Bytes that arrived in order and were not read yet. A large piece is kept in the frame it came in; small ones are
    copied together, so that what is kept in memory is in proportion to the bytes. *)

type t

val create : unit -> t
val length : t -> int
val add : t -> Cstruct.t -> unit

val take : t -> Cstruct.t option
(** The oldest piece. *)
