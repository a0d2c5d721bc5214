(* SPDX-License-Identifier: Apache-2.0 *)

(** IPv6 over Ethernet: neighbour discovery (RFC 4861), addresses from router advertisements (RFC 4862) with duplicate
    address detection, echo, reports of multicast groups (RFC 3810), fragments. *)

module Make
    (Net : Mirage_net.S)
    (Ethernet : Ethernet.S)
    (_ : Mirage_random.S)
    (_ : Mirage_time.S)
    (_ : Mirage_clock.MCLOCK) : sig
  include Tcpip.Ip.S with type ipaddr = Ipaddr.V6.t

  val connect :
    ?no_init:bool ->
    ?handle_ra:bool ->
    ?cidr:Ipaddr.V6.Prefix.t ->
    ?gateway:Ipaddr.V6.t ->
    Net.t ->
    Ethernet.t ->
    t Lwt.t
  (** Resolved at once; addresses are usable, and in [get_ip], when nobody has claimed them for a second: somebody has to
      listen to the interface meanwhile. With [handle_ra] (the default) routers are looked for and believed. With
      [no_init] nothing is sent of its own accord: for a stack that speaks IPv4 alone. *)
end
