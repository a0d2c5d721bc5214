(* SPDX-License-Identifier: Apache-2.0 *)

(** Messages of ICMPv6 (RFC 4443) that a host has to do with: neighbour discovery (RFC 4861), echo, and reports of
    multicast groups (RFC 3810). *)

type prefix = {
  prefix : Ipaddr.V6.Prefix.t;
  on_link : bool;
  autonomous : bool;  (** addresses may be made of it *)
  valid : int64;  (** seconds *)
  preferred : int64;
}

type t =
  | Echo_request of Cstruct.t  (** identifier, sequence number, data *)
  | Echo_reply of Cstruct.t
  | Router_solicitation of { source_mac : Macaddr.t option }
  | Router_advertisement of {
      hop_limit : int;  (** 0: says nothing *)
      lifetime : int;  (** seconds it may be a default router *)
      source_mac : Macaddr.t option;
      mtu : int option;
      prefixes : prefix list;
    }
  | Neighbour_solicitation of { target : Ipaddr.V6.t; source_mac : Macaddr.t option }
  | Neighbour_advertisement of {
      target : Ipaddr.V6.t;
      router : bool;
      solicited : bool;
      override : bool;
      target_mac : Macaddr.t option;
    }
  | Report of Ipaddr.V6.t list  (** joins groups; only ever sent *)

val read : src:Ipaddr.V6.t -> dst:Ipaddr.V6.t -> hop_limit:int -> Cstruct.t -> t option
(** [None] if the checksum is wrong, for other messages, and for those of neighbour discovery that may have come from
    beyond the link. *)

val make : src:Ipaddr.V6.t -> dst:Ipaddr.V6.t -> t -> Cstruct.t
(** With its checksum. Router advertisements are not made.
    @raise Invalid_argument for one *)
