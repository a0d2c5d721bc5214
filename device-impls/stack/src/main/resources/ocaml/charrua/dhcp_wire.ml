(* SPDX-License-Identifier: Apache-2.0 *)

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
type client_id = Hwaddr of Macaddr.t | Id of int * string

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
  | Ip_lease_time of int32
  | Message_type of msgtype
  | Server_identifier of Ipaddr.V4.t
  | Parameter_requests of int list
  | Message of string
  | Max_message of int
  | Renewal_t1 of int32
  | Rebinding_t2 of int32
  | Vendor_class_id of string
  | Client_id of client_id
  | Other of int * string

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
  hops : int;
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
  options : dhcp_option list;
}

let client_port = Dhcp_message.client_port
let server_port = Dhcp_message.server_port

(* ---- Options ---- *)

let kinds =
  let open Dhcp_message in
  [ (DHCPDISCOVER, Discover, "DHCPDISCOVER"); (DHCPOFFER, Offer, "DHCPOFFER");
    (DHCPREQUEST, Request, "DHCPREQUEST"); (DHCPDECLINE, Decline, "DHCPDECLINE");
    (DHCPACK, Ack, "DHCPACK"); (DHCPNAK, Nak, "DHCPNAK"); (DHCPRELEASE, Release, "DHCPRELEASE");
    (DHCPINFORM, Inform, "DHCPINFORM") ]

let msgtype_of kind =
  let msgtype, _, _ = List.find (fun (_, k, _) -> k = kind) kinds in
  msgtype

let kind_of msgtype =
  let _, kind, _ = List.find (fun (m, _, _) -> m = msgtype) kinds in
  kind

let msgtype_to_string msgtype =
  let _, _, name = List.find (fun (m, _, _) -> m = msgtype) kinds in
  name

let address = Dhcp_message.of_address
let addresses list = String.concat "" (List.map address list)
let byte n = String.make 1 (Char.chr (n land 255))
let short n = byte (n lsr 8) ^ byte n

let client_id_bytes = function
  | Hwaddr mac -> byte 1 ^ Macaddr.to_octets mac
  | Id (kind, bytes) -> byte kind ^ bytes

(* The type of a message is a field of [Dhcp_message.t]: see [message_of]. *)
let to_pair = function
  | Subnet_mask ip -> (1, address ip)
  | Routers ips -> (3, addresses ips)
  | Time_servers ips -> (4, addresses ips)
  | Dns_servers ips -> (6, addresses ips)
  | Log_servers ips -> (7, addresses ips)
  | Hostname s -> (12, s)
  | Domain_name s -> (15, s)
  | Interface_mtu n -> (26, short n)
  | Broadcast_addr ip -> (28, address ip)
  | Ntp_servers ips -> (42, addresses ips)
  | Request_ip ip -> (50, address ip)
  | Ip_lease_time n -> (51, Dhcp_message.of_seconds n)
  | Message_type _ -> (53, "")
  | Server_identifier ip -> (54, address ip)
  | Parameter_requests numbers -> (55, String.concat "" (List.map byte numbers))
  | Message s -> (56, s)
  | Max_message n -> (57, short n)
  | Renewal_t1 n -> (58, Dhcp_message.of_seconds n)
  | Rebinding_t2 n -> (59, Dhcp_message.of_seconds n)
  | Vendor_class_id s -> (60, s)
  | Client_id id -> (61, client_id_bytes id)
  | Other (number, s) -> (number, s)

let number_of option = fst (to_pair option)

let client_id s =
  let rest = String.sub s 1 (String.length s - 1) in
  match Macaddr.of_octets rest with
  | Ok mac when s.[0] = '\001' -> Hwaddr mac
  | Ok _ | Error _ -> Id (Char.code s.[0], rest)

