(* SPDX-License-Identifier: Apache-2.0 *)

(** What the connections of one stack keep together, in bytes: themselves, what was received and not read, what their windows allow
    peers to send besides, written and not acknowledged.
    Without a bound on it a few peers that send much, and take nothing, would leave a small machine without memory.

    A queue may have half of what it and nobody has (a dynamic threshold, as shared packet buffers have it): of many long
    ones each then has about the same, and some is left for the next. {!Tcp_limits.assured} bytes it may always have, so no
    connection waits for others for ever. *)

type t

val create : unit -> t

val share : t -> own:int -> most:int -> int
(** How many bytes a queue may have, that keeps [own] ones now, and has [most] at most. *)

val change : t -> int -> unit
(** So many more are kept, or less. *)
