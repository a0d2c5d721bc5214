(* SPDX-License-Identifier: Apache-2.0 *)

(** What a unikernel knows of its own build; the value of the device [app_info]. *)

type t = Functoria_info.info = {
  name : string;  (** the name given to [register] *)
  libraries : string list;  (** findlib names *)
  packages : (string * string) list;  (** opam package and version *)
}
