(* SPDX-License-Identifier: Apache-2.0 *)

(** A data partition of the flash as a block device. A sector is what the flash erases at once, 4096
    bytes. Writing takes some 50 ms a sector on the chip, during which nothing else runs; a sector whose
    writing is cut short by a loss of power is undefined. Flash wears out: about 100,000 writes a
    sector. *)

type error =
  [ Mirage_block.error
  | `Outside of int64  (** the device has no such sector *)
  | `Unaligned of int  (** a buffer of that length, which is no multiple of a sector *)
  | `Flash of int  (** an error code of [board.h] *) ]

type write_error = [ Mirage_block.write_error | error ]

include Mirage_block.S with type error := error and type write_error := write_error

val connect : string -> t Lwt.t
(** [connect name] is the partition of that name; fails with [Failure] if there is none. *)
