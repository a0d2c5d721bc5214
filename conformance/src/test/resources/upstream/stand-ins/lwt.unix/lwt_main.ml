(* SPDX-License-Identifier: Apache-2.0 *)
(* Runs promises in virtual time: it passes when nothing else is left to do, so the same happens on each machine. *)

let now = ref 0L (* in nanoseconds *)
let sleepers : (int64 * int * unit Lwt.u) list ref = ref [] (* the first to wake first *)
let number = ref 0

let sleep_ns ns =
  let promise, resolver = Lwt.task () in
  incr number;
  let entry = (Int64.add !now (Int64.max 0L ns), !number, resolver) in
  let before (a, i, _) (b, j, _) = compare (a, i) (b, j) in
  sleepers := List.merge before !sleepers [ entry ];
  Lwt.on_cancel promise (fun () -> sleepers := List.filter (fun e -> e != entry) !sleepers);
  promise

let rec run promise =
  Lwt.wakeup_paused ();
  match Lwt.poll promise with
  | Some result -> result
  | None ->
    (if Lwt.paused_count () = 0 then
       match !sleepers with
       | [] -> failwith "Lwt_main.run: nothing left to wait for"
       | (time, _, resolver) :: rest ->
         sleepers := rest;
         now := time;
         Lwt.wakeup resolver ());
    run promise

let yield = Lwt.pause
