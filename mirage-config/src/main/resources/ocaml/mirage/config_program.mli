(* SPDX-License-Identifier: Apache-2.0 *)

(** The program that config.ml becomes: reads a request, evaluates the application, writes the answer.

    Linking this module makes the program answer always: also when config.ml raises, or registers nothing. *)

open Functoria

val register :
  keys:key list -> packages:package list -> init:abstract_impl list -> string -> abstract_impl list -> unit
(** [register ~keys ~packages ~init name jobs] answers for the application. To be called once. *)
