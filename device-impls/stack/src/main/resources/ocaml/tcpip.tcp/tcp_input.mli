(* SPDX-License-Identifier: Apache-2.0 *)

(** What a segment of the peer does to a connection (RFC 9293, 3.10.7; RFC 5961; RFC 7323, 5). *)

type answer = Nothing | Reset  (** the segment is to be answered by {!Tcp_segment.reset_for} *)

val receive : Tcp_connection.t -> now:Tcp_time.t -> Tcp_segment.t -> answer
(** Total: whatever the segment is, nothing is raised. *)
