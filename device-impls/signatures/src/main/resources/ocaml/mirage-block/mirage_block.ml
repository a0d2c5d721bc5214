(* SPDX-License-Identifier: Apache-2.0 *)

type error = [ `Disconnected ]

let pp_error ppf `Disconnected = Format.pp_print_string ppf "device is disconnected"

type write_error = [ error | `Is_read_only ]

let pp_write_error ppf = function
  | `Is_read_only -> Format.pp_print_string ppf "attempted to write to a read-only disk"
  | #error as e -> pp_error ppf e

type info = { read_write : bool; sector_size : int; size_sectors : int64 }

module type S = sig
  type nonrec error = private [> error ]

  val pp_error : Format.formatter -> error -> unit

  type nonrec write_error = private [> write_error ]

  val pp_write_error : Format.formatter -> write_error -> unit

  type t

  val disconnect : t -> unit Lwt.t
  val get_info : t -> info Lwt.t
  val read : t -> int64 -> Cstruct.t list -> (unit, error) result Lwt.t
  val write : t -> int64 -> Cstruct.t list -> (unit, write_error) result Lwt.t
end
