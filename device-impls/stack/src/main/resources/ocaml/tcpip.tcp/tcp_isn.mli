(* SPDX-License-Identifier: Apache-2.0 *)

(** Numbers that nobody outside can guess: initial sequence numbers (RFC 6528) and offsets of time stamps
    (RFC 7323, 7.1). *)

type t

val create : secret:string -> t
(** [secret]: 16 random bytes. *)

type numbers = { iss : Tcp_sequence.t; ts_offset : int32 }

val numbers : t -> addresses:string -> local_port:int -> remote_port:int -> ns:int64 -> numbers
(** For a connection that begins at the time [ns]. For the same addresses and ports the sequence numbers grow with
    time, by one in 4 microseconds, so that a new connection's are beyond those of one before. *)
