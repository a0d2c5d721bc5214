(* SPDX-License-Identifier: Apache-2.0 *)

(** Block devices: arrays of sectors. *)

type error = [ `Disconnected ]

val pp_error : Format.formatter -> error -> unit

type write_error = [ error | `Is_read_only ]

val pp_write_error : Format.formatter -> write_error -> unit

type info = {
  read_write : bool;
  sector_size : int;  (** bytes *)
  size_sectors : int64;
}

module type S = sig
  type nonrec error = private [> error ]

  val pp_error : Format.formatter -> error -> unit

  type nonrec write_error = private [> write_error ]

  val pp_write_error : Format.formatter -> write_error -> unit

  type t

  val disconnect : t -> unit Lwt.t
  val get_info : t -> info Lwt.t

  val read : t -> int64 -> Cstruct.t list -> (unit, error) result Lwt.t
  (** [read t first buffers] fills the buffers, whose lengths are multiples of the sector size, from
      sector [first] on. *)

  val write : t -> int64 -> Cstruct.t list -> (unit, write_error) result Lwt.t
  (** [write t first buffers]: the same the other way. Resolved when the data is stored. *)
end
