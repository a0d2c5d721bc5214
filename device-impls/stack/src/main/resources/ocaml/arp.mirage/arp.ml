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

(* In seconds, which are the ticks of the clock below. *)
let lifetime = 300
let attempts = 4
let defend_interval = 10
let most_entries = 64

module Make (Ethernet : Ethernet.S) (Time : Mirage_time.S) = struct
  type error = [ `Timeout ]

  let pp_error ppf `Timeout = Format.pp_print_string ppf "nobody answers for the address"

  type entry = {
    mutable mac : (Macaddr.t, error) result Lwt.t;
    mutable waiting : (Macaddr.t, error) result Lwt.u option;
    mutable ticks : int;  (** left for a known address, requests sent for another *)
  }

  type t = {
    ethernet : Ethernet.t;
    entries : (Ipaddr.V4.t, entry) Hashtbl.t;
    mutable ips : Ipaddr.V4.t list;
    mutable last : Ipaddr.V4.t * entry option;  (** what was asked for last *)
    mutable running : bool;  (** the clock, which stops when there is nothing to forget *)
    mutable defence : int;  (** ticks until an address may be defended again *)
    mutable connected : bool;
  }

  let connect ethernet =
    Lwt.return
      { ethernet; entries = Hashtbl.create 7; ips = []; last = (Ipaddr.V4.any, None); running = false;
        defence = 0; connected = true }

  let pp ppf t =
    let entry ip e =
      match Lwt.state e.mac with
      | Lwt.Return (Ok mac) -> Format.fprintf ppf "%a is at %a, " Ipaddr.V4.pp ip Macaddr.pp mac
      | _ -> Format.fprintf ppf "%a is asked for, " Ipaddr.V4.pp ip
    in
    Hashtbl.iter entry t.entries;
    Format.fprintf ppf "own %a" (Format.pp_print_list Ipaddr.V4.pp) t.ips

  let send t destination (packet : Arp_packet.t) =
    let fill buffer =
      Arp_packet.encode_into packet buffer;
      Arp_packet.size
    in
    let failed = function
      | Ok () -> ()
      | Error e -> Log.debug (fun m -> m "not sent: %a" Ethernet.pp_error e)
    in
    Lwt.map failed (Ethernet.write t.ethernet destination `ARP ~size:Arp_packet.size fill)

  let request t ~source_ip target_ip =
    send t Macaddr.broadcast
      { operation = Request; source_mac = Ethernet.mac t.ethernet; source_ip;
        target_mac = Macaddr.of_octets_exn "\000\000\000\000\000\000"; target_ip }

  let announce t ip = request t ~source_ip:ip ip
  let own_ip t = match t.ips with ip :: _ -> ip | [] -> Ipaddr.V4.any

  let forget t ip =
    Hashtbl.remove t.entries ip;
    t.last <- (Ipaddr.V4.any, None)

  let age t ip entry =
    match entry.waiting with
    | None ->
        entry.ticks <- entry.ticks - 1;
        if entry.ticks <= 0 then forget t ip;
        Lwt.return_unit
    | Some answer when entry.ticks >= attempts ->
        forget t ip;
        Lwt.wakeup_later answer (Error `Timeout);
        Lwt.return_unit
    | Some _ ->
        entry.ticks <- entry.ticks + 1;
        request t ~source_ip:(own_ip t) ip

  let rec tick t =
    Lwt.bind (Time.sleep_ns 1_000_000_000L) (fun () ->
        t.defence <- max 0 (t.defence - 1);
        let entries = Hashtbl.fold (fun ip entry l -> (ip, entry) :: l) t.entries [] in
        Lwt.bind
          (Lwt_list.iter_s (fun (ip, entry) -> age t ip entry) entries)
          (fun () ->
            if t.connected && (Hashtbl.length t.entries > 0 || t.defence > 0) then tick t
            else begin
              t.running <- false;
              Lwt.return_unit
            end))

  let start_clock t =
    if not t.running then begin
      t.running <- true;
      Lwt.async (fun () -> tick t)
    end

  let disconnect t =
    t.connected <- false;
    Hashtbl.reset t.entries;
    Lwt.return_unit

  let get_ips t = t.ips

  let set_ips t ips =
    t.ips <- ips;
    Lwt_list.iter_s (announce t) ips

  let add_ip t ip =
    if List.mem ip t.ips then Lwt.return_unit
    else begin
      t.ips <- t.ips @ [ ip ];
      announce t ip
    end

  let remove_ip t ip =
    t.ips <- List.filter (fun own -> Ipaddr.V4.compare own ip <> 0) t.ips;
    Lwt.return_unit

  (* ---- Questions ---- *)

  (* A known address makes room before one that is asked for. *)
  let make_room t =
    if Hashtbl.length t.entries >= most_entries then begin
      let oldest ip entry found =
        match (entry.waiting, found) with
        | Some _, _ -> found
        | None, Some (_, ticks) when ticks <= entry.ticks -> found
        | None, _ -> Some (ip, entry.ticks)
      in
      Option.iter (fun (ip, _) -> forget t ip) (Hashtbl.fold oldest t.entries None)
    end;
    Hashtbl.length t.entries < most_entries

  let ask t ip =
    if not (make_room t) then Lwt.return (Error `Timeout)
    else begin
      let mac, answer = Lwt.wait () in
      Hashtbl.replace t.entries ip { mac; waiting = Some answer; ticks = 1 };
      start_clock t;
      Lwt.bind (request t ~source_ip:(own_ip t) ip) (fun () -> Lwt.protected mac)
    end

  let query t ip =
    match t.last with
    | last, Some entry when Ipaddr.V4.compare last ip = 0 -> entry.mac
    | _ -> (
        match Hashtbl.find_opt t.entries ip with
        | None -> ask t ip
        | Some { waiting = Some _; mac; _ } -> Lwt.protected mac
        | Some ({ waiting = None; mac; _ } as entry) ->
            t.last <- (ip, Some entry);
            mac)

  (* ---- What arrives ---- *)

  let learn t ip mac ~add =
    match Hashtbl.find_opt t.entries ip with
    | Some ({ waiting = Some answer; _ } as entry) ->
        entry.waiting <- None;
        entry.ticks <- lifetime;
        Lwt.wakeup_later answer (Ok mac)
    | Some entry ->
        entry.mac <- Lwt.return (Ok mac);
        entry.ticks <- lifetime
    | None ->
        if add && make_room t then begin
          Hashtbl.replace t.entries ip { mac = Lwt.return (Ok mac); waiting = None; ticks = lifetime };
          start_clock t
        end

  let defend t (packet : Arp_packet.t) =
    if t.defence > 0 then Lwt.return_unit
    else begin
      Log.warn (fun m ->
          m "address conflict: %a also uses %a; give one of the two another address" Macaddr.pp
            packet.source_mac Ipaddr.V4.pp packet.source_ip);
      t.defence <- defend_interval;
      start_clock t;
      announce t packet.source_ip
    end

  let is_own t ip = List.exists (fun own -> Ipaddr.V4.compare own ip = 0) t.ips

  let handle t (packet : Arp_packet.t) =
    let mac = Ethernet.mac t.ethernet in
    if Macaddr.compare packet.source_mac mac = 0 || not (Macaddr.is_unicast packet.source_mac) then
      Lwt.return_unit
    else if is_own t packet.source_ip then defend t packet
    else begin
      let for_us = is_own t packet.target_ip in
      if Ipaddr.V4.compare packet.source_ip Ipaddr.V4.any <> 0 then
        learn t packet.source_ip packet.source_mac ~add:for_us;
      match packet.operation with
      | Request when for_us ->
          send t packet.source_mac
            { operation = Reply; source_mac = mac; source_ip = packet.target_ip;
              target_mac = packet.source_mac; target_ip = packet.source_ip }
      | Request | Reply -> Lwt.return_unit
    end

  let input t buffer =
    match Arp_packet.decode buffer with
    | Ok packet when t.connected -> handle t packet
    | Ok _ | Error _ -> Lwt.return_unit
end
