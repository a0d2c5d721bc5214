(* SPDX-License-Identifier: Apache-2.0 *)

(** A client of network time (SNTP, RFC 4330) that sets the unikernel's clock, {!Pclock}. *)

module Make (_ : Mirage_time.S) (_ : Mirage_random.S) (Udp : Tcpip.Udp.S) : sig
  val ask : Udp.t -> Udp.ipaddr -> (int64, [> `Msg of string ]) result Lwt.t
  (** One question to a server: the time now, in nanoseconds since 1970-01-01 UTC, half the way there and back counted.
      After two seconds without an answer it is an error. *)

  val keep : Udp.t -> Udp.ipaddr list -> unit Lwt.t
  (** Sets the clock when the first of the servers has answered that does, and again every 1024 seconds. While none
      answers all are asked again after 16 seconds, and then ever less often. Each change is in the log. Never ends. *)
end
