(* SPDX-License-Identifier: Apache-2.0 *)

module Sequence = Tcp_sequence
module Segment = Tcp_segment

type ending = Finished | Reset | Refused | Timed_out | Aborted

type state =
  | Syn_sent
  | Syn_received
  | Established
  | Fin_wait_1
  | Fin_wait_2
  | Close_wait
  | Closing
  | Last_ack
  | Time_wait
  | Closed of ending

type keepalive = { after : int; interval : int; probes : int }

type t = {
  local_port : int;
  remote_port : int;
  keepalive : keepalive option;
  memory : Tcp_memory.t;
  mutable reckoned : int;
  mutable lent : int;
  mutable turn_at : Tcp_time.t;
  mutable has_turn : bool;
  own_mss : int;
  mutable state : state;
  iss : Sequence.t;
  mutable una : Sequence.t;
  mutable nxt : Sequence.t;
  mutable wnd : int;
  mutable wl1 : Sequence.t;
  mutable wl2 : Sequence.t;
  mutable max_wnd : int;
  mutable wnd_shift : int;
  mutable mss : int;
  queue : Tcp_send_queue.t;
  mutable closing : bool;
  mutable fin_sent : bool;
  mutable nodelay : bool;
  recovery : Tcp_recovery.t;
  congestion : Tcp_congestion.t;
  rtt : Tcp_rtt.t;
  mutable timed : (Sequence.t * Tcp_time.t) option;
  mutable progress : Tcp_time.t;
  mutable sent_at : Tcp_time.t;
  mutable irs : Sequence.t;
  mutable rcv_nxt : Sequence.t;
  mutable rcv_adv : Sequence.t;
  mutable rcv_shift : int;
  received : Tcp_receive_queue.t;
  reassembly : Tcp_reassembly.t;
  mutable fin_at : Sequence.t option;
  mutable eof : bool;
  mutable sack : bool;
  mutable timestamps : bool;
  ts_offset : int32;
  mutable ts_recent : int32;
  mutable ts_recent_at : Tcp_time.t;
  mutable last_ack_sent : Sequence.t;
  mutable syn_due : bool;
  mutable ack_due : bool;
  mutable ack_soon : bool;
  mutable unacked : int;
  mutable probe_due : bool;
  mutable keepalive_due : bool;
  mutable reset_due : bool;
  mutable retransmit_at : Tcp_time.t;
  mutable ack_at : Tcp_time.t;
  mutable keepalive_at : Tcp_time.t;
  mutable keepalives : int;
  mutable linger_at : Tcp_time.t;
  mutable heard_at : Tcp_time.t;
  mutable challenge_at : Tcp_time.t;
}

let header = 20
let timestamp_size = 12

(* What a peer is sent that does not say what it takes (RFC 9293, 3.7.1). *)
let default_mss = 536

(* Less than this a peer may not ask for: it would make one segment of each few bytes. *)
let least_mss = 88
let zero = Sequence.of_int32 0l

let create ~memory ~now ~iss ~ts_offset ~mtu ~keepalive ~local_port ~remote_port state =
  let own_mss = Int.max least_mss (mtu - header) in
  {
    local_port; remote_port; keepalive; memory; reckoned = 0; lent = 0; turn_at = Tcp_time.never; has_turn = false; own_mss; state; iss; una = iss; nxt = iss; wnd = 0; wl1 = zero;
    wl2 = zero; max_wnd = 0; wnd_shift = 0; mss = default_mss; queue = Tcp_send_queue.create ();
    closing = false; fin_sent = false; nodelay = false; recovery = Tcp_recovery.create iss;
    congestion = Tcp_congestion.create ~mss:default_mss; rtt = Tcp_rtt.create (); timed = None;
    progress = now; sent_at = now; irs = zero; rcv_nxt = zero; rcv_adv = zero; rcv_shift = 0;
    received = Tcp_receive_queue.create (); reassembly = Tcp_reassembly.create (); fin_at = None; eof = false;
    sack = false; timestamps = false; ts_offset; ts_recent = 0l; ts_recent_at = now; last_ack_sent = zero;
    syn_due = true; ack_due = false; ack_soon = false; unacked = 0; probe_due = false; keepalive_due = false;
    reset_due = false; retransmit_at = Tcp_time.never; ack_at = Tcp_time.never;
    keepalive_at = Tcp_time.never; keepalives = 0; linger_at = Tcp_time.never; heard_at = now;
    challenge_at = now;
  }

