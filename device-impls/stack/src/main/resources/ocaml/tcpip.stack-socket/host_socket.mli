(* SPDX-License-Identifier: Apache-2.0 *)

(** Sockets of the host: [sockets.h] with promises. *)

type t

type peer = string * int
(** The 4 or 16 bytes of an address, and a port. *)

type error = [ Tcpip.Tcp.error | `Reset | `Host of string ]
(** [`Host]: a sentence for people. *)

val pp_error : Format.formatter -> error -> unit

val listen : peer -> (t, error) result
(** A socket that waits for connections at an address of this machine. *)

val datagrams : peer -> (t, error) result
(** A socket for datagrams at an address of this machine; port 0 is one that is free. *)

val connect : peer -> (t, error) result Lwt.t

val accept : t -> (t * peer, error) result Lwt.t

val keep_alive : t -> Tcpip.Tcp.Keepalive.t -> unit
(** In whole seconds, one at least. *)

val receive : t -> (Cstruct.t * peer, error) result Lwt.t
(** What has come of a connection, nothing at its end; or one datagram and where it is from. The buffer is the
    caller's. *)

val send : t -> Cstruct.t -> (unit, error) result Lwt.t
(** All of it, over a connection. *)

val send_to : t -> peer -> Cstruct.t -> (unit, error) result Lwt.t
(** One datagram. *)

val is_open : t -> bool

val close : t -> unit
(** Whoever waits for the socket gets [`Reset]. May be called again. *)

val nameservers : unit -> string list
(** Addresses of those of this machine. *)
