(* SPDX-License-Identifier: Apache-2.0 *)

(** Numbers in network order in headers, for what is done for every packet: the functions take half the instructions of
    [Cstruct.BE]'s. Who calls them has found that the view is long enough: what lies behind it in the same buffer is not
    told from the view.
    @raise Invalid_argument outside of the buffer *)

val get16 : Cstruct.t -> int -> int
val get32 : Cstruct.t -> int -> int32
val set16 : Cstruct.t -> int -> int -> unit
val set32 : Cstruct.t -> int -> int32 -> unit
