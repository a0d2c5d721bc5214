(* SPDX-License-Identifier: Apache-2.0 *)

(** The Internet checksum (RFC 1071): sums in one's complement arithmetic of 16-bit words, 0 to 0xffff. *)

val sum : ?init:int -> Cstruct.t -> int
(** The sum of a buffer's words in network order; an odd last byte counts as the upper half of a word.
    [init] is a sum to continue, of an even number of bytes; 0 when absent. *)

val sum_part : init:int -> Cstruct.t -> int -> int -> int
(** [sum_part ~init buffer offset length] is that of a part.
    @raise Invalid_argument if the buffer does not have it *)

val finish : int -> int
(** What goes into a header, of the sum of all that it covers: the complement. *)

val add : int -> int -> int
(** The sum of two sums, or of a sum and a 16-bit word. *)

val ones_complement : Cstruct.t -> int
(** [finish (sum buffer)]: 0 if the buffer has its right checksum in it. *)

val ones_complement_list : Cstruct.t list -> int
(** The same over several buffers, as if they were one. *)
