(* SPDX-License-Identifier: Apache-2.0 *)

open Tcp_connection

type answer = Nothing | Reset

(* ---- Acknowledgements of what was sent ---- *)

let challenge_interval = 500

(* Tells a peer, or who pretends to be it, what is expected; not too often (RFC 5961, 7). *)
let challenge t ~now =
  if Tcp_time.since t.challenge_at ~now >= 0 then begin
    t.ack_due <- true;
    t.challenge_at <- Tcp_time.add now challenge_interval
  end

let measure t ~now (s : Segment.t) =
  match s.options.timestamp with
  | Some (_, echo) when t.timestamps ->
      let elapsed = Int32.to_int (Int32.sub (tsval t ~now) echo) / 2 in
      if elapsed >= 0 && elapsed < Tcp_limits.give_up then Tcp_rtt.sample t.rtt elapsed
  | _ -> (
      match t.timed with
      | Some (seq, at) when Sequence.gt s.ack seq ->
          t.timed <- None;
          Tcp_rtt.sample t.rtt (Tcp_time.since at ~now)
      | _ -> ())

let fin_was_acked t ~now =
  match t.state with
  | Fin_wait_1 ->
      t.state <- Fin_wait_2;
      t.linger_at <- Tcp_time.deadline ~now Tcp_limits.linger
  | Closing -> t.state <- Time_wait
  | Last_ack -> finish t Finished
  | _ -> ()

let new_ack t ~now (s : Segment.t) =
  let was = t.una in
  let bytes = Sequence.diff s.ack was in
  Tcp_send_queue.drop t.queue bytes;
  t.una <- s.ack;
  measure t ~now s;
  Tcp_rtt.reset_back_off t.rtt;
  t.progress <- now;
  let recovering = Tcp_recovery.in_fast_recovery t.recovery in
  Tcp_recovery.acknowledged t.recovery ~sack:t.sack ~mss:t.mss ~was ~una:t.una ~nxt:t.nxt;
  if not recovering then Tcp_congestion.on_ack t.congestion bytes;
  t.retransmit_at <-
    (if in_flight t = 0 then Tcp_time.never
    else Tcp_time.deadline ~now (Tcp_rtt.timeout t.rtt));
  if Tcp_send_queue.length t.queue = 0 then t.nodelay <- false;
  if fin_acked t then fin_was_acked t ~now

(* RFC 5681, 2, and with selective acknowledgements RFC 6675, 2. *)
let is_duplicate t (s : Segment.t) ~news =
  in_flight t > 0
  && if t.sack then news else Segment.length s = 0 && s.window lsl t.wnd_shift = t.wnd && t.wnd > 0

let old_ack t (s : Segment.t) ~news =
  if is_duplicate t s ~news then
    match Tcp_recovery.duplicate t.recovery ~sack:t.sack ~mss:t.mss ~una:t.una ~nxt:t.nxt with
    | Loss -> Tcp_congestion.on_loss t.congestion ~flight:(in_flight t)
    | Nothing -> ()

let update_window t ~now (s : Segment.t) =
  if
    Sequence.lt t.wl1 s.seq || (Sequence.equal t.wl1 s.seq && Sequence.leq t.wl2 s.ack)
  then begin
    let before = t.wnd in
    t.wnd <- s.window lsl t.wnd_shift;
    t.max_wnd <- Int.max t.max_wnd t.wnd;
    t.wl1 <- s.seq;
    t.wl2 <- s.ack;
    (* A peer may keep the window closed for as long as its user waits; nobody waits for what was closed (RFC 6429). *)
    if t.wnd = 0 then begin
      if not t.closing then t.progress <- now
    end
    else if before = 0 then begin
      (* What was sent into the closed window, a probe, did not arrive unless it was acknowledged. *)
      if in_flight t > 0 then Tcp_recovery.timed_out t.recovery ~una:t.una ~nxt:t.nxt;
      Tcp_rtt.reset_back_off t.rtt;
      t.retransmit_at <- Tcp_time.never
    end
  end

