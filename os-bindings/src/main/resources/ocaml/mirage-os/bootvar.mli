(* SPDX-License-Identifier: Apache-2.0 *)

(** The boot arguments. *)

val argv : unit -> string array Lwt.t
(** In the form of [Sys.argv]: the first element stands for the program's name, which a unikernel does
    not have; it is ["mirage"]. *)

val store : string list -> (unit, string) result
(** [store words] makes these the boot arguments of all starts to come; {!argv} stays what it is. The error is a sentence
    for people: this machine has no place for them, or they are too long. For less than a tenth of a second the place is
    empty: who loses its power then starts without arguments. *)
