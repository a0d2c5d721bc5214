(* SPDX-License-Identifier: Apache-2.0 *)

(** UDP over any IP. *)

module Make (Ip : Tcpip.Ip.S) (_ : Mirage_random.S) : sig
  include Tcpip.Udp.S with type ipaddr = Ip.ipaddr

  val connect : Ip.t -> t Lwt.t
end
