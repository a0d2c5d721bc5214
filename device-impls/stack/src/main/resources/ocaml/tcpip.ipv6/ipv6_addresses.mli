(* SPDX-License-Identifier: Apache-2.0 *)

(** The addresses, prefixes and routers a host knows (RFC 4861, 5; RFC 4862), without input or output. Times are seconds
    of a monotonic clock. *)

type t

val create : mac:Macaddr.t -> t
(** With a link-local address made of the interface's, which is tentative. *)

val link_local : t -> Ipaddr.V6.t

val add : t -> Ipaddr.V6.Prefix.t -> unit
(** An address that was configured, with its network. It is tentative. *)

val add_router : t -> ?until:int64 -> Ipaddr.V6.t -> unit
val remove_router : t -> Ipaddr.V6.t -> unit

val advertised : t -> now:int64 -> Ndp_message.prefix -> unit
(** What a router says of a network: an address of it is made, or its times are renewed. *)

(** {1 Duplicate address detection} *)

val tentative : t -> Ipaddr.V6.t list
(** To be asked for. *)

val is_tentative : t -> Ipaddr.V6.t -> bool

val asked : t -> now:int64 -> Ipaddr.V6.t -> unit
(** It was: if nobody answers within a second it may be used. *)

val duplicate : t -> Ipaddr.V6.t -> unit
(** Somebody else has it: it is never used. *)

(** {1 Use} *)

val tick : t -> now:int64 -> unit
(** Ends what has ended: detections, addresses, networks, routers. *)

val usable : t -> Ipaddr.V6.t list
val is_own : t -> Ipaddr.V6.t -> bool
(** Whether it may be used. *)

val groups : t -> Ipaddr.V6.t list
(** The solicited-node groups of all addresses. *)

val source : t -> Ipaddr.V6.t -> Ipaddr.V6.t
(** The address to be used towards another; [unspecified] if there is none. *)

type hop = Direct | Router of Ipaddr.V6.t | Nowhere

val next_hop : t -> Ipaddr.V6.t -> hop

val solicited_node : Ipaddr.V6.t -> Ipaddr.V6.t
(** The group in which an address is asked for. *)