let negotiate t ~now (s : Segment.t) =
  let o = s.options in
  t.irs <- s.seq;
  t.rcv_nxt <- Sequence.add s.seq 1;
  t.rcv_adv <- t.rcv_nxt;
  t.last_ack_sent <- t.rcv_nxt;
  t.sack <- o.sack_permitted;
  (match o.timestamp with
  | Some (value, _) ->
      t.timestamps <- true;
      t.ts_recent <- value;
      t.ts_recent_at <- now
  | None -> t.timestamps <- false);
  if o.window_scale >= 0 then begin
    t.wnd_shift <- o.window_scale;
    t.rcv_shift <- Tcp_limits.window_scale
  end;
  let peer = if o.mss = 0 then default_mss else Int.max least_mss o.mss in
  t.mss <- (Int.min peer t.own_mss - if t.timestamps then timestamp_size else 0);
  Tcp_congestion.set_mss t.congestion t.mss;
  (* The window of a SYN is not scaled. *)
  t.wnd <- s.window;
  t.max_wnd <- s.window;
  t.wl1 <- s.seq;
  t.wl2 <- s.ack

let connect ~memory ~now ~iss ~ts_offset ~mtu ?keepalive ~local_port ~remote_port () =
  create ~memory ~now ~iss ~ts_offset ~mtu ~keepalive ~local_port ~remote_port Syn_sent

let accept ~memory ~now ~iss ~ts_offset ~mtu ?keepalive (s : Segment.t) =
  let t =
    create ~memory ~now ~iss ~ts_offset ~mtu ~keepalive ~local_port:s.dst_port ~remote_port:s.src_port Syn_received
  in
  negotiate t ~now s;
  t

(* ---- ---- *)

let is_closed t = match t.state with Closed _ -> true | _ -> false
let in_flight t = Sequence.diff t.nxt t.una
let fin_acked t = t.fin_sent && Sequence.equal t.una t.nxt

(* A tick of half a millisecond: all 32 bits count although the time of a small machine has 31, so that the values
   wrap where the peer expects it. *)
let tsval t ~now = Int32.add t.ts_offset (Int32.shift_left (Int32.of_int now) 1)

let may_receive t =
  match t.state with
  | Established | Fin_wait_1 | Fin_wait_2 -> true
  | Syn_sent | Syn_received | Close_wait | Closing | Last_ack | Time_wait | Closed _ -> false

(* What the peer was told that it may send, and has not. *)
let offered t = Int.max 0 (Sequence.diff t.rcv_adv t.rcv_nxt)

let receives t =
  let coming = if may_receive t || t.state = Syn_received then offered t else 0 in
  Tcp_receive_queue.length t.received + Int.max coming (Tcp_reassembly.keeps t.reassembly)

let keeps t =
  match t.state with
  | Time_wait | Closed _ -> 0
  | _ -> Tcp_limits.connection + receives t + t.lent + Tcp_send_queue.length t.queue

(* What a peer may send is no long segment, and it will not be more by reading. To one that has sent nothing yet, and may never do so,
   less is enough. *)
let wants_window t =
  let offered = offered t in
  offered < t.own_mss / 2
  && (offered < Tcp_limits.assured || Sequence.diff t.rcv_nxt t.irs > 1)
  && may_receive t
  && Tcp_receive_queue.length t.received = 0

