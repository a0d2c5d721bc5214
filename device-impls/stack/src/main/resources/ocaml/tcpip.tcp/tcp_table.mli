(* SPDX-License-Identifier: Apache-2.0 *)

(** What belongs to a pair of addresses and ports. *)

type ('ip, 'a) t

val create : unit -> ('ip, 'a) t
val count : ('ip, 'a) t -> int

val find : ('ip, 'a) t -> local:'ip -> local_port:int -> remote:'ip -> remote_port:int -> 'a option
val add : ('ip, 'a) t -> local:'ip -> local_port:int -> remote:'ip -> remote_port:int -> 'a -> unit
(** There must be none of the same addresses and ports. *)

val remove : ('ip, 'a) t -> local:'ip -> local_port:int -> remote:'ip -> remote_port:int -> unit
val iter : ('ip, 'a) t -> ('a -> unit) -> unit
(** The function may add and remove; it is not called for what is added. *)
