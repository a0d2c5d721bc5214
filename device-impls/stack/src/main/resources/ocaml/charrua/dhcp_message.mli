(* SPDX-License-Identifier: Apache-2.0 *)

(** Messages of DHCP (RFC 2131, RFC 2132). *)

type kind = Discover | Offer | Request | Decline | Ack | Nak | Release | Inform

type t = {
  is_reply : bool;  (** from a server *)
  xid : int32;
  secs : int;
  broadcast : bool;  (** the client wants the answer by broadcast *)
  ciaddr : Ipaddr.V4.t;  (** the address the client has *)
  yiaddr : Ipaddr.V4.t;  (** the address it is given *)
  siaddr : Ipaddr.V4.t;
  giaddr : Ipaddr.V4.t;
  chaddr : Macaddr.t;
  kind : kind;
  options : (int * string) list;  (** the others, by number; values of split options are joined *)
}

val client_port : int
(** 68. *)

val server_port : int
(** 67. *)

val read : Cstruct.t -> t option
(** The payload of a datagram; [None] if it is no message of DHCP over Ethernet. *)

val make : t -> Cstruct.t
(** At least 300 bytes, as servers of BOOTP's time expect.
    @raise Invalid_argument if an option is longer than 255 bytes *)

(** {1 Options} *)

val subnet_mask : int
val routers : int
val dns_servers : int
val host_name : int
val requested_address : int
val lease_time : int
val server_identifier : int
val parameter_list : int
val message : int
val max_size : int
val renewal_time : int
val rebinding_time : int
val client_identifier : int

val address : t -> int -> Ipaddr.V4.t option
(** The first address of an option. *)

val addresses : t -> int -> Ipaddr.V4.t list

val seconds : t -> int -> int64 option
(** A 32-bit number without sign. *)

val of_address : Ipaddr.V4.t -> string
val of_seconds : int32 -> string
