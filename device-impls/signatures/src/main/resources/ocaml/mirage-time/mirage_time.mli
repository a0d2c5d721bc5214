(* SPDX-License-Identifier: Apache-2.0 *)

(** Sleeping. *)

module type S = sig
  val sleep_ns : int64 -> unit Lwt.t
  (** [sleep_ns n] is resolved after [n] nanoseconds; other promises run meanwhile. *)
end
