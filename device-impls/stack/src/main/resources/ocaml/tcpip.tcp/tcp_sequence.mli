(* SPDX-License-Identifier: Apache-2.0 *)

(** Sequence numbers: 32 bits that wrap, compared by their distance (RFC 9293, 3.4). *)

type t

val of_int32 : int32 -> t
val to_int32 : t -> int32
val add : t -> int -> t

val diff : t -> t -> int
(** [diff a b] is how far [a] is behind [b], negative if it is before. Distances from 2^30 on, which no window
    reaches, are given as 2^30 - 1, so that they fit the chip's integers. *)

val equal : t -> t -> bool
val lt : t -> t -> bool
val leq : t -> t -> bool
val gt : t -> t -> bool
val geq : t -> t -> bool
val max : t -> t -> t
val min : t -> t -> t
val pp : Format.formatter -> t -> unit
