(* SPDX-License-Identifier: Apache-2.0 *)

open Lwt.Infix

type client = [ `TCP of Ipaddr.t * int ]
type server = [ `TCP of int ]

module type S = sig
  type flow
  type t

  module Flow : Mirage_flow.S with type flow = flow

  val connect : t -> client -> flow Lwt.t
  val listen : t -> server -> (flow -> unit Lwt.t) -> unit Lwt.t

  type endpoint

  val serve : t -> endpoint -> (flow -> unit Lwt.t) -> unit Lwt.t
  val reach : t -> Conduit.endp -> flow Lwt.t
end

let fail format = Format.kasprintf (fun text -> Lwt.fail (Failure text)) format

module Endpoint = struct
  let client : Conduit.endp -> client Lwt.t = function
    | `TCP (address, port) -> Lwt.return (`TCP (address, port))
    | `TLS (host, _) ->
        fail "%s: TLS is not available; it takes conduit_direct ~tls:true, and tls-mirage, which mirage install builds" host
    | `Unknown why -> fail "%s" why
    | `Unix_domain_socket _ | `Vchan_direct _ | `Vchan_domain_socket _ ->
        fail "a unikernel of this kind has neither sockets of Unix nor channels of Xen"
end

module TCP (Stack : Tcpip.Stack.V4V6) = struct
  module Flow = Stack.TCP

  type flow = Stack.TCP.flow
  type t = Stack.t

  let connect t (`TCP (address, port)) =
    Stack.TCP.create_connection (Stack.tcp t) (address, port) >>= function
    | Ok flow -> Lwt.return flow
    | Error e -> fail "%a port %d: %a" Ipaddr.pp address port Stack.TCP.pp_error e

  let listen t (`TCP port) serve =
    let callback flow = Lwt.finalize (fun () -> serve flow) (fun () -> Stack.TCP.close flow) in
    Stack.listen_tcp t ~port callback;
    Stack.listen t

  type endpoint = server

  let serve = listen
  let reach t found = Endpoint.client found >>= connect t
end

module Plain (Conduit : S) = Conduit
