(* SPDX-License-Identifier: Apache-2.0 *)

module V6 = Ipaddr.V6
module Addresses = Ipv6_addresses

let log = Logs.Src.create "ipv6" ~doc:"IPv6 and neighbour discovery"

module Log = (val Logs.src_log log : Logs.LOG)

let neighbour_lifetime = 30
let neighbour_attempts = 3
let router_solicitations = 3
let solicitation_interval = 4
let all_nodes = V6.of_string_exn "ff02::1"
let all_routers = V6.of_string_exn "ff02::2"
let all_reports = V6.of_string_exn "ff02::16"
let multicast_mac ip = Macaddr.of_octets_exn ("\x33\x33" ^ String.sub (V6.to_octets ip) 12 4)
let same a b = V6.compare a b = 0

module Make
    (Net : Mirage_net.S)
    (Ethernet : Ethernet.S)
    (Random : Mirage_random.S)
    (Time : Mirage_time.S)
    (Clock : Mirage_clock.MCLOCK) =
struct
  module Neighbours = Neighbours.Make (Time)

  type error = [ Tcpip.Ip.error | `Ethernet of Ethernet.error | `Neighbour of Neighbours.error ]

  let pp_error ppf = function
    | #Tcpip.Ip.error as e -> Tcpip.Ip.pp_error ppf e
    | `Ethernet e -> Ethernet.pp_error ppf e
    | `Neighbour e -> Neighbours.pp_error ppf e

  type ipaddr = V6.t
  type callback = src:ipaddr -> dst:ipaddr -> Cstruct.t -> unit Lwt.t

  let pp_ipaddr = V6.pp

  type t = {
    ethernet : Ethernet.t;
    addresses : Addresses.t;
    neighbours : V6.t Neighbours.t;
    fragments : (V6.t * V6.t * int32) Ip_reassembly.t;
    mutable mtu : int;  (** of the link *)
    mutable hop_limit : int;
    mutable id : int32;  (** of the last packet sent in fragments *)
    mutable solicitations : int;  (** of routers, still to be sent *)
    mutable wait : int;  (** seconds until the next *)
    handle_ra : bool;
  }

  let now () = Int64.div (Clock.elapsed_ns ()) 1_000_000_000L
  let get_ip t = Addresses.usable t.addresses
  let src t ~dst = Addresses.source t.addresses dst
  let mtu t ~dst:_ = t.mtu - Ipv6_packet.size

  let pseudoheader t ?src:from dst proto length =
    let src = match from with Some from -> from | None -> src t ~dst in
    Ipv6_packet.(pseudoheader ~src ~dst (number proto) length)

  (* ---- Sending ---- *)

  let transmit t mac ~size fill =
    Lwt.map
      (function Ok () -> Ok () | Error e -> Error (`Ethernet e))
      (Ethernet.write t.ethernet mac `IPv6 ~size fill)

  let resolve t ip =
    Lwt.map (function Ok mac -> Ok mac | Error e -> Error (`Neighbour e)) (Neighbours.query t.neighbours ip)

  let next_hop t dst =
    if V6.is_multicast dst then Lwt.return (Ok (multicast_mac dst))
    else
      match Addresses.next_hop t.addresses dst with
      | Direct -> resolve t dst
      | Router router -> resolve t router
      | Nowhere -> Lwt.return (Error (`No_route "outside of the networks of the link, and there is no router"))

  let assemble ~size fill payloads buffer =
    let length = fill (Cstruct.sub buffer 0 size) in
    if length > size then invalid_arg "Ipv6.write: the header is larger than was said";
    let append at payload =
      Cstruct.blit payload 0 buffer at (Cstruct.length payload);
      at + Cstruct.length payload
    in
    List.fold_left append length payloads

  let send_whole t mac header ~size fill payloads length =
    transmit t mac ~size:(Ipv6_packet.size + length) (fun buffer ->
        let n = assemble ~size fill payloads (Cstruct.shift buffer Ipv6_packet.size) in
        Ipv6_packet.write header ~length:n buffer + n)

  let rec send_fragments t mac (header : Ipv6_packet.t) payload offset =
    let most = (t.mtu - Ipv6_packet.size - Ipv6_packet.fragment_size) land lnot 7 in
    let left = Cstruct.length payload - offset in
    let length = min left most in
    let header = { header with fragment = Some { id = t.id; offset; last = left <= most } } in
    let size = Ipv6_packet.size + Ipv6_packet.fragment_size + length in
    let sent =
      transmit t mac ~size (fun buffer ->
          let at = Ipv6_packet.write header ~length buffer in
          Cstruct.blit payload offset buffer at length;
          at + length)
    in
    Lwt.bind sent (function
      | Ok () when left > most -> send_fragments t mac header payload (offset + length)
      | result -> Lwt.return result)

  let write_to t mac ~fragment header ~size fill payloads length =
    if length <= t.mtu - Ipv6_packet.size then send_whole t mac header ~size fill payloads length
    else if not fragment then Lwt.return (Error `Would_fragment)
    else begin
      let payload = Cstruct.create length in
      let n = assemble ~size fill payloads payload in
      t.id <- Int32.succ t.id;
      send_fragments t mac header (Cstruct.sub payload 0 n) 0
    end

  let write t ?(fragment = true) ?ttl ?src:from dst proto ?size fill payloads =
    let source = match from with Some from -> from | None -> src t ~dst in
    let payload = Cstruct.lenv payloads in
    let size = match size with Some size -> size | None -> max 0 (mtu t ~dst - payload) in
    let hop_limit = match ttl with Some ttl -> ttl | None -> t.hop_limit in
    let proto = Ipv6_packet.number proto in
    let header = { Ipv6_packet.src = source; dst; hop_limit; proto; fragment = None } in
    if same source V6.unspecified then
      Lwt.return (Error (`No_route "no address yet"))
    else if size + payload > 65535 then Lwt.return (Error `Would_fragment)
    else
      Lwt.bind (next_hop t dst) (function
        | Ok mac -> write_to t mac ~fragment header ~size fill payloads (size + payload)
        | Error e -> Lwt.return (Error e))

  (* ---- Messages of neighbour discovery ---- *)

  let sent = function
    | Ok () -> ()
    | Error e -> Log.debug (fun m -> m "not sent: %a" pp_error e)

  (* To an Ethernet address that is known; those of neighbour discovery prove by 255 that they are of this link. *)
  let send_message t mac ~src ~dst message =
    let payload = Ndp_message.make ~src ~dst message in
    let length = Cstruct.length payload in
    let header = { Ipv6_packet.src; dst; hop_limit = 255; proto = Ipv6_packet.icmp; fragment = None } in
    let fill buffer =
      let at = Ipv6_packet.write header ~length buffer in
      Cstruct.blit payload 0 buffer at length;
      at + length
    in
    Lwt.map sent (transmit t mac ~size:(Ipv6_packet.size + length) fill)

  let solicit t ?src:from ip =
    let dst = Addresses.solicited_node ip in
    let src = match from with Some from -> from | None -> src t ~dst:ip in
    let source_mac = if same src V6.unspecified then None else Some (Ethernet.mac t.ethernet) in
    send_message t (multicast_mac dst) ~src ~dst (Neighbour_solicitation { target = ip; source_mac })

  let advertise t ~dst target =
    let solicited = not (same dst V6.unspecified) in
    let to_ip = if solicited then dst else all_nodes in
    let message =
      Ndp_message.Neighbour_advertisement
        { target; router = false; solicited; override = true; target_mac = Some (Ethernet.mac t.ethernet) }
    in
    if solicited then
      Lwt.bind (resolve t dst) (function
        | Ok mac -> send_message t mac ~src:target ~dst:to_ip message
        | Error _ -> Lwt.return_unit)
    else send_message t (multicast_mac to_ip) ~src:target ~dst:to_ip message

  let solicit_routers t =
    let src = Addresses.source t.addresses all_routers in
    let source_mac = if same src V6.unspecified then None else Some (Ethernet.mac t.ethernet) in
    send_message t (multicast_mac all_routers) ~src ~dst:all_routers (Router_solicitation { source_mac })

  (* With an option that makes routers look at it, in a header of its own (RFC 3810, 5). *)
  let router_alert = Printf.sprintf "%c\000\005\002\000\000\001\000" (Char.chr Ipv6_packet.icmp)

  let report_groups t =
    let src = Addresses.source t.addresses all_reports and dst = all_reports in
    let message = Ndp_message.make ~src ~dst (Report (Addresses.groups t.addresses)) in
    let length = String.length router_alert + Cstruct.length message in
    let header = { Ipv6_packet.src; dst; hop_limit = 1; proto = 0; fragment = None } in
    let fill buffer =
      let at = Ipv6_packet.write header ~length buffer in
      Cstruct.blit_from_string router_alert 0 buffer at (String.length router_alert);
      Cstruct.blit message 0 buffer (at + String.length router_alert) (Cstruct.length message);
      at + length
    in
    Lwt.map sent (transmit t (multicast_mac dst) ~size:(Ipv6_packet.size + length) fill)

  (* ---- Once a second ---- *)

  let detect t =
    match Addresses.tentative t.addresses with
    | [] -> Lwt.return_unit
    | ips ->
        Lwt.bind (report_groups t) (fun () ->
            Lwt_list.iter_s
              (fun ip ->
                Addresses.asked t.addresses ~now:(now ()) ip;
                solicit t ~src:V6.unspecified ip)
              ips)

  let look_for_routers t =
    t.wait <- t.wait - 1;
    if t.solicitations > 0 && t.wait <= 0 then begin
      t.solicitations <- t.solicitations - 1;
      t.wait <- solicitation_interval;
      solicit_routers t
    end
    else Lwt.return_unit

  let tick t () =
    Addresses.tick t.addresses ~now:(now ());
    Lwt.async (fun () -> Lwt.bind (detect t) (fun () -> look_for_routers t));
    true

  (* ---- Receiving ---- *)

  let duplicate t ip =
    if Addresses.is_tentative t.addresses ip || Addresses.is_own t.addresses ip then begin
      Log.warn (fun m -> m "address conflict: another machine has %a; it is not used" V6.pp ip);
      Addresses.duplicate t.addresses ip
    end

  let learn t ip mac ~add =
    match mac with
    | Some mac when Macaddr.is_unicast mac && not (same ip V6.unspecified) ->
        Neighbours.learn t.neighbours ip mac ~add
    | _ -> ()

  let solicited t ~src ~source_mac target =
    if Addresses.is_own t.addresses target then begin
      learn t src source_mac ~add:true;
      advertise t ~dst:src target
    end
    else begin
      (* Somebody asks whether an address is free which this machine is about to take. *)
      if same src V6.unspecified && Addresses.is_tentative t.addresses target then duplicate t target;
      Lwt.return_unit
    end

  let advertised t ~src ~hop_limit ~lifetime ~source_mac ~mtu ~prefixes =
    let at = now () in
    if hop_limit > 0 then t.hop_limit <- hop_limit;
    Option.iter (fun mtu -> t.mtu <- min mtu (Ethernet.mtu t.ethernet)) mtu;
    learn t src source_mac ~add:true;
    if lifetime > 0 then Addresses.add_router t.addresses ~until:(Int64.add at (Int64.of_int lifetime)) src
    else Addresses.remove_router t.addresses src;
    List.iter (Addresses.advertised t.addresses ~now:at) prefixes;
    t.solicitations <- 0;
    detect t

  let echo t ~src ~dst data =
    let from = if V6.is_multicast dst then Addresses.source t.addresses src else dst in
    let reply = Ndp_message.make ~src:from ~dst:src (Echo_reply data) in
    Lwt.map sent (write t ~src:from src `ICMP ~size:0 (fun _ -> 0) [ reply ])

  let message t ~src ~dst ~hop_limit payload =
    match Ndp_message.read ~src ~dst ~hop_limit payload with
    | Some (Echo_request data) -> echo t ~src ~dst data
    | Some (Neighbour_solicitation { target; source_mac }) -> solicited t ~src ~source_mac target
    | Some (Neighbour_advertisement { target; target_mac; _ }) ->
        if Addresses.is_own t.addresses target || Addresses.is_tentative t.addresses target then
          duplicate t target
        else learn t target target_mac ~add:false;
        Lwt.return_unit
    | Some (Router_advertisement { hop_limit; lifetime; source_mac; mtu; prefixes }) when t.handle_ra ->
        advertised t ~src ~hop_limit ~lifetime ~source_mac ~mtu ~prefixes
    | Some (Echo_reply _ | Router_solicitation _ | Router_advertisement _ | Report _) | None ->
        Lwt.return_unit

  let is_for_us t dst =
    Addresses.is_own t.addresses dst
    || V6.is_multicast dst
       && (same dst all_nodes || List.exists (same dst) (Addresses.groups t.addresses))

  let deliver t ~tcp ~udp ~default (header : Ipv6_packet.t) payload =
    let src = header.src and dst = header.dst in
    if header.proto = Ipv6_packet.tcp then tcp ~src ~dst payload
    else if header.proto = Ipv6_packet.udp then udp ~src ~dst payload
    else if header.proto = Ipv6_packet.icmp then
      Lwt.bind (message t ~src ~dst ~hop_limit:header.hop_limit payload) (fun () ->
          default ~proto:header.proto ~src ~dst payload)
    else default ~proto:header.proto ~src ~dst payload

  let input t ~tcp ~udp ~default buffer =
    match Ipv6_packet.read buffer with
    | Some (header, payload) when is_for_us t header.dst && not (V6.is_multicast header.src) -> (
        match header.fragment with
        | None -> deliver t ~tcp ~udp ~default header payload
        | Some { id; offset; last } -> (
            match
              Ip_reassembly.add t.fragments ~now:(Clock.elapsed_ns ()) (header.src, header.dst, id) ~offset
                ~last payload
            with
            | Some payload -> deliver t ~tcp ~udp ~default header payload
            | None -> Lwt.return_unit))
    | Some _ | None -> Lwt.return_unit

  (* ---- ---- *)

  let disconnect t =
    Neighbours.disconnect t.neighbours;
    Lwt.return_unit

  let start t =
    Lwt.bind (detect t) (fun () ->
        Neighbours.each_second t.neighbours (tick t);
        Lwt.return t)

  let create ethernet ~handle_ra =
    let asker = ref (fun _ -> Lwt.return_unit) in
    let neighbours =
      Neighbours.create ~lifetime:neighbour_lifetime ~attempts:neighbour_attempts (fun ip -> !asker ip)
    in
    let t =
      { ethernet; addresses = Addresses.create ~mac:(Ethernet.mac ethernet); neighbours;
        fragments = Ip_reassembly.create (); mtu = Ethernet.mtu ethernet; hop_limit = 64;
        id = Cstruct.BE.get_uint32 (Random.generate 4) 0;
        solicitations = (if handle_ra then router_solicitations else 0); wait = 2; handle_ra }
    in
    (asker := fun ip -> solicit t ip);
    t

  let connect ?(no_init = false) ?(handle_ra = true) ?cidr ?gateway (_ : Net.t) ethernet =
    let t = create ethernet ~handle_ra in
    Option.iter (Addresses.add t.addresses) cidr;
    Option.iter (fun router -> Addresses.add_router t.addresses router) gateway;
    if no_init then Lwt.return t else start t
end
