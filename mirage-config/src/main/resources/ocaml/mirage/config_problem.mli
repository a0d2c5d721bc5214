(* SPDX-License-Identifier: Apache-2.0 *)

(** What is wrong with a configuration, told to the user all at once. *)

type t = { message : string; where : string option }

val v : ?where:string -> string -> t

val protect : where:string -> default:'a -> (t -> unit) -> (unit -> 'a) -> 'a
(** [protect ~where ~default report f] is [f ()]; what it raises is reported and gives [default]. *)

val of_exception : ?where:string -> exn -> t
(** To be called in the handler: the place in config.ml is taken from the backtrace. *)
