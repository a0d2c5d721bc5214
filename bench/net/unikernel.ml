(* SPDX-License-Identifier: Apache-2.0 *)

(* Two hosts on a wire in one program. What is measured is all that both execute: [./mirage bench net]. *)

open Lwt.Syntax

module Wire
    (Time : Mirage_time.S)
    (Clock : Mirage_clock.MCLOCK)
    (Random : Mirage_random.S)
    (Files : Mirage_kv.RO) =
struct
  module Net = Mirage_net_wire.Make (Time)
  module Eth = Ethernet.Make (Net)
  module Arp = Arp.Make (Eth) (Time)
  module Ip = Static_ipv4.Make (Random) (Clock) (Eth) (Arp)
  module Icmp = Icmpv4.Make (Ip)
  module Udp = Udp.Make (Ip) (Random)
  module Tcp = Tcp.Flow.Make (Ip) (Time) (Clock) (Random)
  module Stack = Tcpip_stack_direct.Make (Time) (Random) (Net) (Eth) (Arp) (Ip) (Icmp) (Udp) (Tcp)
  module Server = Http.Http (Stack) (Files)

  let host net address =
    let* eth = Eth.connect net in
    let* arp = Arp.connect eth in
    let* ip = Ip.connect ~cidr:(Ipaddr.V4.Prefix.of_string_exn address) eth arp in
    let* icmp = Icmp.connect ip in
    let* udp = Udp.connect ip in
    let* tcp = Tcp.connect ip in
    Stack.connect net eth arp ip icmp udp tcp

  let server_ip = Ipaddr.V4.of_string_exn "10.0.0.2"
  let ok pp = function Ok x -> x | Error e -> failwith (Format.asprintf "%a" pp e)

  let connect client port =
    let+ opened = Tcp.create_connection (Stack.tcpv4 client) (server_ip, port) in
    ok Tcp.pp_error opened

  (* The number of bytes until the peer has sent all. *)
  let rec count flow n =
    let* data = Tcp.read flow in
    match ok Tcp.pp_error data with
    | `Data bytes -> count flow (n + Cstruct.length bytes)
    | `Eof -> Lwt.return n

  (* ---- Bytes over one connection ---- *)

  let piece = 8192

  let rec send flow data left =
    if left = 0 then Tcp.close flow
    else
      let n = min left piece in
      let* written = Tcp.write flow (Cstruct.sub data 0 n) in
      ok Tcp.pp_write_error written;
      send flow data (left - n)

  let transfer client server bytes =
    let received, finish = Lwt.wait () in
    Tcp.listen (Stack.tcpv4 server) ~port:7 (fun flow ->
        let* n = count flow 0 in
        Lwt.wakeup_later finish n;
        Tcp.close flow);
    let* flow = connect client 7 in
    let* () = send flow (Cstruct.create piece) bytes in
    let+ n = received in
    Logs.app (fun m -> m "%d bytes" n)

  (* ---- HTTP ---- *)

  let request = "GET /index.html HTTP/1.1\r\nHost: 10.0.0.2\r\nUser-Agent: bench\r\nAccept: */*\r\nConnection: close\r\n\r\n"

  let rec ask client left bytes =
    if left = 0 then Lwt.return bytes
    else
      let* flow = connect client (Key_gen.port ()) in
      let* written = Tcp.write flow (Cstruct.of_string request) in
      ok Tcp.pp_write_error written;
      let* n = count flow 0 in
      let* () = Tcp.close flow in
      ask client (left - 1) (bytes + n)

  let requests client server files n =
    Lwt.async (fun () -> Server.start server files);
    let+ bytes = ask client n 0 in
    Logs.app (fun m -> m "%d answers of %d bytes" n (bytes / max 1 n))

  let start () () () files =
    let near, far = Net.pair () in
    let* client = host near "10.0.0.1/24" in
    let* server = host far "10.0.0.2/24" in
    let* () = if Key_gen.bytes () > 0 then transfer client server (Key_gen.bytes ()) else Lwt.return_unit in
    if Key_gen.requests () > 0 then requests client server files (Key_gen.requests ()) else Lwt.return_unit
end
