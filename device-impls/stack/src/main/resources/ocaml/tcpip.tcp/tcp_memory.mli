(* SPDX-License-Identifier: Apache-2.0 *)

(** What the connections of one stack keep together, in bytes: themselves, what was received and not read, what their readers were
    handed last, what their windows allow peers to send besides, written and not acknowledged.
    Without a bound on it a few peers that send much, and take nothing, would leave a small machine without memory.

    A queue may have half of what it and nobody has (a dynamic threshold, as shared packet buffers have it): of many long
    ones each then has about the same, and some is left for the next. Where that is less than a segment, many small ones would
    be sent in the place of few, so connections take turns: each gets the room of a {!Tcp_limits.segment} when those before it had theirs.
    Where there is no room at all a few have it nevertheless: what one of them brings has been taken and answered when the next one
    comes. *)

type t

val create : unit -> t

val share : t -> own:int -> most:int -> int
(** How many bytes a queue may have, that keeps [own] ones now, and has [most] at most: not more than it keeps, where others wait for
    their turns or none is left for more than that. *)

val first : t -> int
(** The window that a connection begins with, before anything is read: the few segments that senders begin with, and
    {!Tcp_limits.assured} where less than half of the memory is left, for many may begin at once. *)

val change : t -> int -> unit
(** So many more are kept, or less. *)

(** {1 Turns} *)

val has_turn : t -> bool
(** Whether somebody waits for one, and there is room, or few have one. *)

val waits : t -> now:Tcp_time.t -> unit
(** One more waits. *)

val leaves : t -> unit
(** One less. *)

val takes_turn : t -> now:Tcp_time.t -> unit

val ends_turn : t -> unit
(** What it brought is no longer kept. *)

val one_more_turn : t -> bool
(** Those who have turns are slow to use them: one more may have one, until few have, up to four times {!Tcp_limits.turns}. Whether
    that was not reached yet. *)

val is_stuck : t -> now:Tcp_time.t -> bool
(** Nobody has had a turn for {!Tcp_limits.stuck}, though some wait. *)
