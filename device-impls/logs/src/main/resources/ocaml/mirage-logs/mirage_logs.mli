(* SPDX-License-Identifier: Apache-2.0 *)

(** A reporter for {!Logs} that writes lines such as

    {v 2021-12-17 16:22:09 +00:00: INF [application] hello v}

    and can keep the last messages in memory. The levels are [APP], [ERR], [WRN], [INF] and [DBG]; a
    header stands behind the source ([[source:header]]); tags follow the message
    ([message: name=value name=value]). *)

val date : int -> int * int * int
(** Days since 1970-01-01 as year, month and day of the Gregorian calendar. *)

module Make (_ : Mirage_clock.PCLOCK) : sig
  type t

  val create :
    ?ch:out_channel ->
    ?ring_size:int ->
    ?console_threshold:(Logs.src -> Logs.level) ->
    unit ->
    t
  (** [create ()] is a reporter.
      @param ch where lines are written, [stderr] when absent; it is flushed after each
      @param ring_size how many messages are kept for {!dump_ring}; none when absent
      @param console_threshold less important messages of a source are kept, but not written; when
      absent, all are written *)

  val reporter : t -> Logs.reporter

  val set_reporter : t -> unit
  (** Installs it for good. If messages are kept, an exception that nobody awaits dumps them before the
      previous [Lwt.async_exception_hook] sees it. *)

  val unset_reporter : t -> unit
  (** Puts the previous [Lwt.async_exception_hook] back. *)

  val run : t -> (unit -> 'a Lwt.t) -> 'a Lwt.t
  (** [run t f] is [f ()] with the reporter installed. If messages are kept, they are dumped when [f]
      fails. *)

  val dump_ring : t -> out_channel -> unit
  (** Writes the kept messages, oldest first, and forgets them. *)
end
