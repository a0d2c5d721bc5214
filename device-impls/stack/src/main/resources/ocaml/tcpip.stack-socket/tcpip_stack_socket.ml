(* SPDX-License-Identifier: Apache-2.0 *)

module type TCP = sig
  include Tcpip.Tcp.S

  val own : t -> ipaddr list
end

(* ---- Protocols ---- *)

module Tcp4 = struct
  include Socket_tcp.Make (Socket_address.V4)

  let connect prefix = Lwt.return (over (Socket_address.v4 prefix))
end

module Udp4 = struct
  include Socket_udp.Make (Socket_address.V4)

  let connect prefix = Lwt.return (over (Socket_address.v4 prefix))
end

module Tcp6 = struct
  include Socket_tcp.Make (Socket_address.V6)

  let connect prefix = Lwt.return (over (Socket_address.v6 prefix))
end

module Udp6 = struct
  include Socket_udp.Make (Socket_address.V6)

  let connect prefix = Lwt.return (over (Socket_address.v6 prefix))
end

module Tcp46 = struct
  include Socket_tcp.Make (Socket_address.Dual)

  let connect ~ipv4_only ~ipv6_only v4 v6 =
    Lwt.return (over (Socket_address.dual ~ipv4_only ~ipv6_only v4 v6))
end

module Udp46 = struct
  include Socket_udp.Make (Socket_address.Dual)

  let connect ~ipv4_only ~ipv6_only v4 v6 =
    Lwt.return (over (Socket_address.dual ~ipv4_only ~ipv6_only v4 v6))
end

(* ---- Stacks ---- *)

(* What the host has of IP and does not share: the addresses are there, packets are not. *)
module Addresses (Address : Socket_address.S) = struct
  module Version = Socket_address.Versions (Address)

  type error = Tcpip.Ip.error

  let pp_error = Tcpip.Ip.pp_error

  type ipaddr = Address.t

  let pp_ipaddr = Address.pp

  type t = ipaddr list
  type callback = src:ipaddr -> dst:ipaddr -> Cstruct.t -> unit Lwt.t

  let disconnect _ = Lwt.return_unit
  let input _ ~tcp:_ ~udp:_ ~default:_ _ = Lwt.return_unit

  let write _ ?fragment:_ ?ttl:_ ?src:_ _ _ ?size:_ _ _ =
    Lwt.return (Error (`No_route "sockets carry TCP and UDP alone; --net direct has IP"))

  let pseudoheader _ ?src:_ _ _ _ = Cstruct.empty
  let get_ip own = own

  let src own ~dst =
    Option.value (List.find_opt (Version.same dst) own) ~default:dst

  let mtu _ ~dst:_ = 1500
end

module Core
    (Address : Socket_address.S)
    (Udp : Tcpip.Udp.S with type ipaddr = Address.t)
    (Tcp : TCP with type ipaddr = Address.t) =
struct
  module IP = Addresses (Address)
  module UDP = Udp
  module TCP = Tcp

  type t = { udp : Udp.t; tcp : Tcp.t; stopped : unit Lwt.t; stop : unit Lwt.u }

  let udp t = t.udp
  let tcp t = t.tcp
  let ip t = Tcp.own t.tcp
  let listen_udp t ~port callback = Udp.listen t.udp ~port callback
  let listen_tcp ?keepalive t ~port callback = Tcp.listen t.tcp ~port ?keepalive callback
  let listen t = Lwt.protected t.stopped

  let connect udp tcp =
    let nameservers = List.map Socket_address.Dual.of_octets_exn (Host_socket.nameservers ()) in
    Tcpip_nameservers.set ~interface:"host" nameservers;
    let stopped, stop = Lwt.wait () in
    Lwt.return { udp; tcp; stopped; stop }

  let disconnect t =
    let open Lwt.Syntax in
    let* () = Tcp.disconnect t.tcp in
    let+ () = Udp.disconnect t.udp in
    if Lwt.is_sleeping t.stopped then Lwt.wakeup_later t.stop ()
end

module V4
    (Udp : Tcpip.Udp.S with type ipaddr = Ipaddr.V4.t)
    (Tcp : TCP with type ipaddr = Ipaddr.V4.t) =
struct
  module Core = Core (Socket_address.V4) (Udp) (Tcp)
  module IPV4 = Core.IP
  module UDPV4 = Udp
  module TCPV4 = Tcp

  type t = Core.t

  let ipv4 = Core.ip
  let udpv4 = Core.udp
  let tcpv4 = Core.tcp
  let listen_udpv4 = Core.listen_udp
  let listen_tcpv4 = Core.listen_tcp
  let listen = Core.listen
  let connect = Core.connect
  let disconnect = Core.disconnect
end

module V6 = Core (Socket_address.V6)
module V4V6 = Core (Socket_address.Dual)
