(* SPDX-License-Identifier: Apache-2.0 *)

(** Connections named by values: plain TCP. *)

type client = [ `TCP of Ipaddr.t * int ]
type server = [ `TCP of int ]

module type S = sig
  type flow
  type t

  module Flow : Mirage_flow.S with type flow = flow

  val connect : t -> client -> flow Lwt.t
  (** Fails with [Failure] and a message for people. *)

  val listen : t -> server -> (flow -> unit Lwt.t) -> unit Lwt.t
  (** Resolved when the stack is disconnected. A flow is closed when its function has ended. *)
end

module TCP (Stack : Tcpip.Stack.V4V6) : S with type t = Stack.t and type flow = Stack.TCP.flow

module TLS (Conduit : S) : S with type t = Conduit.t and type flow = Conduit.flow
(** What stands where a configuration asks for TLS and no package has it: plain TCP, so that what does without TLS
    works. {!Endpoint.client} refuses the rest when it is asked for. *)

module Endpoint : sig
  val client : Conduit.endp -> client Lwt.t
  (** Of what a resolver has found. Fails with [Failure] for what is not plain TCP, and for what could not be
      resolved. *)
end
