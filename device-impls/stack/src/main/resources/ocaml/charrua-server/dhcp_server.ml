(* SPDX-License-Identifier: Apache-2.0 *)

open Dhcp_wire

let same a b = Ipaddr.V4.compare a b = 0
let unspecified ip = same ip Ipaddr.V4.any

module Config = struct
  type host = {
    hostname : string;
    options : dhcp_option list;
    fixed_addr : Ipaddr.V4.t option;
    hw_addr : Macaddr.t;
  }

  type t = {
    options : dhcp_option list;
    hostname : string;
    default_lease_time : int32;
    max_lease_time : int32;
    ip_addr : Ipaddr.V4.t;
    mac_addr : Macaddr.t;
    network : Ipaddr.V4.Prefix.t;
    range : (Ipaddr.V4.t * Ipaddr.V4.t) option;
    hosts : host list;
  }

  let in_range t ip =
    match t.range with
    | Some (first, last) -> Ipaddr.V4.compare first ip <= 0 && Ipaddr.V4.compare ip last <= 0
    | None -> false

  let check t =
    let wrong why = invalid_arg ("Dhcp_server.Config.make: " ^ why) in
    match t.range with
    | Some (first, last) ->
        if not (Ipaddr.V4.Prefix.mem first t.network && Ipaddr.V4.Prefix.mem last t.network) then
          wrong "the range is not one of the network";
        if Ipaddr.V4.compare first last > 0 then wrong "the range ends before it begins";
        if in_range t t.ip_addr then wrong "the server's own address is in the range"
    | None -> ()

  let make ?(hostname = "mirage") ?(default_lease_time = 3600) ?(max_lease_time = 86_400) ?(hosts = [])
      ~addr_tuple:(ip_addr, mac_addr) ~network ~range ~options () =
    let t =
      { options; hostname; default_lease_time = Int32.of_int default_lease_time;
        max_lease_time = Int32.of_int max_lease_time; ip_addr; mac_addr; network; range; hosts }
    in
    check t;
    t

  let host t mac = List.find_opt (fun host -> Macaddr.compare host.hw_addr mac = 0) t.hosts
  let fixed t mac = Option.bind (host t mac) (fun host -> host.fixed_addr)
end

module Lease = struct
  module Addresses = Map.Make (Ipaddr.V4)

  type t = { tm_start : int32; tm_end : int32; addr : Ipaddr.V4.t; client_id : client_id }
  type database = t Addresses.t

  let make_db () = Addresses.empty
  let to_list db = List.map snd (Addresses.bindings db)
  let is_over lease ~now = Int32.compare lease.tm_end now <= 0
  let garbage_collect db ~now = Addresses.filter (fun _ lease -> not (is_over lease ~now)) db

  let lease_of_client_id id db =
    Addresses.fold (fun _ lease found -> if lease.client_id = id then Some lease else found) db None

  let holder db ip = Addresses.find_opt ip db

  (* Nobody else has it, or had it and let it run out. *)
  let is_free_for id db ip ~now =
    match holder db ip with
    | None -> true
    | Some lease -> lease.client_id = id || is_over lease ~now

  (* A client has one address. *)
  let give db id ip ~now ~seconds =
    let others = Addresses.filter (fun _ lease -> lease.client_id <> id) db in
    let lease = { tm_start = now; tm_end = Int32.add now seconds; addr = ip; client_id = id } in
    Addresses.add ip lease others

  let drop db ip = Addresses.remove ip db
end

