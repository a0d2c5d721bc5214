(* SPDX-License-Identifier: Apache-2.0 *)

open Lwt.Syntax

(* What a peer asks a stack for: TCP port 7 echoes, 19 sends 300,000 bytes; UDP port 13 answers with what is kept. *)
module Campaign
    (Time : Mirage_time.S)
    (Clock : Mirage_clock.MCLOCK)
    (Random : Mirage_random.S)
    (Net : Mirage_net.S) =
struct
  module Wire = Rough.Make (Time) (Net)
  module Frames = Ethernet.Make (Wire)
  module Addresses = Arp.Make (Frames) (Time)
  module Ip = Static_ipv4.Make (Random) (Clock) (Frames) (Addresses)
  module Icmp = Icmpv4.Make (Ip)
  module Datagrams = Udp.Make (Ip) (Random)
  module Flows = Tcp.Flow.Make (Ip) (Time) (Clock) (Random)
  module Stack = Tcpip_stack_direct.Make (Time) (Random) (Wire) (Frames) (Addresses) (Ip) (Icmp) (Datagrams) (Flows)

  let rec echo flow =
    let* data = Flows.read flow in
    match data with
    | Ok (`Data bytes) -> (
        let* sent = Flows.write flow bytes in
        match sent with Ok () -> echo flow | Error _ -> Flows.close flow)
    | Ok `Eof | Error _ -> Flows.close flow

  let piece = Cstruct.of_string (String.init 1000 (fun i -> Char.chr (i mod 251)))

  let rec source left flow =
    if left = 0 then Flows.close flow
    else
      let* sent = Flows.write flow piece in
      match sent with Ok () -> source (left - 1) flow | Error _ -> Flows.close flow

  let kept tcp =
    Gc.full_major ();
    let { Flows.connections; time_wait; _ } = Flows.counts tcp in
    Printf.sprintf "%d %d %d\n" connections time_wait (Gc.stat ()).live_words

  let tell udp tcp ~src ~dst:_ ~src_port _ =
    Lwt.map ignore (Datagrams.write udp ~src_port:13 ~dst:src ~dst_port:src_port (Cstruct.of_string (kept tcp)))

  (* A reset that is lost is not sent again: who waits for a peer that is gone has to ask. *)
  let keepalive =
    { Tcpip.Tcp.Keepalive.after = Duration.of_sec 10; interval = Duration.of_sec 2; probes = 5 }

  let start () () () net =
    let* frames = Frames.connect net in
    let* addresses = Addresses.connect frames in
    let cidr = Ipaddr.V4.Prefix.of_string_exn "10.0.0.2/24" in
    let* ip = Ip.connect ~no_init:false ~cidr frames addresses in
    let* icmp = Icmp.connect ip in
    let* udp = Datagrams.connect ip in
    let* tcp = Flows.connect ip in
    let* stack = Stack.connect net frames addresses ip icmp udp tcp in
    Flows.listen tcp ~port:7 ~keepalive echo;
    Flows.listen tcp ~port:19 ~keepalive (source 300);
    Datagrams.listen udp ~port:13 (tell udp tcp);
    Stack.listen stack
end
