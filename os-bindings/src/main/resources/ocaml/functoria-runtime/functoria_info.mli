(* SPDX-License-Identifier: Apache-2.0 *)

(** What a unikernel knows of its own build. *)

type info = {
  name : string;  (** the name given to [register] *)
  libraries : string list;  (** findlib names of the libraries it was linked with *)
  packages : (string * string) list;  (** opam package and version *)
}
