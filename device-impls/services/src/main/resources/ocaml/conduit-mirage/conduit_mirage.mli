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

  type endpoint
  (** What {!serve} listens on: a {!server}, or what else this conduit has. *)

  val serve : t -> endpoint -> (flow -> unit Lwt.t) -> unit Lwt.t
  (** As {!listen}. *)

  val reach : t -> Conduit.endp -> flow Lwt.t
  (** A connection to what a resolver has found. Fails with [Failure] for what this conduit has not, and for what could
      not be resolved. *)
end

module TCP (Stack : Tcpip.Stack.V4V6) :
  S with type t = Stack.t and type flow = Stack.TCP.flow and type endpoint = server

module Endpoint : sig
  val client : Conduit.endp -> client Lwt.t
  (** Of what a resolver has found. Fails with [Failure] for what is not plain TCP, and for what could not be
      resolved. *)
end

module Plain (Conduit : S) : S with type t = Conduit.t and type flow = Conduit.flow and type endpoint = Conduit.endpoint
(** The same conduit: what TLS would be put upon, where nobody has it. *)
