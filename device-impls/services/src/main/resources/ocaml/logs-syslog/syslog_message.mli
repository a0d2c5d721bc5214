(* SPDX-License-Identifier: Apache-2.0 *)

(** Lines as syslog servers take them (RFC 3164). *)

val line : now:int * int64 -> hostname:string -> tag:string -> ?truncate:int -> Logs.level -> string -> string
(** Facility 1, user. [now]: days since 1970-01-01 and picoseconds of this day. What is no printable character becomes
    a blank, so that a message is one line; no more than [truncate] bytes of it are kept. *)
