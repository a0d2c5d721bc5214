(* SPDX-License-Identifier: Apache-2.0 *)

(** Segments that arrived before those in front of them: at most 32 pieces, which never overlap. *)

module Sequence = Tcp_sequence

type t

val create : unit -> t
val is_empty : t -> bool

val keeps : t -> int
(** Bytes of memory, with what each piece takes besides. *)

val insert : t -> Sequence.t -> Cstruct.t -> unit
(** What is there already stays; of a new piece only what is missing is kept. When there is no room for one more
    piece, what is furthest is given up: its sender will send it again. *)

val take : t -> Sequence.t -> Cstruct.t option
(** [take t next] removes and gives the bytes from [next] on, of the first piece, if they are there. Pieces before
    [next] go. *)

val blocks : t -> (Sequence.t * Sequence.t) list
(** For selective acknowledgements: the runs of bytes there are, that with the newest segment first (RFC 2018, 4), at
    most three. *)
