(* SPDX-License-Identifier: Apache-2.0 *)

let log = Logs.Src.create "stack" ~doc:"the network stack"

module Log = (val Logs.src_log log : Logs.LOG)

let nothing _ = Lwt.return_unit

(* What the stacks have in common: a loop that receives frames, and an end. *)
module Loop (Net : Mirage_net.S) = struct
  type t = { net : Net.t; stopped : unit Lwt.t; stop : unit Lwt.u }

  let report = function
    | Ok () -> ()
    | Error e -> Log.warn (fun m -> m "the interface does not listen: %a" Net.pp_error e)

  (* A frame that makes something fail is that frame's end, not the stack's. One whose handling takes time, for an
     answer to somebody who has to be found first, does not keep others waiting. *)
  let safely input frame =
    let failed e = Log.err (fun m -> m "a frame failed: %s" (Printexc.to_string e)) in
    (match input frame with
    | handled -> (
        match Lwt.state handled with
        | Return () -> ()
        | Fail e -> failed e
        | Sleep -> Lwt.on_failure handled failed)
    | exception e -> failed e);
    Lwt.return_unit

  let start net input =
    let stopped, stop = Lwt.wait () in
    let header_size = Ethernet.Packet.sizeof_ethernet in
    Lwt.async (fun () -> Lwt.map report (Net.listen net ~header_size (safely input)));
    { net; stopped; stop }

  let listen t = Lwt.protected t.stopped

  let disconnect t =
    if Lwt.is_sleeping t.stopped then Lwt.wakeup_later t.stop ();
    Net.disconnect t.net
end

(* What all stacks are, whatever the version of IP. *)
module Core
    (Net : Mirage_net.S)
    (Ip : Tcpip.Ip.S)
    (Udp : Tcpip.Udp.S with type ipaddr = Ip.ipaddr)
    (Tcp : Tcpip.Tcp.S with type ipaddr = Ip.ipaddr) =
struct
  module IP = Ip
  module UDP = Udp
  module TCP = Tcp
  module Loop = Loop (Net)

  type t = { loop : Loop.t; ip : Ip.t; udp : Udp.t; tcp : Tcp.t }

  let ip t = t.ip
  let udp t = t.udp
  let tcp t = t.tcp
  let listen_udp t ~port callback = Udp.listen t.udp ~port callback
  let listen_tcp ?keepalive t ~port callback = Tcp.listen t.tcp ~port ?keepalive callback
  let listen t = Loop.listen t.loop

  (* What has one argument already would make closures of the next two for each packet. *)
  let packet ip udp tcp ~default =
    let tcp ~src ~dst segment = Tcp.input tcp ~src ~dst segment in
    let udp ~src ~dst datagram = Udp.input udp ~src ~dst datagram in
    Ip.input ip ~tcp ~udp ~default

  let start net input ip udp tcp = Lwt.return { loop = Loop.start net input; ip; udp; tcp }

  let disconnect t =
    let open Lwt.Syntax in
    let* () = Tcp.disconnect t.tcp in
    let* () = Udp.disconnect t.udp in
    let* () = Ip.disconnect t.ip in
    Loop.disconnect t.loop
end

module Make
    (_ : Mirage_time.S)
    (_ : Mirage_random.S)
    (Net : Mirage_net.S)
    (Ethernet : Ethernet.S)
    (Arp : Arp.S)
    (Ip : Tcpip.Ip.S with type ipaddr = Ipaddr.V4.t)
    (Icmp : Icmpv4.S)
    (Udp : Tcpip.Udp.S with type ipaddr = Ipaddr.V4.t)
    (Tcp : Tcpip.Tcp.S with type ipaddr = Ipaddr.V4.t) =
struct
  module Core = Core (Net) (Ip) (Udp) (Tcp)
  module IPV4 = Ip
  module UDPV4 = Udp
  module TCPV4 = Tcp

  type t = Core.t

  let ipv4 = Core.ip
  let udpv4 = Core.udp
  let tcpv4 = Core.tcp
  let listen_udpv4 = Core.listen_udp
  let listen_tcpv4 = Core.listen_tcp
  let listen = Core.listen
  let disconnect = Core.disconnect

  let connect net ethernet arp ip icmp udp tcp =
    let default ~proto ~src ~dst message =
      if proto = 1 then Icmp.input icmp ~src ~dst message else Lwt.return_unit
    in
    let ipv4 = Core.packet ip udp tcp ~default in
    let input = Ethernet.input ethernet ~arpv4:(Arp.input arp) ~ipv4 ~ipv6:nothing in
    Core.start net input ip udp tcp
end

module MakeV6
    (_ : Mirage_time.S)
    (_ : Mirage_random.S)
    (Net : Mirage_net.S)
    (Ethernet : Ethernet.S)
    (Ip : Tcpip.Ip.S with type ipaddr = Ipaddr.V6.t)
    (Udp : Tcpip.Udp.S with type ipaddr = Ipaddr.V6.t)
    (Tcp : Tcpip.Tcp.S with type ipaddr = Ipaddr.V6.t) =
struct
  include Core (Net) (Ip) (Udp) (Tcp)

  let connect net ethernet ip udp tcp =
    let default ~proto:_ ~src:_ ~dst:_ _ = Lwt.return_unit in
    let ipv6 = packet ip udp tcp ~default in
    start net (Ethernet.input ethernet ~arpv4:nothing ~ipv4:nothing ~ipv6) ip udp tcp
end

module IPV4V6 = Tcpip_dual_ip.Make

module MakeV4V6
    (_ : Mirage_time.S)
    (_ : Mirage_random.S)
    (Net : Mirage_net.S)
    (Ethernet : Ethernet.S)
    (Arp : Arp.S)
    (Ip : Tcpip.Ip.S with type ipaddr = Ipaddr.t)
    (Icmp : Icmpv4.S)
    (Udp : Tcpip.Udp.S with type ipaddr = Ipaddr.t)
    (Tcp : Tcpip.Tcp.S with type ipaddr = Ipaddr.t) =
struct
  include Core (Net) (Ip) (Udp) (Tcp)

  let connect net ethernet arp ip icmp udp tcp =
    let default ~proto ~src ~dst message =
      match (proto, src, dst) with
      | 1, Ipaddr.V4 src, Ipaddr.V4 dst -> Icmp.input icmp ~src ~dst message
      | _ -> Lwt.return_unit
    in
    (* Which version it is, the packet says itself. *)
    let packet = packet ip udp tcp ~default in
    let input = Ethernet.input ethernet ~arpv4:(Arp.input arp) ~ipv4:packet ~ipv6:packet in
    start net input ip udp tcp
end
