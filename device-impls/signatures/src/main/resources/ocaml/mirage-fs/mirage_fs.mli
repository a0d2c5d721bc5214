(* SPDX-License-Identifier: Apache-2.0 *)

(** File systems. Superseded by {!Mirage_kv}. *)

type error = [ `Is_a_directory | `No_directory_entry | `Not_a_directory ]

val pp_error : Format.formatter -> error -> unit

type write_error = [ error | `Directory_not_empty | `File_already_exists | `No_space ]

val pp_write_error : Format.formatter -> write_error -> unit

type stat = { filename : string; read_only : bool; directory : bool; size : int64 }

module type S = sig
  type nonrec error = private [> error ]

  val pp_error : Format.formatter -> error -> unit

  type nonrec write_error = private [> write_error ]

  val pp_write_error : Format.formatter -> write_error -> unit

  type t

  val disconnect : t -> unit Lwt.t

  val read : t -> string -> int -> int -> (Cstruct.t list, error) result Lwt.t
  (** [read t path offset length] is what there is of it. *)

  val size : t -> string -> (int64, error) result Lwt.t
  val create : t -> string -> (unit, write_error) result Lwt.t
  val mkdir : t -> string -> (unit, write_error) result Lwt.t

  val destroy : t -> string -> (unit, write_error) result Lwt.t
  (** With everything in it. *)

  val stat : t -> string -> (stat, error) result Lwt.t
  val listdir : t -> string -> (string list, error) result Lwt.t
  val write : t -> string -> int -> Cstruct.t -> (unit, write_error) result Lwt.t
end

(** A file system as a read-only store. *)
module To_KV_RO (FS : S) : sig
  include Mirage_kv.RO with type t = FS.t

  val connect : FS.t -> t Lwt.t
end
