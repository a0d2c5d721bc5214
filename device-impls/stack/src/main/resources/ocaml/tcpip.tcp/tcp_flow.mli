(* SPDX-License-Identifier: Apache-2.0 *)

(** TCP (RFC 9293) for unikernels: connections as flows, over any IP. The limits are those of {!Tcp_limits}.

    - A flow that the peer resets gives its reader [`Reset], which is an error and no end of file.
    - [close] ends this side's half; the other may be read until the peer closes too, as long as it is not silent for a
      minute.
    - Buffers that are written belong to the flow; they must not be changed afterwards. Those that are read belong to the
      reader.
    - A callback of [listen] that fails, fails its flow: it is reset. One that ends leaves it as it is. *)

type error = [ Tcpip.Tcp.error | `Reset | `Too_many_connections ]

module Make
    (Ip : Tcpip.Ip.S)
    (_ : Mirage_time.S)
    (_ : Mirage_clock.MCLOCK)
    (_ : Mirage_random.S) : sig
  include
    Tcpip.Tcp.S
      with type ipaddr = Ip.ipaddr
       and type error = error
       and type write_error = [ error | Mirage_flow.write_error ]

  val connect : Ip.t -> t Lwt.t

  val abort : flow -> unit
  (** Resets the connection. *)

  type counts = {
    connections : int;  (** open, being opened and being closed *)
    time_wait : int;
    listeners : int;
  }

  val counts : t -> counts
  (** What is kept at the moment. *)
end
