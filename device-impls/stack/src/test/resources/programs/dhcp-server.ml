(* SPDX-License-Identifier: Apache-2.0 *)

(* The server of DHCP: with the real client on a wire, and with frames made for it. *)

open Lwt.Infix
open Stacks
module Dhcp = Dhcp_ipv4.Make (Mirage_random_hardware) (Mclock) (OS.Time) (Net) (Eth) (Arpv4)

let ip = Ipaddr.V4.of_string_exn
let mac n = Macaddr.of_octets_exn (Printf.sprintf "\002\000\000\000\001%c" (Char.chr n))
let server_mac = mac 200

let config ?(hosts = []) last =
  Dhcp_server.Config.make ~default_lease_time:100 ~max_lease_time:1000 ~hosts
    ~addr_tuple:(ip "192.168.1.5", server_mac)
    ~network:(Ipaddr.V4.Prefix.of_string_exn "192.168.1.5/24")
    ~range:(Some (ip "192.168.1.70", ip last))
    ~options:Dhcp_wire.[ Routers [ ip "192.168.1.5" ]; Dns_servers [ ip "192.168.1.5"; ip "9.9.9.9" ]; Domain_name "pampas" ]
    ()

(* ---- On a wire ---- *)

let serve net =
  let config = { (config "192.168.1.71") with mac_addr = Net.mac net } in
  let leases = ref (Dhcp_server.Lease.make_db ()) in
  let seconds () = Int32.of_int (elapsed_ms () / 1000) in
  Net.listen net ~header_size:14 (fun frame ->
      match Dhcp_wire.pkt_of_buf frame (Cstruct.length frame) with
      | Error _ -> nothing
      | Ok pkt -> (
          match Dhcp_server.Input.input_pkt config !leases pkt (seconds ()) with
          | Reply (reply, db) ->
              leases := db;
              print_endline (Dhcp_wire.pkt_to_string reply);
              Net.write net ~size:(Net.mtu net + 14) (Dhcp_wire.pkt_into_buf reply) >|= ignore
          | Update db -> Lwt.return (leases := db)
          | Silence -> nothing
          | Warning w | Error w -> Lwt.return (print_endline w)))

let client_gets_an_address () =
  let near, far = Net.pair () in
  Lwt.async (fun () -> serve far >|= ignore);
  Eth.connect near >>= fun eth ->
  Arpv4.connect eth >>= fun arp ->
  Dhcp.connect near eth arp >>= fun dhcp ->
  let lease = Option.get (Dhcp.lease dhcp) in
  Printf.printf "%s gateway %s dns %s for %Ld s\n"
    (Ipaddr.V4.Prefix.to_string lease.network)
    (Option.fold ~none:"none" ~some:Ipaddr.V4.to_string lease.gateway)
    (String.concat " " (List.map Ipaddr.V4.to_string lease.dns))
    (Option.get lease.duration);
  nothing

(* ---- One message after the other ---- *)

let message ?(ciaddr = Ipaddr.V4.any) ?(dstip = Ipaddr.V4.broadcast) n msgtype options =
  { Dhcp_wire.srcmac = mac n; dstmac = Macaddr.broadcast; srcip = ciaddr; dstip; srcport = 68; dstport = 67;
    op = BOOTREQUEST; htype = Ethernet_10mb; hlen = 6; hops = 0; xid = 7l; secs = 0; flags = Unicast; ciaddr;
    yiaddr = Ipaddr.V4.any; siaddr = Ipaddr.V4.any; giaddr = Ipaddr.V4.any; chaddr = mac n; sname = "";
    file = ""; options = Message_type msgtype :: options }

let talk config =
  let db = ref (Dhcp_server.Lease.make_db ()) in
  fun ?(now = 0l) name pkt ->
    let frame = Dhcp_wire.buf_of_pkt pkt in
    let pkt = Result.get_ok (Dhcp_wire.pkt_of_buf frame (Cstruct.length frame)) in
    let what =
      match Dhcp_server.Input.input_pkt config !db pkt now with
      | Silence -> "silence"
      | Update leases ->
          db := leases;
          "update"
      | Warning w -> "warning: " ^ w
      | Error e -> "error: " ^ e
      | Reply (reply, leases) ->
          db := leases;
          Printf.sprintf "%s %s to %s"
            (Dhcp_wire.msgtype_to_string (Option.get (Dhcp_wire.find_message_type reply.options)))
            (Ipaddr.V4.to_string reply.yiaddr) (Ipaddr.V4.to_string reply.dstip)
    in
    Printf.printf "%s: %s, leases %d\n" name what (List.length (Dhcp_server.Lease.to_list !db))

