(* SPDX-License-Identifier: Apache-2.0 *)

module Time = struct
  let sleepers = Mirage_sleepers.create ()

  let deadline d =
    let now = Mirage_board.monotonic_ns () in
    if Int64.compare d 0L <= 0 then now
    else
      let sum = Int64.add now d in
      if Int64.compare sum now < 0 then Int64.max_int else sum

  let sleep_ns d =
    let promise, wakener = Lwt.task () in
    let sleeper = Mirage_sleepers.add sleepers (deadline d) wakener in
    Lwt.on_cancel promise (fun () -> Mirage_sleepers.remove sleepers sleeper);
    promise

  (* [now] is fixed for one turn, so that sleepers of no length cannot keep it going for ever. *)
  let wake_due () =
    if Mirage_sleepers.length sleepers > 0 then
      let now = Mirage_board.monotonic_ns () in
      let rec wake () =
        match Mirage_sleepers.take_due sleepers now with
        | None -> ()
        | Some wakener ->
            Lwt.wakeup_later wakener ();
            wake ()
      in
      wake ()
end

module Event = struct
  type waiters = {
    event : Mirage_board.event;
    mutable count : int;
    mutable promise : unit Lwt.t;
    mutable wakener : unit Lwt.u;
  }

  (* One entry for every event that has ever been waited for: as many as there are devices. *)
  let known : waiters list ref = ref []

  let rec find event = function
    | waiters :: rest -> if waiters.event = event then waiters else find event rest
    | [] ->
        let promise, wakener = Lwt.wait () in
        let waiters = { event; count = 0; promise; wakener } in
        known := waiters :: !known;
        waiters

  let wait event =
    let waiters = find event !known in
    waiters.count <- waiters.count + 1;
    let shared = waiters.promise in
    (* Cancelling one waiter must not disturb the others. *)
    let own = Lwt.protected shared in
    Lwt.on_cancel own (fun () ->
        if shared == waiters.promise then waiters.count <- waiters.count - 1);
    own

  let rec wanted_of wanted = function
    | waiters :: rest ->
        wanted_of (if waiters.count > 0 then wanted lor waiters.event else wanted) rest
    | [] -> wanted

  let wanted () = wanted_of 0 !known

  let rec wake events = function
    | waiters :: rest ->
        if events land waiters.event <> 0 then begin
          let wakener = waiters.wakener in
          let promise, next = Lwt.wait () in
          waiters.count <- 0;
          waiters.promise <- promise;
          waiters.wakener <- next;
          Lwt.wakeup_later wakener ()
        end;
        wake events rest
    | [] -> ()

  let dispatch events = if events <> 0 then wake events !known
end

module Main = struct
  let rec run t =
    Lwt.wakeup_paused ();
    Time.wake_due ();
    match Lwt.poll t with
    | Some () -> ()
    | None ->
        Mirage_runtime.run_enter_iter_hooks ();
        let deadline =
          if Lwt.paused_count () > 0 then 0L else Mirage_sleepers.next_deadline Time.sleepers
        in
        Event.dispatch (Mirage_board.wait deadline (Event.wanted ()));
        Mirage_runtime.run_leave_iter_hooks ();
        run t

  let given_up = "Out of memory: something that went on in the background was given up\n"

  (* Said without memory. *)
  let () =
    let others = !Lwt.async_exception_hook in
    Lwt.async_exception_hook :=
      function
      | Out_of_memory -> Mirage_board.console_write given_up 0 (String.length given_up)
      | e -> others e

  let () =
    at_exit (fun () ->
        Lwt.abandon_wakeups ();
        run (Mirage_runtime.run_exit_hooks ()))
end

module Lifecycle = struct
  let await_shutdown_request ?can_poweroff:_ ?can_reboot:_ () = fst (Lwt.task ())
end
