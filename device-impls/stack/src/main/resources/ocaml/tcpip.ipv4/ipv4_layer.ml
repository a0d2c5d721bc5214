(* SPDX-License-Identifier: Apache-2.0 *)

type config = { cidr : Ipaddr.V4.Prefix.t; gateway : Ipaddr.V4.t option }

let no_route why = Error (`No_route why)
let same a b = a == b || Ipaddr.V4.compare a b = 0
let is_multicast ip = Ipaddr.V4.is_multicast ip

module Make
    (Random : Mirage_random.S)
    (Clock : Mirage_clock.MCLOCK)
    (Ethernet : Ethernet.S)
    (Arp : Arp.S) =
struct
  type error = [ Tcpip.Ip.error | `Ethernet of Ethernet.error | `Arp of Arp.error ]

  let pp_error ppf = function
    | #Tcpip.Ip.error as e -> Tcpip.Ip.pp_error ppf e
    | `Ethernet e -> Ethernet.pp_error ppf e
    | `Arp e -> Arp.pp_error ppf e

  type ipaddr = Ipaddr.V4.t
  type callback = src:ipaddr -> dst:ipaddr -> Cstruct.t -> unit Lwt.t

  let pp_ipaddr = Ipaddr.V4.pp

  type t = {
    ethernet : Ethernet.t;
    arp : Arp.t;
    fragments : (ipaddr * ipaddr * int * int) Ip_reassembly.t;
    mutable config : config option;
    mutable address : ipaddr;  (** [any] while there is none *)
    mutable mask : int32;
    mutable broadcast : ipaddr;  (** of the network; the limited one while there is none *)
    mutable id : int;  (** of the last packet sent *)
    mutable last : Ipv4_packet.t;  (** the header of the last one received: the next one is like it *)
    mutable found : (Macaddr.t, Arp.error) result Lwt.t;  (** ARP's last answer that is there, *)
    mutable hop : hop;  (** and whom it means *)
    mutable done_below : (unit, Ethernet.error) result Lwt.t;
  }

  and hop = Known of Macaddr.t | Unknown of (Macaddr.t, error) result Lwt.t

  let create ethernet arp =
    let id = Cstruct.BE.get_uint16 (Random.generate 2) 0 in
    { ethernet; arp; fragments = Ip_reassembly.create (); config = None; address = Ipaddr.V4.any; mask = 0l;
      broadcast = Ipaddr.V4.broadcast; id; last = Ipv4_packet.none; found = Lwt.return (Ok Macaddr.broadcast);
      hop = Known Macaddr.broadcast; done_below = Lwt.return (Ok ()) }

  let configured t = t.config

  let configure t config =
    t.config <- config;
    match config with
    | Some { cidr; _ } ->
        t.address <- Ipaddr.V4.Prefix.address cidr;
        t.last <- { t.last with dst = t.address };
        t.mask <- Ipaddr.V4.to_int32 (Ipaddr.V4.Prefix.netmask cidr);
        if Ipaddr.V4.Prefix.bits cidr < 31 then t.broadcast <- Ipaddr.V4.Prefix.broadcast cidr;
        Arp.set_ips t.arp [ t.address ]
    | None ->
        t.address <- Ipaddr.V4.any;
        t.broadcast <- Ipaddr.V4.broadcast;
        Arp.set_ips t.arp []

  let disconnect _ = Lwt.return_unit
  let get_ip t = match t.config with Some _ -> [ t.address ] | None -> []
  let src t ~dst:_ = t.address
  let mtu t ~dst:_ = Ethernet.mtu t.ethernet - Ipv4_packet.size

  let pseudoheader t ?src dst proto length =
    let src = match src with Some src -> src | None -> t.address in
    Ipv4_packet.pseudoheader ~src ~dst proto length

  (* ---- Sending ---- *)

  let is_broadcast t dst = same dst Ipaddr.V4.broadcast || same dst t.broadcast

  (* Packets that follow each other go to the same machine: ARP answers with one and the same promise. *)
  let resolve t dst =
    let answer = Arp.query t.arp dst in
    if answer == t.found then t.hop
    else
      match Lwt.state answer with
      | Return (Ok mac) ->
          t.found <- answer;
          t.hop <- Known mac;
          t.hop
      | _ -> Unknown (Lwt.map (function Ok mac -> Ok mac | Error e -> Error (`Arp e)) answer)

  let is_on_link t dst =
    let differs = Int32.logxor (Ipaddr.V4.to_int32 dst) (Ipaddr.V4.to_int32 t.address) in
    Int32.equal (Int32.logand differs t.mask) 0l

  let next_hop t dst =
    if is_broadcast t dst then Known Macaddr.broadcast
    else
      match t.config with
      | None -> Unknown (Lwt.return (no_route "no address yet"))
      | Some config ->
          if is_multicast dst then Known (Ipaddr.V4.multicast_to_mac dst)
          else if is_on_link t dst then resolve t dst
          else (
            match config.gateway with
            | Some gateway -> resolve t gateway
            | None -> Unknown (Lwt.return (no_route "outside of the network, and there is no gateway")))

  let header t ?(more_fragments = false) ?(offset = 0) ~src ~ttl ~dst proto =
    { Ipv4_packet.src; dst; id = t.id; more_fragments; offset; ttl; proto = Ipv4_packet.number proto }

  let sent_at_once = Lwt.return (Ok ())

  let transmit t mac ~size fill =
    let sent = Ethernet.write t.ethernet mac `IPv4 ~size fill in
    if sent == t.done_below then sent_at_once
    else
      match Lwt.state sent with
      | Return (Ok ()) ->
          t.done_below <- sent;
          sent_at_once
      | _ -> Lwt.map (function Ok () -> Ok () | Error e -> Error (`Ethernet e)) sent

  (* Writes the upper header and what follows it; the length of both. *)
  let assemble ~size fill payloads buffer =
    let length = fill (if size = Cstruct.length buffer then buffer else Cstruct.sub buffer 0 size) in
    if length > size then invalid_arg "Ipv4.write: the header is larger than was said";
    let append at payload =
      Cstruct.blit payload 0 buffer at (Cstruct.length payload);
      at + Cstruct.length payload
    in
    List.fold_left append length payloads

  let send_whole t mac header ~size fill payloads length =
    transmit t mac ~size:(Ipv4_packet.size + length) (fun buffer ->
        let n = assemble ~size fill payloads (Cstruct.shift buffer Ipv4_packet.size) in
        Ipv4_packet.write header ~length:(Ipv4_packet.size + n) buffer;
        Ipv4_packet.size + n)

  let rec send_fragments t mac (header : Ipv4_packet.t) payload offset =
    let most = mtu t ~dst:header.dst land lnot 7 in
    let left = Cstruct.length payload - offset in
    let length = min left most in
    let header = { header with offset; more_fragments = left > most } in
    let sent =
      transmit t mac ~size:(Ipv4_packet.size + length) (fun buffer ->
          Ipv4_packet.write header ~length:(Ipv4_packet.size + length) buffer;
          Cstruct.blit payload offset buffer Ipv4_packet.size length;
          Ipv4_packet.size + length)
    in
    Lwt.bind sent (function
      | Ok () when left > most -> send_fragments t mac header payload (offset + length)
      | result -> Lwt.return result)

  let write_to t mac ~fragment header ~size fill payloads length =
    if length <= mtu t ~dst:header.Ipv4_packet.dst then
      send_whole t mac header ~size fill payloads length
    else if not fragment then Lwt.return (Error `Would_fragment)
    else
      let payload = Cstruct.create length in
      let n = assemble ~size fill payloads payload in
      send_fragments t mac header (Cstruct.sub payload 0 n) 0

  let write t ?(fragment = true) ?(ttl = 64) ?src dst proto ?size fill payloads =
    let src = match src with Some src -> src | None -> t.address in
    let payload = Cstruct.lenv payloads in
    let size = match size with Some size -> size | None -> max 0 (mtu t ~dst - payload) in
    let length = size + payload in
    if length > 65535 - Ipv4_packet.size then Lwt.return (Error `Would_fragment)
    else begin
      t.id <- (t.id + 1) land 0xffff;
      let header = header t ~src ~ttl ~dst proto in
      match next_hop t dst with
      | Known mac -> write_to t mac ~fragment header ~size fill payloads length
      | Unknown hop ->
          Lwt.bind hop (function
            | Ok mac -> write_to t mac ~fragment header ~size fill payloads length
            | Error e -> Lwt.return (Error e))
    end

  (* ---- Receiving ---- *)

  let is_for_us t dst =
    same dst t.address || is_broadcast t dst || is_multicast dst || Option.is_none t.config

  let is_sender ip = not (is_multicast ip || same ip Ipaddr.V4.broadcast)

  let whole t (header : Ipv4_packet.t) payload =
    if header.offset = 0 && not header.more_fragments then Some payload
    else
      Ip_reassembly.add t.fragments ~now:(Clock.elapsed_ns ())
        (header.src, header.dst, header.proto, header.id)
        ~offset:header.offset ~last:(not header.more_fragments) payload

  let deliver ~tcp ~udp ~default (header : Ipv4_packet.t) payload =
    let src = header.src and dst = header.dst in
    match header.proto with
    | 6 -> tcp ~src ~dst payload
    | 17 -> udp ~src ~dst payload
    | proto -> default ~proto ~src ~dst payload

  let input t ~tcp ~udp ~default buffer =
    match Ipv4_packet.read_like t.last buffer with
    | Some (header, payload) when is_for_us t header.dst && is_sender header.src -> (
        t.last <- header;
        match whole t header payload with
        | Some payload -> deliver ~tcp ~udp ~default header payload
        | None -> Lwt.return_unit)
    | Some _ | None -> Lwt.return_unit
end