(* An option whose value has not the length it must have is kept by its number. *)
let of_pair (number, s) =
  let n = String.length s in
  let ip i = Ipaddr.V4.of_int32 (String.get_int32_be s (4 * i)) in
  let list () = List.init (n / 4) ip in
  match (number, n) with
  | 1, 4 -> Subnet_mask (ip 0)
  | 3, _ when n > 0 && n land 3 = 0 -> Routers (list ())
  | 4, _ when n > 0 && n land 3 = 0 -> Time_servers (list ())
  | 6, _ when n > 0 && n land 3 = 0 -> Dns_servers (list ())
  | 7, _ when n > 0 && n land 3 = 0 -> Log_servers (list ())
  | 12, _ -> Hostname s
  | 15, _ -> Domain_name s
  | 26, 2 -> Interface_mtu (String.get_uint16_be s 0)
  | 28, 4 -> Broadcast_addr (ip 0)
  | 42, _ when n > 0 && n land 3 = 0 -> Ntp_servers (list ())
  | 50, 4 -> Request_ip (ip 0)
  | 51, 4 -> Ip_lease_time (String.get_int32_be s 0)
  | 54, 4 -> Server_identifier (ip 0)
  | 55, _ -> Parameter_requests (List.init n (fun i -> Char.code s.[i]))
  | 56, _ -> Message s
  | 57, 2 -> Max_message (String.get_uint16_be s 0)
  | 58, 4 -> Renewal_t1 (String.get_int32_be s 0)
  | 59, 4 -> Rebinding_t2 (String.get_int32_be s 0)
  | 60, _ -> Vendor_class_id s
  | 61, _ when n >= 2 -> Client_id (client_id s)
  | _ -> Other (number, s)

let find_option f options = List.find_map f options
let find_message_type = find_option (function Message_type t -> Some t | _ -> None)
let find_request_ip = find_option (function Request_ip ip -> Some ip | _ -> None)
let find_server_identifier = find_option (function Server_identifier ip -> Some ip | _ -> None)
let find_ip_lease_time = find_option (function Ip_lease_time t -> Some t | _ -> None)
let find_parameter_requests = find_option (function Parameter_requests l -> Some l | _ -> None)

let client_id_of_pkt pkt =
  match find_option (function Client_id id -> Some id | _ -> None) pkt.options with
  | Some id -> id
  | None -> Hwaddr pkt.chaddr

let client_id_to_string = function
  | Hwaddr mac -> Macaddr.to_string mac
  | Id (kind, bytes) -> Printf.sprintf "%d:%s" kind (String.escaped bytes)

(* ---- Reading ---- *)

let of_message ~srcmac ~dstmac ~srcip ~dstip ~srcport ~dstport (m : Dhcp_message.t) =
  { srcmac; dstmac; srcip; dstip; srcport; dstport; op = (if m.is_reply then BOOTREPLY else BOOTREQUEST);
    htype = Ethernet_10mb; hlen = 6; hops = 0; xid = m.xid; secs = m.secs;
    flags = (if m.broadcast then Broadcast else Unicast); ciaddr = m.ciaddr; yiaddr = m.yiaddr;
    siaddr = m.siaddr; giaddr = m.giaddr; chaddr = m.chaddr; sname = ""; file = "";
    options = Message_type (msgtype_of m.kind) :: List.map of_pair m.options }

let is_right ~src ~dst (header : Udp_packet.t) datagram =
  let pseudo = Ipv4_packet.pseudoheader ~src ~dst `UDP (Cstruct.length datagram) in
  header.checksum = 0 || Tcpip_checksum.(finish (sum ~init:(sum pseudo) datagram)) = 0

(* Header and payload of each layer of a frame with a datagram. *)
let layers buffer length =
  if length < 0 || length > Cstruct.length buffer then Error "shorter than it is said to be"
  else
    match Ethernet.Packet.of_cstruct (Cstruct.sub buffer 0 length) with
    | Error _ as e -> e
    | Ok (ethernet, packet) -> (
        match if ethernet.ethertype = `IPv4 then Ipv4_packet.read packet else None with
        | Some (({ proto = 17; offset = 0; more_fragments = false; _ } as ip), datagram) -> (
            match Udp_packet.read datagram with
            | Some (udp, payload) ->
                let datagram = Cstruct.sub datagram 0 (Udp_packet.size + Cstruct.length payload) in
                Ok (ethernet, ip, udp, datagram, payload)
            | None -> Error "no whole datagram")
        | Some _ | None -> Error "no whole packet of UDP over IPv4")

