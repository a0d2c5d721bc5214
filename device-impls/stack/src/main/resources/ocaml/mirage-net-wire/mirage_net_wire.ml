(* SPDX-License-Identifier: Apache-2.0 *)

type faults = { loss : int; duplication : int; reordering : int; damage : int; delay_ns : int64 }

let perfect = { loss = 0; duplication = 0; reordering = 0; damage = 0; delay_ns = 0L }

module Make (Time : Mirage_time.S) = struct
  type error = Mirage_net.Net.error

  let pp_error = Mirage_net.Net.pp_error

  type wire = { mutable faults : faults; random : Random.State.t }

  type t = {
    wire : wire;
    mac : Macaddr.t;
    mtu : int;
    stats : Mirage_net.stats;
    mutable peer : t option;
    mutable tap : Cstruct.t -> unit;
    mutable listener : Cstruct.t -> unit Lwt.t;
    arrived : Cstruct.t Queue.t;  (** frames that arrive in the next turn *)
    mutable delivering : bool;
    stop : unit Lwt.u;
    stopped : unit Lwt.t;
  }

  let interface wire mtu number =
    let stopped, stop = Lwt.wait () in
    { wire; mac = Macaddr.of_octets_exn (Printf.sprintf "\002\000\000\000\000%c" (Char.chr number)); mtu;
      stats = Mirage_net.Stats.create (); peer = None; tap = ignore; listener = (fun _ -> Lwt.return_unit);
      arrived = Queue.create (); delivering = false; stop; stopped }

  let pair ?(faults = perfect) ?(seed = 1) ?(mtu = 1500) () =
    let wire = { faults; random = Random.State.make [| seed |] } in
    let a = interface wire mtu 1 and b = interface wire mtu 2 in
    a.peer <- Some b;
    b.peer <- Some a;
    (a, b)

  let set_faults t faults = t.wire.faults <- faults
  let tap t f = t.tap <- f
  let mac t = t.mac
  let mtu t = t.mtu
  let get_stats_counters t = t.stats
  let reset_stats_counters t = Mirage_net.Stats.reset t.stats

  let disconnect t =
    if Lwt.is_sleeping t.stopped then Lwt.wakeup_later t.stop ();
    Lwt.return_unit

  let inject t frame =
    if Lwt.is_sleeping t.stopped then begin
      Mirage_net.Stats.rx t.stats (Int64.of_int (Cstruct.length frame));
      t.listener frame
    end
    else Lwt.return_unit

  let rec deliver t =
    match Queue.take_opt t.arrived with
    | Some frame ->
        Lwt.async (fun () -> inject t frame);
        deliver t
    | None -> t.delivering <- false

  let arrive t frame =
    Queue.add frame t.arrived;
    if not t.delivering then begin
      t.delivering <- true;
      Lwt.async (fun () -> Lwt.map (fun () -> deliver t) (Lwt.pause ()))
    end

  let happens wire rate = rate > 0 && Random.State.int wire.random 1000 < rate

  let carry wire peer frame =
    let factor = if happens wire wire.faults.reordering then 1 + Random.State.int wire.random 4 else 1 in
    let delay = Int64.mul wire.faults.delay_ns (Int64.of_int factor) in
    if Int64.compare delay 0L <= 0 then arrive peer frame
    else
      Lwt.async (fun () ->
          Lwt.map (fun () -> arrive peer frame) (Time.sleep_ns delay))

  let damaged wire frame =
    let copy = Cstruct.of_string (Cstruct.to_string frame) in
    let at = Random.State.int wire.random (Cstruct.length copy) in
    let change = 1 + Random.State.int wire.random 255 in
    Cstruct.set_uint8 copy at (Cstruct.get_uint8 copy at lxor change);
    copy

  let transmit t peer frame =
    let wire = t.wire in
    if not (happens wire wire.faults.loss) then begin
      carry wire peer (if happens wire wire.faults.damage then damaged wire frame else frame);
      if happens wire wire.faults.duplication then
        carry wire peer (Cstruct.of_string (Cstruct.to_string frame))
    end

  let sent = Lwt.return (Ok ())

  let write t ~size fill =
    if not (Lwt.is_sleeping t.stopped) then Lwt.return (Error `Disconnected)
    else if size > t.mtu + 14 then Lwt.return (Error `Invalid_length)
    else begin
      (* Two bytes in front of the frame, so that what follows its 14 bytes of header lies at words. *)
      let buffer = Cstruct.shift (Cstruct.create (size + 2)) 2 in
      let frame = Cstruct.sub buffer 0 (fill buffer) in
      Mirage_net.Stats.tx t.stats (Int64.of_int (Cstruct.length frame));
      t.tap frame;
      Option.iter (fun peer -> transmit t peer frame) t.peer;
      sent
    end

  let listen t ~header_size:_ listener =
    t.listener <- listener;
    Lwt.map (fun () -> Ok ()) t.stopped
end