(* What a turn let the peer send has been read, and what was answered is acknowledged; or the peer sends no more. *)
let is_over t = (not (may_receive t)) || (wants_window t && Tcp_send_queue.length t.queue = 0)

let reckon t =
  let keeps = keeps t in
  if t.has_turn && is_over t then begin
    t.has_turn <- false;
    Tcp_memory.ends_turn t.memory
  end;
  if keeps <> t.reckoned then begin
    Tcp_memory.change t.memory (keeps - t.reckoned);
    t.reckoned <- keeps
  end

let finish t ending =
  t.state <- Closed ending;
  t.retransmit_at <- Tcp_time.never;
  t.ack_at <- Tcp_time.never;
  t.keepalive_at <- Tcp_time.never;
  t.linger_at <- Tcp_time.never;
  t.turn_at <- Tcp_time.never;
  Tcp_send_queue.drop t.queue (Tcp_send_queue.length t.queue);
  reckon t

let space t =
  let share =
    match t.state with
    | Syn_sent | Syn_received -> Tcp_memory.first t.memory
    | _ -> Tcp_memory.share t.memory ~own:(receives t) ~most:Tcp_limits.receive_buffer
  in
  Int.max 0 (share - Tcp_receive_queue.length t.received)

(* The edge moves when it is worth a segment (RFC 9293, 3.8.6.2.2), and never back. *)
let window t =
  let free = space t and offered = offered t in
  let step = Int.min t.own_mss ((free + Tcp_receive_queue.length t.received) / 2) in
  if free - offered >= step then free else offered

(* ---- Turns ---- *)

(* The edge moves at once, so that nobody else is given the same room, and the peer is told by the next segment. *)
let let_send t least =
  t.rcv_adv <- Sequence.add t.rcv_nxt (Int.max least (space t));
  t.turn_at <- Tcp_time.never;
  t.ack_soon <- true;
  reckon t

let take_turn t ~now =
  Tcp_memory.takes_turn t.memory ~now;
  t.has_turn <- true;
  let_send t t.own_mss

let take_assured t = let_send t Tcp_limits.assured

(* ---- The user ---- *)

let readable t = Tcp_receive_queue.length t.received > 0

let read t =
  let bytes = Tcp_receive_queue.take t.received in
  t.lent <- (match bytes with Some bytes -> Cstruct.length bytes | None -> 0);
  reckon t;
  (match bytes with
  | Some _ when may_receive t ->
      let offered = offered t in
      let gain = window t - offered in
      let worth = Int.max t.own_mss (Tcp_limits.receive_buffer / 4) in
      (* Who may still send tells of it by what it sends, and is told then. *)
      if (gain >= worth && offered < 2 * t.own_mss) || (offered < t.own_mss && gain > 0) then t.ack_soon <- true
  | _ -> ());
  bytes

let room t =
  let queued = Tcp_send_queue.length t.queue in
  let least = if queued = 0 then t.mss else 0 in
  Int.max least (Tcp_memory.share t.memory ~own:queued ~most:Tcp_limits.send_buffer - queued)

let has_room t = room t >= t.mss || Tcp_send_queue.length t.queue = 0

let writable t =
  match t.state with
  | Established | Close_wait -> not t.closing
  | _ -> false

let write t ~nodelay bytes =
  Tcp_send_queue.add t.queue bytes;
  reckon t;
  if nodelay then t.nodelay <- true

let abort t =
  match t.state with
  | Closed _ -> ()
  | Syn_sent -> finish t Aborted
  | _ ->
      t.reset_due <- true;
      finish t Aborted

let close t =
  if not t.closing then begin
    t.closing <- true;
    t.lent <- 0;
    match t.state with
    | Syn_sent | Syn_received -> abort t
    | Established -> t.state <- Fin_wait_1
    | Close_wait -> t.state <- Last_ack
    | Fin_wait_1 | Fin_wait_2 | Closing | Last_ack | Time_wait | Closed _ -> ()
  end
