(* SPDX-License-Identifier: Apache-2.0 *)

(** The promises that wait for a point in time, earliest first; equal times in the order of their
    addition. A binary heap: adding, removing and taking cost O(log n). *)

type t
type sleeper

val create : unit -> t
val length : t -> int

val add : t -> int64 -> unit Lwt.u -> sleeper
(** [add t deadline wakener]. *)

val remove : t -> sleeper -> unit
(** Nothing happens if it is no longer there. *)

val next_deadline : t -> int64
(** The earliest, or [-1L] when there is none. *)

val take_due : t -> int64 -> unit Lwt.u option
(** [take_due t now] removes and gives back the earliest sleeper whose deadline is not after [now]. *)
