(* SPDX-License-Identifier: Apache-2.0 *)

(** What time does to a connection. *)

val deadline : Tcp_connection.t -> now:Tcp_time.t -> Tcp_time.t
(** When {!expire} has something to do next. *)

val expire : Tcp_connection.t -> now:Tcp_time.t -> unit
(** Does what is due: retransmissions and window probes (RFC 6298, RFC 9293 3.8.6.1), delayed acknowledgements,
    keep-alives, the end of a connection whose peer is silent. *)
