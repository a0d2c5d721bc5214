(* SPDX-License-Identifier: Apache-2.0 *)

(** IPv4 whose address comes from a DHCP server, and is kept: the lease is renewed while the unikernel runs. *)

module Make
    (_ : Mirage_random.S)
    (_ : Mirage_clock.MCLOCK)
    (_ : Mirage_time.S)
    (Net : Mirage_net.S)
    (Ethernet : Ethernet.S)
    (Arp : Arp.S) : sig
  include Tcpip.Ip.S with type ipaddr = Ipaddr.V4.t

  val connect : ?no_init:bool -> Net.t -> Ethernet.t -> Arp.t -> t Lwt.t
  (** Resolved with the first lease; until then it listens on the interface itself, and asks for as long as it takes.
      Before an address is used, half a second is given to another machine that has it to say so. With [no_init]
      it does nothing: for a stack that speaks IPv6 alone. *)

  val lease : t -> Dhcp_client.lease option
  (** Also the servers of the domain name system. *)
end
