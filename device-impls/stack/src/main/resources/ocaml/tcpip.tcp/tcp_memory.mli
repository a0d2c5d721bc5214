(* SPDX-License-Identifier: Apache-2.0 *)

(** What the connections of one stack keep together, in bytes: themselves, what was received and not read, written and not acknowledged.
    Without a bound on it a few peers that send much, and take nothing, would leave a small machine without memory.

    A queue that has less than {!Tcp_limits.assured} bytes may always grow up to that, so no connection waits for others
    for ever; all other bytes are of {!Tcp_limits.memory}. *)

type t

val create : unit -> t

val space : t -> queued:int -> most:int -> int
(** How many bytes may be added to a queue of [queued] ones, that has [most] at most. *)

val has : t -> int -> bool
(** Whether there is place for so many bytes, beside those that are assured. *)

val change : t -> int -> unit
(** So many more are kept, or less. *)
