(* SPDX-License-Identifier: Apache-2.0 *)

(** TCP of the host, for one version of IP or both. *)

module Make (Address : Socket_address.S) : sig
  include
    Tcpip.Tcp.S
      with type ipaddr = Address.t
       and type error = Host_socket.error
       and type write_error = [ Host_socket.error | Mirage_flow.write_error ]

  val over : ipaddr list -> t
  (** Listens at these addresses of this machine. *)

  val own : t -> ipaddr list
  (** Those. *)
end
