(* SPDX-License-Identifier: Apache-2.0 *)

(** The platform: main loop, time, events. The same code on every target; the machine is behind
    {!Mirage_board}. *)

module Time : sig
  val sleep_ns : int64 -> unit Lwt.t
  (** [sleep_ns d] is resolved [d] nanoseconds from now, or in the next turn of the main loop if [d] is
      not positive. Cancelling it frees its timer. *)
end

module Event : sig
  val wait : Mirage_board.event -> unit Lwt.t
  (** Resolved when the event may be there: look again, it may be nothing. Call it only after a look that
      found nothing. It can be cancelled. *)
end

module Main : sig
  val run : unit Lwt.t -> unit
  (** Runs the main loop until the promise is resolved; raises its exception if it fails. One turn of
      the loop: resume paused promises, wake due sleepers, look whether the promise is resolved, run the
      enter hooks of {!Mirage_runtime}, sleep until the next timer or event (not at all if a promise is
      paused), wake those who wait for the event, run the leave hooks.

      What fails in the background ([Lwt.async]) for lack of memory is given up, with a line on the console: a peer that
      takes all memory does not end the program. Any other exception there does, as [Lwt.async_exception_hook] has it.

      When the program ends, by whatever way, the exit hooks of {!Mirage_runtime} run in a main loop of
      their own. *)
end

module Lifecycle : sig
  val await_shutdown_request :
    ?can_poweroff:bool -> ?can_reboot:bool -> unit -> [ `Poweroff | `Reboot ] Lwt.t
  (** Nobody can ask a board to shut down: the promise stays pending, and can be cancelled. *)
end
