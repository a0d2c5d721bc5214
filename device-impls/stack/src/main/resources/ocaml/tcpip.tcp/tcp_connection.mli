(* SPDX-License-Identifier: Apache-2.0 *)

(** A connection: its state, without input or output. {!Tcp_input} changes it by what arrives, {!Tcp_timers} by time,
    the functions here by what the user does; {!Tcp_output} says what to send then. After any of these a caller
    looks what has become possible: {!readable}, {!writable}, {!state}. *)

module Sequence = Tcp_sequence
module Segment = Tcp_segment

type ending =
  | Finished  (** closed by both sides *)
  | Reset  (** by the peer *)
  | Refused  (** the peer reset what was not open yet *)
  | Timed_out
  | Aborted  (** by this side *)

type state =
  | Syn_sent
  | Syn_received
  | Established
  | Fin_wait_1
  | Fin_wait_2
  | Close_wait
  | Closing
  | Last_ack
  | Time_wait
  | Closed of ending

type keepalive = { after : int; interval : int; probes : int }  (** milliseconds *)

type t = {
  local_port : int;
  remote_port : int;
  keepalive : keepalive option;
  memory : Tcp_memory.t;  (** of all connections *)
  mutable reckoned : int;  (** bytes of it that are this connection's *)
  mutable lent : int;  (** bytes that the reader was handed last, and is taken to have until it reads again *)
  mutable turn_at : Tcp_time.t;  (** it waits for a turn, and looks then whether memory is stuck *)
  mutable has_turn : bool;  (** it has taken one, which is not over *)
  own_mss : int;  (** the largest segment this side takes *)
  mutable state : state;
  (* Sending: names of RFC 9293, 3.3.1. *)
  iss : Sequence.t;
  mutable una : Sequence.t;
  mutable nxt : Sequence.t;
  mutable wnd : int;
  mutable wl1 : Sequence.t;
  mutable wl2 : Sequence.t;
  mutable max_wnd : int;  (** the largest window the peer has offered *)
  mutable wnd_shift : int;
  mutable mss : int;  (** payload of a full segment *)
  queue : Tcp_send_queue.t;  (** its first byte has the number [una], once SYN is acknowledged *)
  mutable closing : bool;  (** FIN follows what is in the queue *)
  mutable fin_sent : bool;
  mutable nodelay : bool;  (** what is in the queue does not wait for a full segment (no Nagle) *)
  recovery : Tcp_recovery.t;
  congestion : Tcp_congestion.t;
  rtt : Tcp_rtt.t;
  mutable timed : (Sequence.t * Tcp_time.t) option;  (** a segment whose round trip is measured *)
  mutable progress : Tcp_time.t;  (** when the peer last took something *)
  mutable sent_at : Tcp_time.t;  (** when data was last sent *)
  (* Receiving *)
  mutable irs : Sequence.t;
  mutable rcv_nxt : Sequence.t;
  mutable rcv_adv : Sequence.t;  (** the right edge of the window as the peer knows it *)
  mutable rcv_shift : int;
  received : Tcp_receive_queue.t;
  reassembly : Tcp_reassembly.t;
  mutable fin_at : Sequence.t option;  (** a FIN that arrived before what is in front of it *)
  mutable eof : bool;  (** a FIN that arrived in order *)
  (* Options *)
  mutable sack : bool;
  mutable timestamps : bool;
  ts_offset : int32;
  mutable ts_recent : int32;
  mutable ts_recent_at : Tcp_time.t;
  mutable last_ack_sent : Sequence.t;
  (* What is to be sent *)
  mutable syn_due : bool;
  mutable ack_due : bool;
  mutable ack_soon : bool;  (** when what has arrived in this turn was taken, and maybe read and answered *)
  mutable unacked : int;  (** segments with data since the last acknowledgement *)
  mutable probe_due : bool;  (** one byte into a closed window *)
  mutable keepalive_due : bool;
  mutable reset_due : bool;
  (* Timers *)
  mutable retransmit_at : Tcp_time.t;  (** also the persist timer *)
  mutable ack_at : Tcp_time.t;
  mutable keepalive_at : Tcp_time.t;
  mutable keepalives : int;  (** unanswered *)
  mutable linger_at : Tcp_time.t;
  mutable heard_at : Tcp_time.t;
  mutable challenge_at : Tcp_time.t;  (** no challenge ACK before *)
}

val connect :
  memory:Tcp_memory.t ->
  now:Tcp_time.t ->
  iss:Sequence.t ->
  ts_offset:int32 ->
  mtu:int ->
  ?keepalive:keepalive ->
  local_port:int ->
  remote_port:int ->
  unit ->
  t
(** Asks a peer; [mtu] is that of IP's payload. *)

val accept :
  memory:Tcp_memory.t ->
  now:Tcp_time.t ->
  iss:Sequence.t ->
  ts_offset:int32 ->
  mtu:int ->
  ?keepalive:keepalive ->
  Segment.t ->
  t
(** Answers a SYN. *)

val negotiate : t -> now:Tcp_time.t -> Segment.t -> unit
(** Takes what a SYN of the peer says: first number, window, options. *)

(** {1 Turns} *)

val wants_window : t -> bool
(** All was read, and the peer may send less than half a segment more, or, if it has sent nothing yet, than {!Tcp_limits.assured}. *)

val take_turn : t -> now:Tcp_time.t -> unit
(** Lets the peer send a segment, and more if the memory's share allows it. The turn is over when that has been read, and what was
    written meanwhile is acknowledged. *)

val take_assured : t -> unit
(** Lets it send {!Tcp_limits.assured} bytes, without a turn. *)

(** {1 What the user does} *)

val readable : t -> bool
val read : t -> Cstruct.t option
(** The next bytes; a window update is sent soon if it is worth one. *)

val room : t -> int
(** Bytes that may be written. *)

val has_room : t -> bool
(** Whether they are worth being written: a segment's worth, or what there may be when nothing is on its way. *)

val writable : t -> bool
(** Whether the connection is one that can be written to, now or later. *)

val write : t -> nodelay:bool -> Cstruct.t -> unit
(** Of {!room} bytes at most. The buffer belongs to the connection from now on. *)

val close : t -> unit
(** This side has written all it wants to. *)

val abort : t -> unit
(** Resets the connection. *)

(** {1 For the other parts} *)

val finish : t -> ending -> unit
val is_closed : t -> bool

val in_flight : t -> int
(** Numbers sent and not acknowledged. *)

val fin_acked : t -> bool
val tsval : t -> now:Tcp_time.t -> int32

val reckon : t -> unit
(** To be called when bytes have come to the connection or left it, or may come because its window has moved. *)

val offered : t -> int
(** Bytes that the peer was told it may send, and has not sent. *)

val window : t -> int
(** What may be offered: bytes from [rcv_nxt] to an edge that never goes back. *)

val may_receive : t -> bool
(** Whether data of the peer has still a reader. *)
