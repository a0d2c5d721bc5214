(* SPDX-License-Identifier: Apache-2.0 *)

(* A board that knows no network offers one, open and its own, with a page that asks for another; joins that one, and
   knows it from then on. *)

open Lwt.Syntax

module Log = (val Logs.src_log (Logs.Src.create "portal" ~doc:"setup portal") : Logs.LOG)

type network = { ssid : string; passphrase : string }

module Portal (Random : Mirage_random.S) (Time : Mirage_time.S) (Clock : Mirage_clock.MCLOCK) = struct
  (* ---- Two stacks over one radio ---- *)

  module Served = Dhcp_server_net.Make (Clock) (Wifi)

  module Layers (Net : Mirage_net.S) = struct
    module Frames = Ethernet.Make (Net)
    module Addresses = Arp.Make (Frames) (Time)
  end

  module Above
      (Net : Mirage_net.S)
      (Frames : Ethernet.S)
      (Addresses : Arp.S)
      (Ip : Tcpip.Ip.S with type ipaddr = Ipaddr.V4.t) =
  struct
    module Icmp = Icmpv4.Make (Ip)
    module Udp = Udp.Make (Ip) (Random)
    module Tcp = Tcp.Flow.Make (Ip) (Time) (Clock) (Random)
    module Stack = Tcpip_stack_direct.Make (Time) (Random) (Net) (Frames) (Addresses) (Ip) (Icmp) (Udp) (Tcp)

    let connect net frames addresses ip =
      let* icmp = Icmp.connect ip in
      let* udp = Udp.connect ip in
      let* tcp = Tcp.connect ip in
      Stack.connect net frames addresses ip icmp udp tcp
  end

  module Own = Layers (Served)
  module Own_ip = Static_ipv4.Make (Random) (Clock) (Own.Frames) (Own.Addresses)
  module Own_stack = Above (Served) (Own.Frames) (Own.Addresses) (Own_ip)
  module Other = Layers (Wifi)
  module Other_ip = Dhcp_ipv4.Make (Random) (Clock) (Time) (Wifi) (Other.Frames) (Other.Addresses)
  module Other_stack = Above (Wifi) (Other.Frames) (Other.Addresses) (Other_ip)
  module Http = Cohttp_mirage.Server.Flow (Own_stack.Tcp)

  (* ---- The portal ---- *)

  let address = Ipaddr.V4.of_string_exn "192.168.4.1"
  let cidr = Ipaddr.V4.Prefix.make 24 address
  let neighbour n = Ipaddr.V4.of_octets_exn ("\192\168\004" ^ String.make 1 (Char.chr n))

  let dhcp mac =
    Dhcp_server.Config.make ~addr_tuple:(address, mac) ~network:cidr
      ~range:(Some (neighbour 10, neighbour 30))
      ~options:Dhcp_wire.[ Routers [ address ]; Dns_servers [ address ] ]
      ()

  let own_stack wifi =
    let net = Served.create (dhcp (Wifi.mac wifi)) wifi in
    let* frames = Own.Frames.connect net in
    let* addresses = Own.Addresses.connect frames in
    let* ip = Own_ip.connect ~cidr frames addresses in
    Own_stack.connect net frames addresses ip

  let names stack ~src ~dst:_ ~src_port question =
    match Captive.answer address question with
    | None -> Lwt.return_unit
    | Some answer ->
        let udp = Own_stack.Stack.udpv4 stack in
        Lwt.map ignore (Own_stack.Udp.write udp ~src_port:53 ~dst:src ~dst_port:src_port answer)

  let html body = Http.respond_string ~headers:(Cohttp.Header.of_list [ ("content-type", "text/html; charset=utf-8"); ("cache-control", "no-store"); ("connection", "close") ]) ~body

  let posted fields =
    let field name = Option.value (List.assoc_opt name fields) ~default:[] |> String.concat "," in
    let network = { ssid = field "ssid"; passphrase = field "passphrase" } in
    Result.map (fun () -> network) (Wifi_network.check ~ssid:network.ssid ~passphrase:network.passphrase)

  let longest_form = 1024

  let length request =
    match Cohttp.Header.get (Cohttp.Request.headers request) "content-length" with
    | None -> None
    | Some text -> Option.bind (int_of_string_opt text) (fun n -> if n >= 0 && n <= longest_form then Some n else None)

  (* Whatever else is asked for, as by telephones that look whether this is the Internet, leads here. *)
  let answer ~networks ~notice chosen request body =
    let uri = Cohttp.Request.uri request in
    match (Cohttp.Request.meth request, Uri.path uri, length request) with
    | `GET, "/", _ -> html (Page.form ~networks ~notice) ~status:`OK ()
    | `POST, "/", Some _ -> (
        let* text = Cohttp_lwt.Body.to_string body in
        match posted (Uri.query_of_encoded text) with
        | Error why -> html (Page.form ~networks ~notice:(Some why)) ~status:`Bad_request ()
        | Ok network ->
            let+ page = html (Page.accepted network.ssid) ~status:`OK () in
            if Lwt.is_sleeping (fst chosen) then Lwt.wakeup_later (snd chosen) network;
            page)
    | `POST, "/", None -> html (Page.form ~networks ~notice) ~status:`Request_entity_too_large ()
    | _ -> Http.respond_redirect ~uri:(Uri.of_string (Printf.sprintf "http://%s/" (Ipaddr.V4.to_string address))) ()

  let serve_pages stack answer =
    let server = Http.make ~callback:(fun _ request body -> answer request body) () in
    Own_stack.Tcp.listen (Own_stack.Stack.tcpv4 stack) ~port:80 (fun flow ->
        let* () = Http.callback server flow in
        Own_stack.Tcp.close flow)

  (* Before the answer has arrived the network must not end. *)
  let farewell = Duration.of_sec 1

  (* The network that somebody chooses. *)
  let ask wifi ~notice =
    let* () = Wifi.leave wifi in
    let* heard = Wifi.scan wifi () in
    let networks = List.sort_uniq compare (List.filter (fun s -> s <> "") (List.map (fun (n : Wifi.network) -> n.Wifi.ssid) heard)) in
    let* served = Wifi.serve wifi ~ssid:(Key_gen.portal_ssid ()) () in
    Result.iter_error (fun why -> Log.err (fun m -> m "%s (boot argument --portal-ssid)" why)) served;
    let* stack = own_stack wifi in
    let chosen = Lwt.wait () in
    Own_stack.Stack.listen_udpv4 stack ~port:53 (names stack);
    serve_pages stack (answer ~networks ~notice chosen);
    Log.info (fun m -> m "join %s and open http://%a/" (Key_gen.portal_ssid ()) Ipaddr.V4.pp address);
    let* network = fst chosen in
    let* () = Time.sleep_ns farewell in
    let* () = Own_stack.Tcp.disconnect (Own_stack.Stack.tcpv4 stack) in
    Lwt.return network

  (* ---- The network that is known ---- *)

  let is_of key word = word = key || String.starts_with ~prefix:(key ^ "=") word

  (* The other boot arguments stay. *)
  let keep network =
    let* argv = Bootvar.argv () in
    let others = List.filter (fun word -> not (is_of "--ssid" word || is_of "--passphrase" word)) (List.tl (Array.to_list argv)) in
    let own = [ "--ssid=" ^ network.ssid; "--passphrase=" ^ network.passphrase ] in
    Result.iter_error (fun why -> Log.err (fun m -> m "%s" why)) (Bootvar.store (others @ own));
    Lwt.return_unit

  let work wifi =
    let* frames = Other.Frames.connect wifi in
    let* addresses = Other.Addresses.connect frames in
    let* ip = Other_ip.connect wifi frames addresses in
    let* stack = Other_stack.connect wifi frames addresses ip in
    List.iter (fun own -> Log.info (fun m -> m "at work as %a" Ipaddr.V4.pp own)) (Other_ip.get_ip ip);
    Other_stack.Stack.listen stack

  (* Its access point may be slower to start than the board: who answers the portal's question is waited for, but not for
     ever. *)
  let patience = Duration.of_min 3

  let rec join wifi network =
    let* joined = Wifi.join wifi ~ssid:network.ssid ~passphrase:network.passphrase () in
    match joined with
    | Ok () -> work wifi
    | Error why ->
        let notice = Some (Printf.sprintf "%s: %s" network.ssid why) in
        let again = Lwt.map (fun () -> None) (Time.sleep_ns patience) in
        let* answer = Lwt.pick [ Lwt.map Option.some (choose wifi ~notice); again ] in
        join wifi (Option.value answer ~default:network)

  and choose wifi ~notice =
    let* network = ask wifi ~notice in
    let* () = keep network in
    Lwt.return network

  let start () () () =
    let* wifi = Wifi.connect () in
    match Key_gen.ssid () with
    | "" ->
        let* network = choose wifi ~notice:None in
        join wifi network
    | ssid -> join wifi { ssid; passphrase = Key_gen.passphrase () }
end
