(* SPDX-License-Identifier: Apache-2.0 *)

(** The application graph: what is left of config.ml once its conditions are decided.

    Equal devices are one node: equal names, keys and neighbours. *)

type hook = [ `Configure | `Build | `Clean ]

val hook_name : hook -> string

type subject =
  | Device of Functoria.device  (** the tool chooses its module *)
  | Module of { name : string; connect : Functoria.Info.t -> string }
      (** [connect] is an OCaml expression with the placeholders [{module}] and [{0}], [{1}] ... for the values of
          arguments, then dependencies *)

type node = {
  id : int;
  name : string;
  subject : subject;
  arguments : int list;  (** functor arguments of a module, devices that a device stands on *)
  dependencies : int list;  (** of a device: those the user chose where it has defaults *)
  packages : Functoria.package list;
  keys : Functoria.key list;
  hook : hook -> Functoria.Info.t -> (unit, Rresult.R.msg) result;
}

type t = {
  nodes : node list;  (** neighbours first *)
  roots : int list list;  (** the nodes of each group of roots, each once *)
  keys : Functoria.key list;  (** of nodes, packages and conditions passed; with duplicates *)
}

val evaluate : Functoria.context -> Functoria.abstract_impl list list -> t

val keys : Functoria.context -> Functoria.abstract_impl list -> Functoria.key list
(** Keys in every branch that the target alone does not exclude; with duplicates. *)
