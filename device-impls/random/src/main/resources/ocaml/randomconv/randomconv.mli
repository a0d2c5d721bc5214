(* SPDX-License-Identifier: Apache-2.0 *)

(** Uniformly distributed numbers out of random bytes. The argument gives so many random bytes as it is
    asked for. *)

val int8 : (int -> Cstruct.t) -> int
(** 0 to 255. *)

val int16 : (int -> Cstruct.t) -> int
(** 0 to 65535. *)

val int32 : (int -> Cstruct.t) -> int32
(** All 32 bits. *)

val int64 : (int -> Cstruct.t) -> int64
(** All 64 bits. *)

val int : ?bound:int -> (int -> Cstruct.t) -> int
(** 0 to [bound - 1]; [bound] is [max_int] of the machine when absent.
    @raise Invalid_argument if [bound] is not positive. *)

val float : ?bound:float -> (int -> Cstruct.t) -> float
(** 0 to [bound] (1 when absent), with 53 random bits.
    @raise Invalid_argument if [bound] is not positive. *)
