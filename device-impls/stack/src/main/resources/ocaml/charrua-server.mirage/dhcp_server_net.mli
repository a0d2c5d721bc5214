(* SPDX-License-Identifier: Apache-2.0 *)

(** A network interface at which clients of DHCP are served: their messages are answered here, all other frames go to
    whoever listens. *)

module Make (_ : Mirage_clock.MCLOCK) (Net : Mirage_net.S) : sig
  include Mirage_net.S

  val create : Dhcp_server.Config.t -> Net.t -> t
  (** Serves from the first [listen] on. The leases are in RAM. *)
end
