(* SPDX-License-Identifier: Apache-2.0 *)

open Lwt.Infix

let log = Logs.Src.create "dhcp" ~doc:"addresses by DHCP"

module Log = (val Logs.src_log log : Logs.LOG)

(* Who has the address, and is on this link, answers in less; whoever does not is found by ARP later, when he speaks. *)
let answer_time = 200_000_000L

module Make
    (Random : Mirage_random.S)
    (Clock : Mirage_clock.MCLOCK)
    (Time : Mirage_time.S)
    (Net : Mirage_net.S)
    (Ethernet : Ethernet.S)
    (Arp : Arp.S) =
struct
  module Layer = Ipv4_layer.Make (Random) (Clock) (Ethernet) (Arp)

  type ipaddr = Layer.ipaddr
  type error = Layer.error

  let pp_error = Layer.pp_error
  let pp_ipaddr = Layer.pp_ipaddr

  type callback = Layer.callback

  type t = {
    layer : Layer.t;
    arp : Arp.t;
    interface : string;  (** by its address, for {!Tcpip_nameservers} *)
    mutable client : Dhcp_client.t option;
    mutable current : Dhcp_client.lease option;
    mutable timer : unit Lwt.t;
    bound : unit Lwt_condition.t;
  }

  let lease t = t.current
  let write t = Layer.write t.layer
  let pseudoheader t = Layer.pseudoheader t.layer
  let src t = Layer.src t.layer
  let get_ip t = Layer.get_ip t.layer
  let mtu t = Layer.mtu t.layer

  let disconnect t =
    t.client <- None;
    Lwt.cancel t.timer;
    Layer.disconnect t.layer

  (* ---- Datagrams ---- *)

  let send t ~src dst message =
    let payload = Dhcp_message.make message in
    let length = Udp_packet.size + Cstruct.length payload in
    let fill header =
      Udp_packet.write ~src_port:Dhcp_message.client_port ~dst_port:Dhcp_message.server_port ~length
        header;
      let pseudo = Layer.pseudoheader t.layer ~src dst `UDP length in
      let init = Tcpip_checksum.(sum ~init:(sum pseudo) (Cstruct.sub header 0 Udp_packet.size)) in
      Udp_packet.set_checksum header Tcpip_checksum.(finish (sum ~init payload));
      Udp_packet.size
    in
    Layer.write t.layer ~src dst `UDP ~size:Udp_packet.size fill [ payload ] >|= function
    | Ok () -> ()
    | Error e -> Log.debug (fun m -> m "not sent: %a" Layer.pp_error e)

  (* ---- The client's wishes ---- *)

  let name_servers t servers =
    Tcpip_nameservers.set ~interface:t.interface (List.map (fun ip -> Ipaddr.V4 ip) servers)

  let configure t (lease : Dhcp_client.lease) =
    t.current <- Some lease;
    name_servers t lease.dns;
    let config = { Ipv4_layer.cidr = lease.network; gateway = lease.gateway } in
    Layer.configure t.layer (Some config)

  let use t (lease : Dhcp_client.lease) =
    Log.info (fun m ->
        m "address %a from %a%s" Ipaddr.V4.Prefix.pp lease.network Ipaddr.V4.pp lease.server
          (match lease.duration with Some s -> Printf.sprintf " for %Ld s" s | None -> ""));
    configure t lease >|= fun () -> Lwt_condition.broadcast t.bound ()

  let is_free t (lease : Dhcp_client.lease) =
    let asked = Arp.query t.arp lease.address >|= function Ok _ -> false | Error _ -> true in
    let waited = Time.sleep_ns answer_time >|= fun () -> true in
    Lwt.choose [ asked; waited ]

  let give_up t why =
    Log.warn (fun m -> m "no address: %s" why);
    t.current <- None;
    name_servers t [];
    Layer.configure t.layer None

  let rec act t (action : Dhcp_client.action) =
    match action with
    | Broadcast message -> send t ~src:message.ciaddr Ipaddr.V4.broadcast message
    | Unicast (server, message) -> send t ~src:message.ciaddr server message
    | Use lease -> use t lease
    | Renewed lease -> configure t lease
    | Give_up why -> give_up t why
    | Check lease ->
        is_free t lease >>= fun free -> step t (Dhcp_client.checked ~now:(Clock.elapsed_ns ()) ~free)

  (* One event: the new state is there before anything it wants is done. *)
  and step t event =
    match t.client with
    | None -> Lwt.return_unit
    | Some client ->
        let client, actions = event client in
        t.client <- Some client;
        set_timer t client;
        Lwt_list.iter_s (act t) actions

  and set_timer t client =
    Lwt.cancel t.timer;
    match Dhcp_client.deadline client with
    | None -> t.timer <- Lwt.return_unit
    | Some at ->
        let timer = Time.sleep_ns (Int64.max 0L (Int64.sub at (Clock.elapsed_ns ()))) in
        t.timer <- timer;
        Lwt.on_success timer (fun () ->
            Lwt.async (fun () -> step t (Dhcp_client.expire ~now:(Clock.elapsed_ns ()))))

  (* ---- Receiving ---- *)

  let is_right t ~src ~dst (header : Udp_packet.t) datagram =
    let pseudo = Layer.pseudoheader t.layer ~src dst `UDP (Cstruct.length datagram) in
    header.checksum = 0 || Tcpip_checksum.(finish (sum ~init:(sum pseudo) datagram)) = 0

  (* Datagrams for the client's port are the client's, others those of whoever uses this IP. *)
  let input_udp t ~udp ~src ~dst buffer =
    match Udp_packet.read buffer with
    | Some (header, payload) when header.dst_port = Dhcp_message.client_port -> (
        let datagram = Cstruct.sub buffer 0 (Udp_packet.size + Cstruct.length payload) in
        match Dhcp_message.read payload with
        | Some message when is_right t ~src ~dst header datagram ->
            (* What it wants may take time, in which other frames are to be received. *)
            Lwt.async (fun () ->
                step t (fun client -> Dhcp_client.receive client ~now:(Clock.elapsed_ns ()) message));
            Lwt.return_unit
        | Some _ | None -> Lwt.return_unit)
    | _ -> udp ~src ~dst buffer

  let input t ~tcp ~udp ~default buffer =
    Layer.input t.layer ~tcp ~udp:(input_udp t ~udp) ~default buffer

  (* ---- ---- *)

  let random () = Cstruct.BE.get_uint32 (Random.generate 4) 0

  let nothing ~src:_ ~dst:_ _ = Lwt.return_unit

  let listen t net ethernet =
    let ipv4 = input t ~tcp:nothing ~udp:nothing ~default:(fun ~proto:_ -> nothing) in
    let ipv6 _ = Lwt.return_unit in
    Net.listen net ~header_size:14 (Ethernet.input ethernet ~arpv4:(Arp.input t.arp) ~ipv4 ~ipv6)

  let start t net ethernet =
    let listening = Lwt.catch (fun () -> listen t net ethernet) (fun _ -> Lwt.return (Ok ())) in
    let client, actions =
      Dhcp_client.start ~mac:(Ethernet.mac ethernet) ~random ~now:(Clock.elapsed_ns ()) ()
    in
    t.client <- Some client;
    let bound = Lwt_condition.wait t.bound in
    set_timer t client;
    Lwt_list.iter_s (act t) actions >>= fun () ->
    bound >|= fun () ->
    (* From here on the stack listens. *)
    Lwt.cancel listening

  let connect ?(no_init = false) net ethernet arp =
    let t =
      { layer = Layer.create ethernet arp; arp; interface = Macaddr.to_string (Ethernet.mac ethernet);
        client = None; current = None; timer = Lwt.return_unit; bound = Lwt_condition.create () }
    in
    if no_init then Lwt.return t else start t net ethernet >|= fun () -> t
end
