(* SPDX-License-Identifier: Apache-2.0 *)

(** The boot arguments. *)

val argv : unit -> string array Lwt.t
(** In the form of [Sys.argv]: the first element stands for the program's name, which a unikernel does
    not have; it is ["mirage"]. *)
