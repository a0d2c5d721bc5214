(* SPDX-License-Identifier: Apache-2.0 *)

let most_entries = 64

(* Of what waits for an answer, each of which keeps a packet: addresses, and packets for one of them. *)
let most_asked = 16
let most_waiting = 32

module Make (Time : Mirage_time.S) = struct
  type error = [ `Timeout ]

  let pp_error ppf `Timeout = Format.pp_print_string ppf "nobody answers for the address"

  type answer = (Macaddr.t, error) result

  type entry = {
    mutable mac : answer Lwt.t;
    mutable waiting : answer Lwt.u option;
    mutable ticks : int;  (** seconds left of a known address, questions asked for another *)
    mutable waiters : int;
  }

  type 'ip t = {
    lifetime : int;
    attempts : int;
    ask : 'ip -> unit Lwt.t;
    entries : ('ip, entry) Hashtbl.t;
    mutable last : ('ip * entry) option;  (** what was looked for last *)
    mutable running : bool;  (** the clock, which stops when there is nothing to forget *)
    mutable tasks : (unit -> bool) list;
    mutable connected : bool;
  }

  let create ~lifetime ~attempts ask =
    { lifetime; attempts; ask; entries = Hashtbl.create 7; last = None; running = false; tasks = [];
      connected = true }

  let pp pp_ip ppf t =
    let entry ip e =
      match Lwt.state e.mac with
      | Lwt.Return (Ok mac) -> Format.fprintf ppf "%a is at %a, " pp_ip ip Macaddr.pp mac
      | _ -> Format.fprintf ppf "%a is asked for, " pp_ip ip
    in
    Hashtbl.iter entry t.entries

  let forget t ip =
    Hashtbl.remove t.entries ip;
    t.last <- None

  let age t (ip, entry) =
    match entry.waiting with
    | None ->
        entry.ticks <- entry.ticks - 1;
        if entry.ticks <= 0 then forget t ip;
        Lwt.return_unit
    | Some answer when entry.ticks >= t.attempts ->
        forget t ip;
        Lwt.wakeup_later answer (Error `Timeout);
        Lwt.return_unit
    | Some _ ->
        entry.ticks <- entry.ticks + 1;
        t.ask ip

  let rec tick t =
    Lwt.bind (Time.sleep_ns 1_000_000_000L) (fun () ->
        let entries = Hashtbl.fold (fun ip entry l -> (ip, entry) :: l) t.entries [] in
        let tasks = t.tasks in
        t.tasks <- [];
        let again = List.filter (fun task -> task ()) tasks in
        t.tasks <- t.tasks @ again;
        Lwt.bind (Lwt_list.iter_s (age t) entries) (fun () ->
            if t.connected && (Hashtbl.length t.entries > 0 || t.tasks <> []) then tick t
            else begin
              t.running <- false;
              Lwt.return_unit
            end))

  let start_clock t =
    if t.connected && not t.running then begin
      t.running <- true;
      Lwt.async (fun () -> tick t)
    end

  let each_second t task =
    t.tasks <- task :: t.tasks;
    start_clock t

  let disconnect t =
    t.connected <- false;
    t.tasks <- [];
    t.last <- None;
    Hashtbl.reset t.entries

  (* A known address makes room before one that is asked for. *)
  let make_room t =
    if Hashtbl.length t.entries >= most_entries then begin
      let oldest ip entry found =
        match (entry.waiting, found) with
        | Some _, _ -> found
        | None, Some (_, ticks) when ticks <= entry.ticks -> found
        | None, _ -> Some (ip, entry.ticks)
      in
      Option.iter (fun (ip, _) -> forget t ip) (Hashtbl.fold oldest t.entries None)
    end;
    Hashtbl.length t.entries < most_entries

  let asked t =
    Hashtbl.fold (fun _ entry n -> if Option.is_some entry.waiting then n + 1 else n) t.entries 0

  let start_asking t ip =
    if asked t >= most_asked || not (make_room t) then Lwt.return (Error `Timeout)
    else begin
      let mac, answer = Lwt.wait () in
      Hashtbl.replace t.entries ip { mac; waiting = Some answer; ticks = 1; waiters = 1 };
      start_clock t;
      Lwt.bind (t.ask ip) (fun () -> Lwt.protected mac)
    end

  let query t ip =
    match t.last with
    | Some (last, entry) when last == ip || compare last ip = 0 -> entry.mac
    | _ -> (
        match Hashtbl.find_opt t.entries ip with
        | None -> start_asking t ip
        | Some ({ waiting = Some _; mac; _ } as entry) ->
            entry.waiters <- entry.waiters + 1;
            if entry.waiters > most_waiting then Lwt.return (Error `Timeout) else Lwt.protected mac
        | Some ({ waiting = None; mac; _ } as entry) ->
            t.last <- Some (ip, entry);
            mac)

  let learn t ip mac ~add =
    match Hashtbl.find_opt t.entries ip with
    | Some ({ waiting = Some answer; _ } as entry) ->
        entry.waiting <- None;
        entry.ticks <- t.lifetime;
        Lwt.wakeup_later answer (Ok mac)
    | Some entry ->
        entry.mac <- Lwt.return (Ok mac);
        entry.ticks <- t.lifetime
    | None ->
        if add && make_room t then begin
          let mac = Lwt.return (Ok mac) in
          Hashtbl.replace t.entries ip { mac; waiting = None; ticks = t.lifetime; waiters = 0 };
          start_clock t
        end
end