(* [false] if the segment is to be dropped. *)
let acknowledge t ~now (s : Segment.t) =
  let oldest = Sequence.add t.una (-t.max_wnd) in
  if Sequence.gt s.ack t.nxt || Sequence.lt s.ack oldest then begin
    challenge t ~now;
    false
  end
  else begin
    let news =
      t.sack && s.options.sack <> []
      && Tcp_recovery.add_sack t.recovery ~una:t.una ~nxt:t.nxt s.options.sack
    in
    if Sequence.gt s.ack t.una then new_ack t ~now s
    else if Sequence.equal s.ack t.una then old_ack t s ~news;
    update_window t ~now s;
    not (is_closed t)
  end

(* ---- Data ---- *)

let fin_received t =
  t.rcv_nxt <- Sequence.add t.rcv_nxt 1;
  t.eof <- true;
  t.ack_due <- true;
  match t.state with
  | Established -> t.state <- Close_wait
  | Fin_wait_1 -> t.state <- Closing
  | Fin_wait_2 -> t.state <- Time_wait
  | _ -> ()

let take t bytes =
  Tcp_receive_queue.add t.received bytes;
  t.rcv_nxt <- Sequence.add t.rcv_nxt (Cstruct.length bytes)

let rec take_reassembled t =
  match Tcp_reassembly.take t.reassembly t.rcv_nxt with
  | Some bytes ->
      take t bytes;
      take_reassembled t
  | None -> ()

let acknowledge_later t ~now =
  t.unacked <- t.unacked + 1;
  if t.unacked >= Tcp_limits.acknowledged_together then t.ack_due <- true
  else if t.unacked >= 2 then t.ack_soon <- true
  else if not (Tcp_time.is_set t.ack_at) then
    t.ack_at <- Tcp_time.deadline ~now Tcp_limits.delayed_ack

let in_order t ~now bytes =
  take t bytes;
  if Tcp_reassembly.is_empty t.reassembly then acknowledge_later t ~now
  else begin
    (* A gap was filled, or part of one: the sender waits for that (RFC 5681, 4.2). *)
    take_reassembled t;
    t.ack_due <- true
  end

let out_of_order t seq bytes =
  Tcp_reassembly.insert t.reassembly seq bytes;
  t.ack_due <- true

(* The part of the payload that is new and was asked for. *)
let data t ~now (s : Segment.t) =
  let edge = Sequence.add t.rcv_nxt (offered t) in
  let first = Sequence.max s.seq t.rcv_nxt in
  let stop = Sequence.add s.seq (Cstruct.length s.payload) in
  let last = Sequence.min stop edge in
  let length = Sequence.diff last first in
  if length > 0 then begin
    let bytes =
      if length = Cstruct.length s.payload then s.payload
      else Cstruct.sub s.payload (Sequence.diff first s.seq) length
    in
    if Sequence.equal first t.rcv_nxt then in_order t ~now bytes else out_of_order t first bytes
  end;
  if Cstruct.length s.payload > 0 && not (length > 0 && Sequence.equal last stop) then t.ack_due <- true;
  if Segment.has s Segment.fin then
    t.fin_at <- Some (Sequence.add s.seq (Cstruct.length s.payload));
  match t.fin_at with
  | Some at when Sequence.equal at t.rcv_nxt -> fin_received t
  | Some _ when length <= 0 -> t.ack_due <- true
  | _ -> ()

(* ---- Segments of a connection that both sides know ---- *)

(* Whether part of the segment lies in the window (RFC 9293, 3.10.7.4, first). *)
let is_acceptable t (s : Segment.t) =
  let length = Segment.length s in
  let offset = Sequence.diff s.seq t.rcv_nxt in
  offset <= offered t && if length = 0 then offset >= 0 else offset + length > 0

(* Before the window: its bytes are here, what it acknowledges may be news. There are peers that send nothing else, having sent
   their FIN. *)
let is_old t (s : Segment.t) =
  t.state <> Syn_received
  && Segment.has s Segment.ack
  && (not (Segment.has s Segment.syn))
  && Sequence.lt s.seq t.rcv_nxt

(* Protection against wrapped sequence numbers (RFC 7323, 5.3). A time stamp that is days old says nothing. *)
let is_too_old t ~now (s : Segment.t) =
  t.timestamps
  && (not (Segment.has s Segment.rst))
  &&
  match s.options.timestamp with
  | Some (value, _) ->
      Int32.compare (Int32.sub value t.ts_recent) 0l < 0
      && Tcp_time.since t.ts_recent_at ~now < 5 * Tcp_time.day
  | None -> true

