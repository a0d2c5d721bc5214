(* SPDX-License-Identifier: Apache-2.0 *)

(** Both versions of IP as one: see {!Tcpip_stack_direct.IPV4V6}. *)

module Make
    (Ipv4 : Tcpip.Ip.S with type ipaddr = Ipaddr.V4.t)
    (Ipv6 : Tcpip.Ip.S with type ipaddr = Ipaddr.V6.t) : sig
  include Tcpip.Ip.S with type ipaddr = Ipaddr.t

  val connect : ipv4_only:bool -> ipv6_only:bool -> Ipv4.t -> Ipv6.t -> t Lwt.t
end
