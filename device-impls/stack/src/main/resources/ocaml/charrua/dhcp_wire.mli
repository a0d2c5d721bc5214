(* SPDX-License-Identifier: Apache-2.0 *)

(** Messages of DHCP (RFC 2131, RFC 2132) as they are on an Ethernet: frames with IPv4 and UDP around them. *)

type op = BOOTREQUEST | BOOTREPLY

type msgtype =
  | DHCPDISCOVER
  | DHCPOFFER
  | DHCPREQUEST
  | DHCPDECLINE
  | DHCPACK
  | DHCPNAK
  | DHCPRELEASE
  | DHCPINFORM

type htype = Ethernet_10mb
type flags = Broadcast | Unicast
type client_id = Hwaddr of Macaddr.t | Id of int * string  (** type of hardware, or 0, and bytes *)

type dhcp_option =
  | Subnet_mask of Ipaddr.V4.t
  | Routers of Ipaddr.V4.t list
  | Time_servers of Ipaddr.V4.t list
  | Dns_servers of Ipaddr.V4.t list
  | Log_servers of Ipaddr.V4.t list
  | Hostname of string
  | Domain_name of string
  | Interface_mtu of int
  | Broadcast_addr of Ipaddr.V4.t
  | Ntp_servers of Ipaddr.V4.t list
  | Request_ip of Ipaddr.V4.t
  | Ip_lease_time of int32  (** seconds *)
  | Message_type of msgtype
  | Server_identifier of Ipaddr.V4.t
  | Parameter_requests of int list  (** numbers of options *)
  | Message of string
  | Max_message of int
  | Renewal_t1 of int32
  | Rebinding_t2 of int32
  | Vendor_class_id of string
  | Client_id of client_id
  | Other of int * string  (** any other, by its number *)

type pkt = {
  srcmac : Macaddr.t;
  dstmac : Macaddr.t;
  srcip : Ipaddr.V4.t;
  dstip : Ipaddr.V4.t;
  srcport : int;
  dstport : int;
  op : op;
  htype : htype;
  hlen : int;
  hops : int;  (** not read, written as 0; likewise [sname] and [file] are empty *)
  xid : int32;
  secs : int;
  flags : flags;
  ciaddr : Ipaddr.V4.t;
  yiaddr : Ipaddr.V4.t;
  siaddr : Ipaddr.V4.t;
  giaddr : Ipaddr.V4.t;
  chaddr : Macaddr.t;
  sname : string;
  file : string;
  options : dhcp_option list;  (** the message's type is the first *)
}

val client_port : int
(** 68. *)

val server_port : int
(** 67. *)

val is_dhcp : Cstruct.t -> int -> bool
(** Whether the first so many bytes are a frame from or to one of the two ports. *)

val pkt_of_buf : Cstruct.t -> int -> (pkt, string) result
(** A frame of that length. Total: whatever the bytes are, nothing is raised. *)

val pkt_into_buf : pkt -> Cstruct.t -> int
(** Writes a frame; its length.
    @raise Invalid_argument if the buffer is too small, or an option longer than 255 bytes *)

val buf_of_pkt : pkt -> Cstruct.t
val pkt_to_string : pkt -> string
val msgtype_to_string : msgtype -> string

(** {1 Options of a message} *)

val find_option : (dhcp_option -> 'a option) -> dhcp_option list -> 'a option
val find_message_type : dhcp_option list -> msgtype option
val find_request_ip : dhcp_option list -> Ipaddr.V4.t option
val find_server_identifier : dhcp_option list -> Ipaddr.V4.t option
val find_ip_lease_time : dhcp_option list -> int32 option
val find_parameter_requests : dhcp_option list -> int list option

val number_of : dhcp_option -> int
(** As {!Parameter_requests} names it. *)

val client_id_of_pkt : pkt -> client_id
(** What the client calls itself, else its hardware address. *)

val client_id_to_string : client_id -> string