let remember_timestamp t ~now (s : Segment.t) =
  match s.options.timestamp with
  | Some (value, _) when t.timestamps && Sequence.leq s.seq t.last_ack_sent ->
      t.ts_recent <- value;
      t.ts_recent_at <- now
  | _ -> ()

(* Some peers that have sent a FIN and give up do not count it: their RST is one too low. It is as hard to guess. *)
let is_reset_before_fin t (s : Segment.t) =
  t.eof && Segment.has s Segment.rst && Sequence.equal s.seq (Sequence.add t.rcv_nxt (-1))

let reset_received t ~now (s : Segment.t) =
  if Sequence.equal s.seq t.rcv_nxt || is_reset_before_fin t s then
    match t.state with
    | Syn_received -> finish t Refused
    | Closing | Last_ack | Time_wait -> finish t Finished
    | _ -> finish t Reset
  else challenge t ~now

let establish t ~now (s : Segment.t) =
  t.una <- Sequence.add t.iss 1;
  t.progress <- now;
  t.state <- Established;
  t.syn_due <- false;
  t.retransmit_at <- Tcp_time.never;
  t.wnd <- s.window lsl (if Segment.has s Segment.syn then 0 else t.wnd_shift);
  t.max_wnd <- Int.max t.max_wnd t.wnd;
  t.wl1 <- s.seq;
  t.wl2 <- s.ack;
  measure t ~now s;
  Tcp_rtt.reset_back_off t.rtt;
  Tcp_recovery.acknowledged t.recovery ~sack:t.sack ~mss:t.mss ~was:t.iss ~una:t.una ~nxt:t.nxt;
  match t.keepalive with
  | Some { after; _ } -> t.keepalive_at <- Tcp_time.deadline ~now after
  | None -> ()

let acceptable t ~now (s : Segment.t) =
  remember_timestamp t ~now s;
  t.heard_at <- now;
  t.keepalives <- 0;
  let own_syn_acked = Sequence.gt s.ack t.iss && Sequence.leq s.ack t.nxt in
  if t.state = Syn_received && not own_syn_acked then Reset
  else begin
    if t.state = Syn_received then establish t ~now s;
    if acknowledge t ~now s then begin
      if may_receive t then data t ~now s;
      if t.state = Fin_wait_2 then t.linger_at <- Tcp_time.deadline ~now Tcp_limits.linger
    end;
    Nothing
  end

let synchronized t ~now (s : Segment.t) =
  let is_first_again = t.state = Syn_received && Segment.has s Segment.syn && Sequence.equal s.seq t.irs in
  if is_first_again then begin
    t.syn_due <- true;
    Nothing
  end
  else if is_too_old t ~now s || not (is_acceptable t s || is_reset_before_fin t s) then begin
    if not (Segment.has s Segment.rst) then begin
      if Segment.length s > 0 then t.ack_due <- true else challenge t ~now;
      if is_old t s then ignore (acknowledge t ~now s)
    end;
    Nothing
  end
  else if Segment.has s Segment.rst then begin
    reset_received t ~now s;
    Nothing
  end
  else if Segment.has s Segment.syn then begin
    challenge t ~now;
    Nothing
  end
  else if not (Segment.has s Segment.ack) then Nothing
  else acceptable t ~now s

(* ---- The answer to our SYN ---- *)

let asked t ~now (s : Segment.t) =
  let acks = Segment.has s Segment.ack in
  let right = Sequence.gt s.ack t.iss && Sequence.leq s.ack t.nxt in
  if acks && not right then if Segment.has s Segment.rst then Nothing else Reset
  else if Segment.has s Segment.rst then begin
    if acks then finish t Refused;
    Nothing
  end
  else if Segment.has s Segment.syn then begin
    negotiate t ~now s;
    if acks then begin
      establish t ~now s;
      t.ack_due <- true
    end
    else begin
      (* Both sides have asked (RFC 9293, 3.5, figure 7). *)
      t.state <- Syn_received;
      t.syn_due <- true
    end;
    Nothing
  end
  else Nothing

let receive t ~now s =
  match t.state with
  | Closed _ -> Nothing
  | Syn_sent -> asked t ~now s
  | _ ->
      let answer = synchronized t ~now s in
      reckon t;
      answer
