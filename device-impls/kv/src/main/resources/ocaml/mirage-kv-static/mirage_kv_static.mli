(* SPDX-License-Identifier: Apache-2.0 *)

(** A read-only store whose folders are part of the program, and whose values are where a {!SOURCE} has them. The
    files given to {!Make} are generated at build time. *)

type 'content node =
  | Value of { content : 'content; digest : string; modified : int * int64 }
  | Dictionary of {
      entries : (string * [ `Value | `Dictionary ]) list;
      digest : string;
      modified : int * int64;
    }

module type SOURCE = sig
  type content
  (** What the program knows of a value: where it is. *)

  val connect : unit -> unit Lwt.t
  (** Fails when the source is not there. *)

  val read : content -> string
  (** The value. @raise Failure when it cannot be read. *)
end

(** Values are string constants of the program: on the chip they stay in flash, and reading copies nothing. *)
module Constants : SOURCE with type content = string

module Make (Source : SOURCE) (_ : sig
  val find : string -> Source.content node option
  (** By path: segments with a slash between, [""] for the root. *)
end) : sig
  include Mirage_kv.RO with type error = Mirage_kv.error and type t = unit

  val connect : unit -> t Lwt.t
end
