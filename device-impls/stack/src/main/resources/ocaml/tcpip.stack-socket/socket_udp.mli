(* SPDX-License-Identifier: Apache-2.0 *)

(** UDP of the host, for one version of IP or both. *)

module Make (Address : Socket_address.S) : sig
  include Tcpip.Udp.S with type ipaddr = Address.t and type error = Host_socket.error

  val over : ipaddr list -> t
  (** Listens at these addresses of this machine, and sends from them. *)
end
