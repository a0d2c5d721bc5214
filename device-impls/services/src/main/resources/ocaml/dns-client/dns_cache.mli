(* SPDX-License-Identifier: Apache-2.0 *)

(** Answers that are remembered: 32 at most. Times are seconds of a monotonic clock. *)

type 'a t

val create : unit -> 'a t
val find : 'a t -> now:int64 -> string -> 'a option

val add : 'a t -> now:int64 -> ttl:int64 -> string -> 'a -> unit
(** For a day at most; what would end first makes room. *)
