(* SPDX-License-Identifier: Apache-2.0 *)

module type S = sig
  type t

  val disconnect : t -> unit Lwt.t

  type error = private [> `Timeout ]

  val pp_error : Format.formatter -> error -> unit
  val pp : Format.formatter -> t -> unit
  val get_ips : t -> Ipaddr.V4.t list
  val set_ips : t -> Ipaddr.V4.t list -> unit Lwt.t
  val remove_ip : t -> Ipaddr.V4.t -> unit Lwt.t
  val add_ip : t -> Ipaddr.V4.t -> unit Lwt.t
  val query : t -> Ipaddr.V4.t -> (Macaddr.t, error) result Lwt.t
  val input : t -> Cstruct.t -> unit Lwt.t
end

let log = Logs.Src.create "arp" ~doc:"address resolution"

module Log = (val Logs.src_log log : Logs.LOG)

(* In seconds. *)
let lifetime = 300
let defend_interval = 10
let attempts = 4
let no_mac = Macaddr.of_octets_exn "\000\000\000\000\000\000"

module Make (Ethernet : Ethernet.S) (Time : Mirage_time.S) = struct
  module Neighbours = Neighbours.Make (Time)

  type error = Neighbours.error

  let pp_error = Neighbours.pp_error

  type t = {
    ethernet : Ethernet.t;
    neighbours : Ipaddr.V4.t Neighbours.t;
    ips : Ipaddr.V4.t list ref;
    mutable defence : int;  (** seconds until an address may be defended, and a conflict told, again *)
  }

  (* ---- Sending ---- *)

  let send ethernet destination (packet : Arp_packet.t) =
    let fill buffer =
      Arp_packet.encode_into packet buffer;
      Arp_packet.size
    in
    let failed = function
      | Ok () -> ()
      | Error e -> Log.debug (fun m -> m "not sent: %a" Ethernet.pp_error e)
    in
    Lwt.map failed (Ethernet.write ethernet destination `ARP ~size:Arp_packet.size fill)

  let request ethernet ~source_ip target_ip =
    send ethernet Macaddr.broadcast
      { operation = Request; source_mac = Ethernet.mac ethernet; source_ip; target_mac = no_mac;
        target_ip }

  let announce t ip = request t.ethernet ~source_ip:ip ip

  (* ---- Addresses ---- *)

  let connect ethernet =
    let ips = ref [] in
    let ask ip =
      let source_ip = match !ips with own :: _ -> own | [] -> Ipaddr.V4.any in
      request ethernet ~source_ip ip
    in
    let neighbours = Neighbours.create ~lifetime ~attempts ask in
    Lwt.return { ethernet; neighbours; ips; defence = 0 }

  let disconnect t =
    Neighbours.disconnect t.neighbours;
    Lwt.return_unit

  let pp ppf t =
    Neighbours.pp Ipaddr.V4.pp ppf t.neighbours;
    Format.fprintf ppf "own %a" (Format.pp_print_list Ipaddr.V4.pp) !(t.ips)

  let query t ip = Neighbours.query t.neighbours ip
  let get_ips t = !(t.ips)
  let is_own t ip = List.exists (fun own -> Ipaddr.V4.compare own ip = 0) !(t.ips)

  let set_ips t ips =
    t.ips := ips;
    Lwt_list.iter_s (announce t) ips

  let add_ip t ip =
    if is_own t ip then Lwt.return_unit
    else begin
      t.ips := !(t.ips) @ [ ip ];
      announce t ip
    end

  let remove_ip t ip =
    t.ips := List.filter (fun own -> Ipaddr.V4.compare own ip <> 0) !(t.ips);
    Lwt.return_unit

  (* ---- Receiving ---- *)

  let complain t message =
    Log.warn message;
    t.defence <- defend_interval;
    Neighbours.each_second t.neighbours (fun () ->
        t.defence <- t.defence - 1;
        t.defence > 0)

  let defend t (packet : Arp_packet.t) =
    if t.defence > 0 then Lwt.return_unit
    else begin
      complain t (fun m ->
          m "address conflict: %a also uses %a; give one of the two another address" Macaddr.pp
            packet.source_mac Ipaddr.V4.pp packet.source_ip);
      announce t packet.source_ip
    end

  (* A packet from the own MAC address: a bridge may send back what was sent, but for no other address. *)
  let check_twin t (packet : Arp_packet.t) =
    let spoken = Ipaddr.V4.compare packet.source_ip Ipaddr.V4.any <> 0 in
    if spoken && !(t.ips) <> [] && (not (is_own t packet.source_ip)) && t.defence = 0 then
      complain t (fun m ->
          m "MAC address conflict: another machine, at %a, also has %a; give one of the two another MAC address"
            Ipaddr.V4.pp packet.source_ip Macaddr.pp packet.source_mac)

  let handle t (packet : Arp_packet.t) =
    let mac = Ethernet.mac t.ethernet in
    if not (Macaddr.is_unicast packet.source_mac) then Lwt.return_unit
    else if Macaddr.compare packet.source_mac mac = 0 then begin
      check_twin t packet;
      Lwt.return_unit
    end
    else if is_own t packet.source_ip then defend t packet
    else begin
      let for_us = is_own t packet.target_ip in
      if Ipaddr.V4.compare packet.source_ip Ipaddr.V4.any <> 0 then
        Neighbours.learn t.neighbours packet.source_ip packet.source_mac ~add:for_us;
      match packet.operation with
      | Request when for_us ->
          send t.ethernet packet.source_mac
            { operation = Reply; source_mac = mac; source_ip = packet.target_ip;
              target_mac = packet.source_mac; target_ip = packet.source_ip }
      | Request | Reply -> Lwt.return_unit
    end

  let input t buffer =
    match Arp_packet.decode buffer with
    | Ok packet -> handle t packet
    | Error _ -> Lwt.return_unit
end
