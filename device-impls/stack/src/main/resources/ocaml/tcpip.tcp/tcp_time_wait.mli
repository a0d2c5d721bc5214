(* SPDX-License-Identifier: Apache-2.0 *)

(** What is kept of a connection in TIME-WAIT, so that late segments of it do no harm (RFC 9293, 3.6.1). *)

type t = private {
  local_port : int;
  remote_port : int;
  nxt : Tcp_sequence.t;
  rcv_nxt : Tcp_sequence.t;
  window : int;
  timestamp : (int32 * int32) option;  (** own offset, and the last of the peer *)
  mutable ends_at : Tcp_time.t;
}

val of_connection : Tcp_connection.t -> now:Tcp_time.t -> t
val is_over : t -> now:Tcp_time.t -> bool

type answer =
  | Nothing
  | Ack of Tcp_segment.t
  | Open  (** a SYN of a new connection: this one may go *)

val receive : t -> now:Tcp_time.t -> Tcp_segment.t -> answer
(** A RST is ignored (RFC 1337). *)
