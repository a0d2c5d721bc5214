(* SPDX-License-Identifier: Apache-2.0 *)

(* Two hosts with IPv4 on a wire, for the programs beside this file. *)

open Lwt.Infix
module Net = Mirage_net_wire.Make (OS.Time)
module Eth = Ethernet.Make (Net)
module Arpv4 = Arp.Make (Eth) (OS.Time)
module Ip = Static_ipv4.Make (Mirage_random_hardware) (Mclock) (Eth) (Arpv4)
module Icmp = Icmpv4.Make (Ip)
module Udpv4 = Udp.Make (Ip) (Mirage_random_hardware)

(* TCP's clock: it finds no memory as often as it is told. *)
module Clock = struct
  let out_of_memory = ref 0

  let elapsed_ns () =
    if !out_of_memory > 0 then begin
      decr out_of_memory;
      raise Out_of_memory
    end;
    Mclock.elapsed_ns ()

  let period_ns = Mclock.period_ns
end

module Tcpv4 = Tcp.Flow.Make (Ip) (OS.Time) (Clock) (Mirage_random_hardware)

type host = { net : Net.t; arp : Arpv4.t; ip : Ip.t; icmp : Icmp.t; udp : Udpv4.t; tcp : Tcpv4.t }

let nothing = Lwt.return_unit

let host net address =
  Eth.connect net >>= fun eth ->
  Arpv4.connect eth >>= fun arp ->
  Ip.connect ~cidr:(Ipaddr.V4.Prefix.of_string_exn address) eth arp >>= fun ip ->
  Icmp.connect ip >>= fun icmp ->
  Udpv4.connect ip >>= fun udp ->
  Tcpv4.connect ip >|= fun tcp ->
  let default ~proto ~src ~dst message =
    if proto = 1 then Icmp.input icmp ~src ~dst message else nothing
  in
  let ipv4 = Ip.input ip ~tcp:(Tcpv4.input tcp) ~udp:(Udpv4.input udp) ~default in
  let frame = Eth.input eth ~arpv4:(Arpv4.input arp) ~ipv4 ~ipv6:(fun _ -> nothing) in
  Lwt.async (fun () -> Lwt.map ignore (Net.listen net ~header_size:14 frame));
  { net; arp; ip; icmp; udp; tcp }

let a_ip = Ipaddr.V4.of_string_exn "10.0.0.1"
let b_ip = Ipaddr.V4.of_string_exn "10.0.0.2"

let pair ?faults ?seed () =
  let net_a, net_b = Net.pair ?faults ?seed () in
  host net_a "10.0.0.1/24" >>= fun a ->
  host net_b "10.0.0.2/24" >|= fun b -> (a, b)

let ms n = OS.Time.sleep_ns (Int64.mul 1_000_000L (Int64.of_int n))
let seconds n = ms (1000 * n)
let elapsed_ms () = Int64.to_int (Int64.div (Mclock.elapsed_ns ()) 1_000_000L)

(* What stays of connections: (connections, in TIME-WAIT). *)
let left host =
  let counts = Tcpv4.counts host.tcp in
  (counts.connections, counts.time_wait)

let ok pp = function Ok x -> x | Error e -> failwith (Format.asprintf "%a" pp e)
let opened r = ok Tcpv4.pp_error r
let written r = ok Tcpv4.pp_write_error r

let perfect = Mirage_net_wire.perfect
let cut = { perfect with loss = 1000 }
let text s = Cstruct.of_string s

let connect ?keepalive host =
  Tcpv4.create_connection ?keepalive host.tcp (b_ip, 7) >|= opened

(* A connection of [a] to [b], both ends. *)
let connected ?keepalive (a, b) =
  let other, arrived = Lwt.wait () in
  Tcpv4.listen b.tcp ~port:7 (fun flow ->
      Lwt.wakeup_later arrived flow;
      Lwt.return_unit);
  connect ?keepalive a >>= fun flow -> other >|= fun other -> (flow, other)

(* All a flow has until its end. *)
let read_all flow =
  let buffer = Buffer.create 10000 in
  let rec go () =
    Tcpv4.read flow >>= fun r ->
    match ok Tcpv4.pp_error r with
    | `Eof -> Lwt.return (Buffer.contents buffer)
    | `Data bytes ->
        Buffer.add_string buffer (Cstruct.to_string bytes);
        go ()
  in
  go ()

(* Bytes in which a piece that is missing, doubled or moved shows. *)
let bytes n = String.init n (fun i -> Char.chr (((i * 7) + (i / 251)) land 255))

(* Shows what TCP sends, with time and sender. *)
let trace host name =
  let segment frame =
    match Ipv4_packet.read (Cstruct.shift frame 14) with
    | Some ({ proto = 6; _ }, payload) -> Tcp_segment.read payload
    | _ -> None
  in
  Net.tap host.net (fun frame ->
      if Cstruct.length frame > 34 then
        Option.iter
          (fun s -> Format.printf "%6d %s %a@." (elapsed_ms ()) name Tcp_segment.pp s)
          (segment frame))
