(* SPDX-License-Identifier: Apache-2.0 *)

open Lwt.Syntax
module Board = Mirage_net_board

let src = Logs.Src.create "netif" ~doc:"network interface"

module Log = (val Logs.src_log src : Logs.LOG)

type error = Mirage_net.Net.error

let pp_error = Mirage_net.Net.pp_error

type t = {
  name : string;
  net : Board.net;
  mac : Macaddr.t;
  stats : Mirage_net.stats;
  sending : Lwt_mutex.t;  (** held while a frame waits for room: frames leave in the order of the calls *)
  outgoing : Cstruct.t;  (** the frame that is sent, or waits for room; those behind it take no memory *)
  mutable link : bool;
  stop : unit Lwt.u;
  stopped : unit Lwt.t;
}

let mac t = t.mac
let mtu_bytes = 1500
let header = 14
let mtu _ = mtu_bytes
let get_stats_counters t = t.stats
let reset_stats_counters t = Mirage_net.Stats.reset t.stats
let link t = t.link

type losses = Board.counters = { missed : int; damaged : int; failed : int }

let losses t = Board.counters t.net

let disconnect t =
  if Lwt.is_sleeping t.stopped then Lwt.wakeup_later t.stop ();
  Lwt.return_unit

(* Two bytes in front of a frame: what follows its header of 14 bytes then lies at word addresses. *)
let front = 2
let room size = Cstruct.shift (Cstruct.create_unsafe (front + size)) front

(* ---- Link ---- *)

let second = 1_000_000_000L
let look_again = 50_000_000L

let look t =
  let up = Board.link t.net in
  if up <> t.link then begin
    t.link <- up;
    Log.info (fun m -> m "%s: link is %s" t.name (if up then "up" else "down"))
  end

let rec await_link t tries =
  look t;
  if t.link then Lwt.return_unit
  else if tries = 0 then begin
    Log.warn (fun m -> m "%s: no link (is the cable plugged in?)" t.name);
    Lwt.return_unit
  end
  else
    let* () = OS.Time.sleep_ns look_again in
    await_link t (tries - 1)

let rec watch_link t =
  let* () = OS.Time.sleep_ns second in
  look t;
  if Lwt.is_sleeping t.stopped then watch_link t else Lwt.return_unit

let connect name =
  match Board.open_net name with
  | Error why -> failwith (Printf.sprintf "network interface %S: %s" name why)
  | Ok net ->
      let stopped, stop = Lwt.wait () in
      let t =
        { name; net; mac = Macaddr.of_octets_exn (Board.mac net); stats = Mirage_net.Stats.create ();
          sending = Lwt_mutex.create (); outgoing = room (header + mtu_bytes); link = false; stop; stopped }
      in
      let* () = await_link t 60 in
      Lwt.async (fun () -> watch_link t);
      Lwt.return t

(* ---- Sending ---- *)

(* One promise for all frames that need not wait. *)
let sent = Lwt.return (Ok ())

let finished t (frame : Cstruct.t) answer =
  if answer < 0 then Lwt.return (Error `Invalid_length)
  else begin
    Mirage_net.Stats.tx t.stats (Int64.of_int frame.len);
    sent
  end

let try_to_send t (frame : Cstruct.t) = Board.write t.net frame.buffer frame.off frame.len

let filled t size fill =
  let buffer = Cstruct.sub t.outgoing 0 size in
  Cstruct.memset buffer 0;
  Cstruct.sub buffer 0 (fill buffer)

let rec send t frame =
  let answer = try_to_send t frame in
  if answer = Board.no_room then
    let* () = OS.Event.wait (Board.room_event t.net) in
    send t frame
  else finished t frame answer

let write t ~size fill =
  if not (Lwt.is_sleeping t.stopped) then Lwt.return (Error `Disconnected)
  else if size > header + mtu_bytes then Lwt.return (Error `Invalid_length)
  else if Lwt_mutex.is_locked t.sending then
    Lwt_mutex.with_lock t.sending (fun () -> send t (filled t size fill))
  else
    let frame = filled t size fill in
    let answer = try_to_send t frame in
    if answer = Board.no_room then Lwt_mutex.with_lock t.sending (fun () -> send t frame)
    else finished t frame answer

(* ---- Receiving ---- *)

(* So many frames are handed out before other promises get a turn. *)
let batch = 8

let hand_out t listener frame =
  Mirage_net.Stats.rx t.stats (Int64.of_int (Cstruct.length frame));
  Lwt.async (fun () ->
      Lwt.catch
        (fun () -> listener frame)
        (fun exn ->
          Log.err (fun m -> m "%s: a frame ended in exception %s" t.name (Printexc.to_string exn));
          Lwt.return_unit))

let receive t listener size =
  let frame = room size in
  Board.read t.net frame.buffer frame.off;
  hand_out t listener frame

(* A frame that there is no memory for is lost; one that finds the buffer of frames to be sent in use, comes again. *)
let drop t =
  if Board.size t.net > 0 && not (Lwt_mutex.is_locked t.sending) then
    Board.read t.net t.outgoing.buffer t.outgoing.off

let listen t ~header_size:_ listener =
  let rec next left =
    if not (Lwt.is_sleeping t.stopped) then Lwt.return (Ok ())
    else
      let size = Board.size t.net in
      if size < 0 then Lwt.return (Error `Disconnected)
      else if size = 0 then
        let* () = Lwt.pick [ OS.Event.wait (Board.frame_event t.net); Lwt.protected t.stopped ] in
        next batch
      else
        match receive t listener size with
        | () when left > 1 -> next (left - 1)
        | () -> next_turn ()
        | exception Out_of_memory ->
            drop t;
            next_turn ()
  and next_turn () =
    let* () = Lwt.pause () in
    next batch
  in
  next batch
