(* SPDX-License-Identifier: Apache-2.0 *)

(** The question the tool asks; docs/config-protocol.md. *)

type command = Keys | Graph | Hook of Config_graph.hook

type t = {
  command : command;
  target : string;
  build_dir : Fpath.t;
  keys : (string * string list) list;
  libraries : string list;
  packages : string list;
}

val read : string -> t
(** @raise Failure when the file is not a request. *)