let is_dhcp buffer length =
  let is_port port = port = client_port || port = server_port in
  match layers buffer length with
  | Ok (_, _, udp, _, _) -> is_port udp.src_port || is_port udp.dst_port
  | Error _ -> false

let pkt_of_buf buffer length =
  match layers buffer length with
  | Error _ as e -> e
  | Ok (ethernet, ip, udp, datagram, payload) -> (
      if not (is_right ~src:ip.src ~dst:ip.dst udp datagram) then Error "wrong checksum"
      else
        match Dhcp_message.read payload with
        | None -> Error "no message of DHCP"
        | Some message ->
            Ok
              (of_message message ~srcmac:ethernet.source ~dstmac:ethernet.destination ~srcip:ip.src
                 ~dstip:ip.dst ~srcport:udp.src_port ~dstport:udp.dst_port))

(* ---- Writing ---- *)

let message_of pkt : Dhcp_message.t =
  let kind =
    match find_message_type pkt.options with
    | Some msgtype -> kind_of msgtype
    | None -> invalid_arg "Dhcp_wire: a message without its type"
  in
  let is_type = function Message_type _ -> true | _ -> false in
  let options = List.map to_pair (List.filter (fun o -> not (is_type o)) pkt.options) in
  { is_reply = pkt.op = BOOTREPLY; xid = pkt.xid; secs = pkt.secs; broadcast = pkt.flags = Broadcast;
    ciaddr = pkt.ciaddr; yiaddr = pkt.yiaddr; siaddr = pkt.siaddr; giaddr = pkt.giaddr;
    chaddr = pkt.chaddr; kind; options }

let headers = Ethernet.Packet.sizeof_ethernet + Ipv4_packet.size + Udp_packet.size

let write pkt payload frame =
  let ethernet = { Ethernet.Packet.source = pkt.srcmac; destination = pkt.dstmac; ethertype = `IPv4 } in
  (match Ethernet.Packet.into_cstruct ethernet frame with Ok () -> () | Error e -> invalid_arg e);
  let packet = Cstruct.shift frame Ethernet.Packet.sizeof_ethernet in
  let ip =
    { Ipv4_packet.src = pkt.srcip; dst = pkt.dstip; id = 0; more_fragments = false; offset = 0; ttl = 64;
      proto = Ipv4_packet.number `UDP }
  in
  Ipv4_packet.write ip ~length:(Cstruct.length packet) packet;
  let datagram = Cstruct.shift packet Ipv4_packet.size in
  let length = Cstruct.length datagram in
  Udp_packet.write ~src_port:pkt.srcport ~dst_port:pkt.dstport ~length datagram;
  Cstruct.blit payload 0 datagram Udp_packet.size (Cstruct.length payload);
  let pseudo = Ipv4_packet.pseudoheader ~src:pkt.srcip ~dst:pkt.dstip `UDP length in
  Udp_packet.set_checksum datagram Tcpip_checksum.(finish (sum ~init:(sum pseudo) datagram))

let pkt_into_buf pkt buffer =
  let payload = Dhcp_message.make (message_of pkt) in
  let length = headers + Cstruct.length payload in
  let frame = Cstruct.sub buffer 0 length in
  Cstruct.memset frame 0;
  write pkt payload frame;
  length

let buf_of_pkt pkt =
  let payload = Dhcp_message.make (message_of pkt) in
  let frame = Cstruct.create (headers + Cstruct.length payload) in
  write pkt payload frame;
  frame

let pkt_to_string pkt =
  let kind =
    match find_message_type pkt.options with Some t -> msgtype_to_string t | None -> "message"
  in
  Printf.sprintf "%s xid %08lx client %s (%s) ciaddr %s yiaddr %s from %s to %s" kind pkt.xid
    (client_id_to_string (client_id_of_pkt pkt))
    (Macaddr.to_string pkt.chaddr) (Ipaddr.V4.to_string pkt.ciaddr) (Ipaddr.V4.to_string pkt.yiaddr)
    (Ipaddr.V4.to_string pkt.srcip) (Ipaddr.V4.to_string pkt.dstip)
