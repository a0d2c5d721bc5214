(* SPDX-License-Identifier: Apache-2.0 *)

(** Messages of the network time protocol, as a simple client needs them (RFC 4330, RFC 5905). *)

val port : int
(** 123. *)

val question : cookie:int64 -> Cstruct.t
(** [cookie] is what the answer has to repeat, in place of the client's time, which is nobody's business. *)

val answer : cookie:int64 -> Cstruct.t -> (int64 * int64) option
(** When a server got the question and when it sent this answer, in nanoseconds since 1970-01-01 UTC. [None] if the
    buffer is no answer to that question, or of a server that does not know the time. Total. *)