module Input = struct
  type result =
    | Silence
    | Update of Lease.database
    | Reply of pkt * Lease.database
    | Warning of string
    | Error of string

  (* Seconds an offer is kept, and an address that somebody else was found to use. *)
  let offer_time = 60l
  let decline_time = 600l
  let nobody = Id (255, "in use")

  (* ---- Answers ---- *)

  (* RFC 2131, 4.1. *)
  let destination pkt ~yiaddr msgtype =
    if not (unspecified pkt.giaddr) then (pkt.srcmac, pkt.giaddr, server_port)
    else if msgtype <> DHCPNAK && not (unspecified pkt.ciaddr) then (pkt.srcmac, pkt.ciaddr, client_port)
    else if msgtype = DHCPNAK || pkt.flags = Broadcast || unspecified yiaddr then
      (Macaddr.broadcast, Ipaddr.V4.broadcast, client_port)
    else (pkt.chaddr, yiaddr, client_port)

  let reply (config : Config.t) pkt ~yiaddr msgtype options =
    let dstmac, dstip, dstport = destination pkt ~yiaddr msgtype in
    let ciaddr = if msgtype = DHCPACK then pkt.ciaddr else Ipaddr.V4.any in
    { srcmac = config.mac_addr; dstmac; srcip = config.ip_addr; dstip; srcport = server_port; dstport;
      op = BOOTREPLY; htype = Ethernet_10mb; hlen = 6; hops = 0; xid = pkt.xid; secs = 0; flags = pkt.flags;
      ciaddr; yiaddr; siaddr = Ipaddr.V4.any; giaddr = pkt.giaddr; chaddr = pkt.chaddr; sname = "";
      file = "";
      options = Message_type msgtype :: Server_identifier config.ip_addr :: options }

  (* A host's options come before those for all. *)
  let configured (config : Config.t) pkt =
    let own = match Config.host config pkt.chaddr with Some host -> host.options | None -> [] in
    let is_own option = List.exists (fun o -> number_of o = number_of option) own in
    let all = own @ List.filter (fun option -> not (is_own option)) config.options in
    match find_parameter_requests pkt.options with
    | Some numbers -> List.filter (fun option -> List.mem (number_of option) numbers) all
    | None -> all

  let mask (config : Config.t) = Subnet_mask (Ipaddr.V4.Prefix.netmask config.network)

  let lease_options config pkt seconds =
    let part n = Int32.mul (Int32.div seconds 8l) n in
    Ip_lease_time seconds :: Renewal_t1 (part 4l) :: Rebinding_t2 (part 7l) :: mask config
    :: configured config pkt

  let lease_time (config : Config.t) pkt =
    match find_ip_lease_time pkt.options with
    | Some wanted when Int32.compare wanted 0l > 0 ->
        if Int32.compare wanted config.max_lease_time < 0 then wanted else config.max_lease_time
    | Some _ -> config.max_lease_time
    | None -> config.default_lease_time

  (* ---- Addresses ---- *)

  let usable config db pkt ~now ip =
    match Config.fixed config pkt.chaddr with
    | Some fixed -> same fixed ip
    | None -> Config.in_range config ip && Lease.is_free_for (client_id_of_pkt pkt) db ip ~now

  let rec first_free config db pkt ~now ip last =
    if usable config db pkt ~now ip then Some ip
    else if same ip last then None
    else
      match Ipaddr.V4.succ ip with
      | Ok next -> first_free config db pkt ~now next last
      | Error _ -> None

  (* What the client has or had, what it asks for, and else the first that nobody has. *)
  let choose (config : Config.t) db pkt ~now =
    match Config.fixed config pkt.chaddr with
    | Some _ as fixed -> fixed
    | None -> (
        let before = Option.map (fun (l : Lease.t) -> l.addr) (Lease.lease_of_client_id (client_id_of_pkt pkt) db) in
        match List.filter (usable config db pkt ~now) (List.filter_map Fun.id [ before; find_request_ip pkt.options ]) with
        | ip :: _ -> Some ip
        | [] -> Option.bind config.range (fun (first, last) -> first_free config db pkt ~now first last))

  (* ---- Messages ---- *)

  let discover config db pkt ~now =
    match choose config db pkt ~now with
    | None -> Warning "no address is left to be given out"
    | Some ip ->
        let seconds = lease_time config pkt in
        let known =
          match Lease.holder db ip with
          | Some (lease : Lease.t) ->
              lease.client_id = client_id_of_pkt pkt && not (Lease.is_over lease ~now)
          | None -> false
        in
        let db = if known then db else Lease.give db (client_id_of_pkt pkt) ip ~now ~seconds:offer_time in
        Reply (reply config pkt ~yiaddr:ip DHCPOFFER (lease_options config pkt seconds), db)

  let nak config db pkt why =
    Reply (reply config pkt ~yiaddr:Ipaddr.V4.any DHCPNAK [ Message why ], db)

  let ack config db pkt ip ~now =
    let seconds = lease_time config pkt in
    let db = Lease.give db (client_id_of_pkt pkt) ip ~now ~seconds in
    Reply (reply config pkt ~yiaddr:ip DHCPACK (lease_options config pkt seconds), db)

  let ack_if_usable config db pkt ip ~now =
    if usable config db pkt ~now ip then ack config db pkt ip ~now
    else nak config db pkt "the address is not for this client"

  (* The client has chosen another server's offer: ours is free again. *)
  let refused db pkt =
    match Lease.lease_of_client_id (client_id_of_pkt pkt) db with
    | Some { Lease.addr; _ } -> Update (Lease.drop db addr)
    | None -> Silence

  let request (config : Config.t) db pkt ~now =
    match (find_server_identifier pkt.options, find_request_ip pkt.options) with
    | Some server, _ when not (same server config.ip_addr) -> refused db pkt
    | Some _, Some ip -> ack_if_usable config db pkt ip ~now
    | None, Some ip ->
        (* After a restart. Of clients that are not known nothing is said, in case another server knows them. *)
        if not (Ipaddr.V4.Prefix.mem ip config.network) then nak config db pkt "an address of another network"
        else if Lease.lease_of_client_id (client_id_of_pkt pkt) db <> None || Config.fixed config pkt.chaddr <> None
        then ack_if_usable config db pkt ip ~now
        else Silence
    | _, None when unspecified pkt.ciaddr -> Warning "a request for no address"
    | _, None -> ack_if_usable config db pkt pkt.ciaddr ~now

  let decline config db pkt ~now =
    match find_request_ip pkt.options with
    | Some ip when usable config db pkt ~now ip ->
        let lease = { Lease.tm_start = now; tm_end = Int32.add now decline_time; addr = ip; client_id = nobody } in
        Update (Lease.Addresses.add ip lease db)
    | Some _ | None -> Silence

  let release db pkt =
    match Lease.holder db pkt.ciaddr with
    | Some { Lease.client_id; _ } when client_id = client_id_of_pkt pkt -> Update (Lease.drop db pkt.ciaddr)
    | Some _ | None -> Silence

  let inform config db pkt =
    if unspecified pkt.ciaddr then Silence
    else Reply (reply config pkt ~yiaddr:Ipaddr.V4.any DHCPACK (mask config :: configured config pkt), db)

  let is_for_us (config : Config.t) pkt =
    pkt.dstport = server_port && pkt.op = BOOTREQUEST
    && (same pkt.dstip config.ip_addr || same pkt.dstip Ipaddr.V4.broadcast
       || same pkt.dstip (Ipaddr.V4.Prefix.broadcast config.network))

  let input_pkt config db pkt now =
    if not (is_for_us config pkt) then Silence
    else if not (Macaddr.is_unicast pkt.chaddr) then Error "the client's hardware address is none"
    else
      let db = Lease.garbage_collect db ~now in
      match find_message_type pkt.options with
      | Some DHCPDISCOVER -> discover config db pkt ~now
      | Some DHCPREQUEST -> request config db pkt ~now
      | Some DHCPDECLINE -> decline config db pkt ~now
      | Some DHCPRELEASE -> release db pkt
      | Some DHCPINFORM -> inform config db pkt
      | Some (DHCPOFFER | DHCPACK | DHCPNAK) -> Warning "a server's message on the server's port"
      | None -> Error "a message without its type"
end
