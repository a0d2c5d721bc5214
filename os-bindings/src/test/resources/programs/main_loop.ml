(* SPDX-License-Identifier: Apache-2.0 *)
(* Cases for the main loop, chosen by CASE; each prints what happened and when. *)

open Lwt.Infix

let ms n = Int64.mul (Int64.of_int n) 1_000_000L

let say what =
  Printf.printf "%Ld %s\n%!" (Int64.div (Mclock.elapsed_ns ()) 1_000_000L) what

let sleep n = OS.Time.sleep_ns (ms n)

(* Sleepers wake in the order of their deadlines, those of one deadline in the order of their calls. *)
let order () =
  let one (n, what) = sleep n >|= fun () -> say what in
  Lwt.join
    (List.map one [ (30, "a"); (10, "b"); (20, "c"); (10, "d"); (0, "e"); (-5, "f"); (30, "g") ])

(* A cancelled sleeper neither wakes nor keeps the program. *)
let cancel () =
  let long = sleep 3_600_000 in
  Lwt.async (fun () ->
      Lwt.catch (fun () -> long >|= fun () -> say "woken") (fun exn ->
          say (Printexc.to_string exn);
          Lwt.return_unit));
  sleep 5 >>= fun () ->
  Lwt.cancel long;
  Lwt.pick [ (sleep 7 >|= fun () -> "short"); (sleep 9 >|= fun () -> "long") ] >>= fun what ->
  say what;
  sleep 100 >|= fun () -> say "end"

(* Paused promises run before the loop waits. *)
let pause () =
  let rec count n = if n = 0 then Lwt.return_unit else Lwt.pause () >>= fun () -> count (n - 1) in
  Lwt.join [ (count 1000 >|= fun () -> say "paused"); (sleep 1 >|= fun () -> say "slept") ]

let hooks () =
  let turns = ref 0 in
  Mirage_runtime.at_enter_iter (fun () -> incr turns);
  Mirage_runtime.at_leave_iter (fun () -> say (Printf.sprintf "turn %d" !turns));
  Mirage_runtime.at_exit (fun () -> say "exit hook 1"; Lwt.return_unit);
  Mirage_runtime.at_exit (fun () -> sleep 50 >|= fun () -> say "exit hook 2");
  Mirage_runtime.at_exit (fun () -> failwith "dropped");
  sleep 10 >>= fun () -> sleep 10 >|= fun () -> say "done"

let failing () =
  Mirage_runtime.at_exit (fun () -> say "exit hook"; Lwt.return_unit);
  sleep 1 >>= fun () -> failwith "oops"

let for_ever () = fst (Lwt.wait ())

(* Two wait for input; one is cancelled; the other gets it. Then unread input must not end a sleep. *)
let events () =
  let input name = OS.Event.wait (Mirage_board.console_event ()) >|= fun () -> say (name ^ " input") in
  let first = input "first" in
  let second = input "second" in
  Lwt.async (fun () -> Lwt.catch (fun () -> first) (fun _ -> say "first cancelled"; Lwt.return_unit));
  sleep 10 >>= fun () ->
  Lwt.cancel first;
  second >>= fun () ->
  sleep 5000 >>= fun () ->
  say "slept";
  Lwt.pick [ (OS.Event.wait (Mirage_board.console_event ()) >|= fun () -> "input"); (sleep 5 >|= fun () -> "time") ]
  >|= say

let clock () =
  let days, ps = Pclock.now_d_ps () in
  Printf.printf "%d %Ld\n" days ps;
  Lwt.return_unit

let huge () =
  Lwt.pick
    [ (OS.Time.sleep_ns Int64.max_int >|= fun () -> "never"); (sleep 1 >|= fun () -> "now") ]
  >|= say

let lifecycle () =
  Lwt.pick
    [ (OS.Lifecycle.await_shutdown_request () >|= fun _ -> "asked"); (sleep 1 >|= fun () -> "not asked") ]
  >|= say

(* Many sleepers and waits for events that are cancelled leave nothing behind: the heap is the same
   after as before. *)
let growth () =
  let live () = Gc.full_major (); (Gc.stat ()).Gc.live_words in
  let rec turn n =
    if n = 0 then Lwt.return_unit
    else
      Lwt.pick [ sleep 3_600_000; OS.Event.wait 2; sleep 1 ] >>= fun () -> turn (n - 1)
  in
  turn 1000 >>= fun () ->
  let before = live () in
  turn 20000 >|= fun () ->
  let after = live () in
  say (if after - before < 100 then "no growth" else Printf.sprintf "grew by %d words" (after - before))

let cases =
  [ ("order", order); ("cancel", cancel); ("pause", pause); ("hooks", hooks); ("failing", failing);
    ("for_ever", for_ever); ("events", events); ("clock", clock); ("huge", huge);
    ("lifecycle", lifecycle); ("growth", growth) ]

let () = OS.Main.run ((List.assoc (Sys.getenv "CASE") cases) ())
