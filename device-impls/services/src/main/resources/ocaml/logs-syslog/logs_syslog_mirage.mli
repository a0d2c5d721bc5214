(* SPDX-License-Identifier: Apache-2.0 *)

(** Reporters that send messages to a syslog server (RFC 3164), as logs-syslog has them for MirageOS. *)

module Udp (Console : Mirage_console.S) (_ : Mirage_clock.PCLOCK) (Stack : Tcpip.Stack.V4V6) : sig
  val create :
    Console.t -> Stack.t -> hostname:string -> Ipaddr.t -> ?port:int -> ?truncate:int -> unit -> Logs.reporter
  (** One datagram a message, to port 514. One that cannot be sent goes to the console with the reason; so does one that
      sending brings about. *)
end

module Tcp (Console : Mirage_console.S) (_ : Mirage_clock.PCLOCK) (Stack : Tcpip.Stack.V4V6) : sig
  val create :
    Console.t ->
    Stack.t ->
    hostname:string ->
    Ipaddr.t ->
    ?port:int ->
    ?truncate:int ->
    unit ->
    (Logs.reporter, string) result Lwt.t
  (** One line a message over one connection, to port 514; [Error] if there is none. While the server takes nothing 64
      messages are kept, and what is more goes to the console; so does all when the connection has ended. *)
end
