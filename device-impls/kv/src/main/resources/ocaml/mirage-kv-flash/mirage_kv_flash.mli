(* SPDX-License-Identifier: Apache-2.0 *)

(** Values of a {!Mirage_kv_static} store in a data partition of the flash, outside of the program. Reading one copies
    it into the heap. *)

type range = { offset : int; length : int }
(** Bytes of the partition. *)

module Make (_ : sig
  val name : string
  (** Of the partition. *)

  val digest : string
  (** What the partition begins with, so that a program does not read that of another build. *)
end) : Mirage_kv_static.SOURCE with type content = range
