(* SPDX-License-Identifier: Apache-2.0 *)

(** Time as TCP sees it: milliseconds in an integer that wraps, after 12 days on the chip. Times are compared by
    their distance, so what lies more than 6 days apart must not be compared. *)

type t = int

val of_ns : int64 -> t
(** Of a monotonic clock. *)

val add : t -> int -> t
(** So many milliseconds later. *)

val since : t -> now:t -> int
(** Milliseconds that have passed. *)

(** {1 Deadlines} *)

val never : t
(** Of a timer that is off. *)

val is_set : t -> bool

val deadline : now:t -> int -> t
(** In so many milliseconds; is never {!never}. *)

val is_due : t -> now:t -> bool

val earliest : now:t -> t -> t -> t
(** Which of two deadlines is reached first. *)

val day : int
