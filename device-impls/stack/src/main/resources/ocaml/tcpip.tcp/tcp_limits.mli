(* SPDX-License-Identifier: Apache-2.0 *)

(** What a connection, and all of them, may take. One place, so that a machine's memory can be reckoned. *)

val segment : int
(** Bytes of data in a long segment, as Ethernet has it. *)

val receive_buffer : int
(** Bytes a peer may send before they are read: the window offered. *)

val send_buffer : int
(** Bytes written and not acknowledged before a writer has to wait. *)

val memory : int
(** Bytes that all connections may keep together: what is in their buffers, what their windows allow peers to send besides, and
    {!connection} for each. The less is left the smaller are the windows offered, and the sooner writers wait; where many
    share it they take turns ({!Tcp_memory}). *)

val connection : int
(** Bytes a connection takes on a machine of 32 bits, besides what is in its buffers. *)

val assured : int
(** Bytes that each may be sent nevertheless: at first, and when all others keep what they have. A writer whose bytes are all
    acknowledged may always have a segment. *)

val turns : int
(** Connections that have a turn at a time where there is no room. *)

val stuck : int
(** Milliseconds without a turn for anybody until it is taken that the others keep what they have. *)

val window_scale : int
(** The least shift that expresses {!receive_buffer}. *)

val connections : int
(** At a time, those that are being opened counted. One more takes the place of the one that has been silent for
    longest of those that this side has closed and the peer has not; if there is none, of the oldest that a peer has asked
    for and not confirmed, so in a flood of SYNs a peer gets through if it confirms before as many others ask as there are free
    places; if there is none of these either, the peer is answered by RST. *)

val time_wait : int
(** Connections kept in TIME-WAIT; one more ends the oldest. *)

val msl : int
(** Maximum segment lifetime, in milliseconds: TIME-WAIT lasts twice as long. *)

val give_up : int
(** Milliseconds without progress before a connection is ended (R2 of RFC 9293, 3.8.3). A peer whose window is closed, and who
    says so, is waited for until this side closes. *)

val give_up_opening : int
(** The same for a connection that this side asks for. *)

val give_up_half_open : int
(** The same for one that a peer asks for. *)

val linger : int
(** Milliseconds of silence after this side has closed, before a peer that does not close is reset. *)

val delayed_ack : int
(** Milliseconds an acknowledgement may wait for a second segment, or for data to go with. *)

val acknowledged_together : int
(** Segments that arrive in one turn, as many as half of {!receive_buffer} has room for, and get one acknowledgement. *)
