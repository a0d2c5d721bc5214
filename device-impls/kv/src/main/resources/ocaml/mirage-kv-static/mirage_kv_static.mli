(* SPDX-License-Identifier: Apache-2.0 *)

(** A read-only store whose content is part of the program. Values are string constants: on the chip
    they stay in flash, and {!Make.get} copies nothing. The modules given to {!Make} are generated at
    build time. *)

type node =
  | Value of { content : string; digest : string; modified : int * int64 }
  | Dictionary of {
      entries : (string * [ `Value | `Dictionary ]) list;
      digest : string;
      modified : int * int64;
    }

module Make (_ : sig
  val find : string -> node option
  (** By path: segments with a slash between, [""] for the root. *)
end) : sig
  include Mirage_kv.RO with type error = Mirage_kv.error and type t = unit

  val connect : unit -> t Lwt.t
end