let conversation () =
  let host =
    { Dhcp_server.Config.hostname = "fixed"; options = []; fixed_addr = Some (ip "192.168.1.9"); hw_addr = mac 9 }
  in
  let say = talk (config ~hosts:[ host ] "192.168.1.71") in
  let ours = Dhcp_wire.Server_identifier (ip "192.168.1.5") in
  let asks s = Dhcp_wire.Request_ip (ip s) in
  let open Dhcp_wire in
  say "first" (message 1 DHCPDISCOVER [ asks "192.168.1.71" ]);
  say "first takes it" (message 1 DHCPREQUEST [ ours; asks "192.168.1.71" ]);
  say "second" (message 2 DHCPDISCOVER [ asks "192.168.1.71" ]);
  say "second takes another server's" (message 2 DHCPREQUEST [ Server_identifier (ip "192.168.1.6"); asks "192.168.1.90" ]);
  say "second steals" (message 2 DHCPREQUEST [ ours; asks "192.168.1.71" ]);
  say "third" (message 3 DHCPDISCOVER []);
  say "fourth" (message 4 DHCPDISCOVER []);
  say "a host" (message 9 DHCPDISCOVER []);
  say "first renews" ~now:50l (message 1 DHCPREQUEST [] ~ciaddr:(ip "192.168.1.71") ~dstip:(ip "192.168.1.5"));
  say "first restarts" ~now:60l (message 1 DHCPREQUEST [ asks "192.168.1.71" ]);
  say "first comes from elsewhere" ~now:60l (message 1 DHCPREQUEST [ asks "10.0.0.1" ]);
  say "a stranger restarts" ~now:60l (message 5 DHCPREQUEST [ asks "192.168.1.70" ]);
  say "fourth again, an offer has run out" ~now:61l (message 4 DHCPDISCOVER []);
  say "fourth declines" ~now:61l (message 4 DHCPDECLINE [ ours; asks "192.168.1.70" ]);
  say "fourth again" ~now:62l (message 4 DHCPDISCOVER []);
  say "first leaves" ~now:70l (message 1 DHCPRELEASE [ ours ] ~ciaddr:(ip "192.168.1.71"));
  say "fourth at last" ~now:71l (message 4 DHCPDISCOVER []);
  say "somebody informs" (message 6 DHCPINFORM [] ~ciaddr:(ip "192.168.1.200"));
  say "a server" (message 6 DHCPOFFER [])

(* ---- Changed frames ---- *)

let mutations seed =
  Random.init seed;
  let config = config "192.168.1.90" and db = ref (Dhcp_server.Lease.make_db ()) in
  let whole = Dhcp_wire.buf_of_pkt (message 1 DHCPDISCOVER [ Request_ip (ip "192.168.1.80"); Client_id (Id (0, "abc")); Parameter_requests [ 1; 3; 6 ] ]) in
  let sum frame =
    (* With its checksums right a frame gets further. *)
    Cstruct.BE.set_uint16 frame 24 0;
    Cstruct.BE.set_uint16 frame 24 (Tcpip_checksum.ones_complement (Cstruct.sub frame 14 20));
    Cstruct.BE.set_uint16 frame 40 0
  in
  for i = 1 to 20_000 do
    let frame = Cstruct.of_string (Cstruct.to_string whole) in
    for _ = 0 to Random.int 8 do
      Cstruct.set_uint8 frame (Random.int (Cstruct.length frame)) (Random.int 256)
    done;
    if Random.bool () then sum frame;
    let length = if Random.int 4 = 0 then Random.int (Cstruct.length frame + 1) else Cstruct.length frame in
    ignore (Dhcp_wire.is_dhcp frame length);
    match Dhcp_wire.pkt_of_buf frame length with
    | Error _ -> ()
    | Ok pkt -> (
        ignore (Dhcp_wire.pkt_to_string pkt);
        match Dhcp_server.Input.input_pkt config !db pkt (Int32.of_int (i / 10)) with
        | Reply (reply, leases) ->
            db := leases;
            ignore (Dhcp_wire.pkt_into_buf reply (Cstruct.create 1514))
        | Update leases -> db := leases
        | Silence | Warning _ | Error _ -> ())
  done;
  Printf.printf "at most 21 leases: %b\n" (List.length (Dhcp_server.Lease.to_list !db) <= 21)

let () =
  OS.Main.run
    ( Bootvar.argv () >>= fun argv ->
      match argv.(1) with
      | "wire" -> client_gets_an_address ()
      | "talk" -> Lwt.return (conversation ())
      | seed -> Lwt.return (mutations (int_of_string seed)) )
