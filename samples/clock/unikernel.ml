(* SPDX-License-Identifier: Apache-2.0 *)

(** A speaking clock. It sleeps until whole seconds of its own, so that lateness does not add up, and reports how late the
    latest call was and how many words the heap has: both must stay as they are for days. *)

open Lwt.Syntax

module Main (Time : Mirage_time.S) (Pclock : Mirage_clock.PCLOCK) (Mclock : Mirage_clock.MCLOCK) = struct
  let source = Logs.Src.create "clock" ~doc:"Speaking clock"

  module Log = (val Logs.src_log source : Logs.LOG)

  let second = Duration.of_sec 1

  let speak ~due =
    let late = Int64.sub (Mclock.elapsed_ns ()) due in
    let now = Ptime.v (Pclock.now_d_ps ()) in
    Log.info (fun m ->
        m "%a, %Ld us late, heap %d words" (Ptime.pp_human ()) now (Int64.div late 1_000L)
          (Gc.quick_stat ()).Gc.heap_words)

  let start () () () =
    let rounds = Key_gen.rounds () in
    let rec tick n due =
      if n = rounds && rounds > 0 then Lwt.return_unit
      else begin
        let due = Int64.add due second in
        let* () = Time.sleep_ns (max 0L (Int64.sub due (Mclock.elapsed_ns ()))) in
        speak ~due;
        tick (n + 1) due
      end
    in
    tick 0 (Mclock.elapsed_ns ())
end
