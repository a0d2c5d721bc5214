(* SPDX-License-Identifier: Apache-2.0 *)

(** The answer to the tool, as JSON; docs/config-protocol.md. *)

type graph = {
  context : Functoria.context;
  keys : Functoria.key list;
  packages : Functoria.package list;
  jars : string list;
  nodes : (Config_graph.node * string option) list;  (** with the connect expression of a module *)
  init : int list;
  jobs : int list;
}

type body = Keys of Functoria.key list | Graph of graph | Nothing

val write : string -> name:string option -> errors:Config_problem.t list -> body -> unit
(** The file appears whole or not at all. *)
