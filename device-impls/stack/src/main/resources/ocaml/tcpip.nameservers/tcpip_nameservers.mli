(* SPDX-License-Identifier: Apache-2.0 *)

(** The name servers of the networks this machine is on. Interfaces say what they are told, a resolver that was given
    none asks. *)

val set : interface:string -> Ipaddr.t list -> unit
(** Instead of what that interface said before; nothing when it has left the network. *)

val get : unit -> Ipaddr.t list
(** All of them, those of the interface that spoke last first. *)
