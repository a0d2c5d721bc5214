(* SPDX-License-Identifier: Apache-2.0 *)

(** The boot arguments. *)

val argv : unit -> string array Lwt.t
(** The first element is the program's name. *)
