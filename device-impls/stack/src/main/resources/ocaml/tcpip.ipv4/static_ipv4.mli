(* SPDX-License-Identifier: Apache-2.0 *)

(** IPv4 with an address that is known from the start. *)

module Make
    (_ : Mirage_random.S)
    (_ : Mirage_clock.MCLOCK)
    (Ethernet : Ethernet.S)
    (Arp : Arp.S) : sig
  include Tcpip.Ip.S with type ipaddr = Ipaddr.V4.t

  val connect :
    ?no_init:bool ->
    cidr:Ipaddr.V4.Prefix.t ->
    ?gateway:Ipaddr.V4.t ->
    Ethernet.t ->
    Arp.t ->
    t Lwt.t
  (** [cidr] is the own address with the size of its network. With [no_init] nothing is announced and nothing
      answered: for a stack that speaks IPv6 alone. *)
end
