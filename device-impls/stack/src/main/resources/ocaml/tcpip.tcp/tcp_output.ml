(* SPDX-License-Identifier: Apache-2.0 *)

open Tcp_connection

type nonrec t = { segment : Segment.t; length : int }

(* ---- Segments ---- *)

let options c ~now =
  let sack = if c.sack then Tcp_reassembly.blocks c.reassembly else [] in
  if c.timestamps then { Segment.no_options with timestamp = Some (tsval c ~now, c.ts_recent); sack }
  else match sack with [] -> Segment.no_options | _ -> { Segment.no_options with sack }

(* The window in the units of the header, rounded up so that the edge does not go back. *)
let window_field c ~shift =
  let bytes = window c in
  let field = Int.min 0xffff ((bytes + (1 lsl shift) - 1) lsr shift) in
  let edge = Sequence.add c.rcv_nxt (field lsl shift) in
  c.rcv_adv <- Sequence.max c.rcv_adv edge;
  reckon c;
  field

let segment c ~flags ~seq ~window options =
  { Segment.src_port = c.local_port; dst_port = c.remote_port; seq; ack = c.rcv_nxt; flags; window; options;
    payload = Cstruct.empty }

let acknowledged c =
  c.ack_due <- false;
  c.ack_soon <- false;
  c.ack_at <- Tcp_time.never;
  c.unacked <- 0;
  c.last_ack_sent <- c.rcv_nxt

let plain c ~now ~flags ~seq =
  let window = window_field c ~shift:c.rcv_shift in
  acknowledged c;
  segment c ~flags:(flags lor Segment.ack) ~seq ~window (options c ~now)

let empty c ~now ~flags ~seq =
  Some { segment = plain c ~now ~flags ~seq; length = 0 }

(* The number of a segment without data. A peer ignores what is behind its window, as the byte of a probe is. *)
let acceptable_seq c = Sequence.min c.nxt (Sequence.add c.una c.wnd)

let reset c =
  c.reset_due <- false;
  let seq = acceptable_seq c in
  let segment = segment c ~flags:(Segment.rst lor Segment.ack) ~seq ~window:0 Segment.no_options in
  Some { segment; length = 0 }

let start_timer c ~now =
  if not (Tcp_time.is_set c.retransmit_at) then
    c.retransmit_at <- Tcp_time.deadline ~now (Tcp_rtt.timeout c.rtt)

(* SYN, or the SYN that answers one: then it has only the options the peer's had. *)
let syn c ~now =
  let answers = c.state = Syn_received in
  let timestamp =
    if c.timestamps || not answers then Some (tsval c ~now, c.ts_recent) else None
  in
  let scales = (not answers) || c.rcv_shift > 0 || c.wnd_shift > 0 in
  let options =
    { Segment.mss = c.own_mss; window_scale = (if scales then Tcp_limits.window_scale else -1);
      sack_permitted = c.sack || not answers; timestamp; sack = [] }
  in
  c.syn_due <- false;
  c.nxt <- Sequence.add c.iss 1;
  start_timer c ~now;
  let flags = if answers then Segment.syn lor Segment.ack else Segment.syn in
  (* Not scaled, and before the peer is known there is no edge. *)
  let window = Int.min 0xffff (window c) in
  if answers then begin
    acknowledged c;
    c.rcv_adv <- Sequence.max c.rcv_adv (Sequence.add c.rcv_nxt window);
    reckon c
  end;
  let segment = segment c ~flags ~seq:c.iss ~window options in
  Some { segment; length = 0 }

(* ---- Data ---- *)

(* Bytes [position] to [position + length] of the queue, and FIN if it follows them. *)
let send c ~now ~position ~length =
  let seq = Sequence.add c.una position in
  let queued = Tcp_send_queue.length c.queue in
  let is_last = position + length = queued in
  let with_fin = c.closing && is_last in
  let stop = Sequence.add seq (length + if with_fin then 1 else 0) in
  if in_flight c = 0 then c.progress <- now;
  c.probe_due <- false;
  if with_fin then c.fin_sent <- true;
  if Sequence.gt stop c.nxt then begin
    if c.timed = None && (not c.timestamps) && Sequence.geq seq c.nxt then c.timed <- Some (seq, now);
    c.nxt <- stop
  end;
  c.sent_at <- now;
  start_timer c ~now;
  let flags =
    (if with_fin then Segment.fin else 0) lor if is_last && length > 0 then Segment.psh else 0
  in
  Some { segment = plain c ~now ~flags ~seq; length }

let pipe c = Tcp_recovery.pipe c.recovery ~mss:c.mss ~una:c.una ~nxt:c.nxt

(* Something to be sent again: the numbers of a hole are bytes of the queue, and FIN behind them. *)
let again c ~now =
  match Tcp_recovery.hole c.recovery ~una:c.una with
  | Some (seq, numbers)
    when Tcp_recovery.is_urgent c.recovery || pipe c < Tcp_congestion.window c.congestion ->
      let position = Sequence.diff seq c.una in
      let most = if c.wnd = 0 then 1 else c.mss in
      let bytes = Int.min (Int.min most numbers) (Tcp_send_queue.length c.queue - position) in
      let length = Int.max 0 bytes in
      c.timed <- None;
      let sent = send c ~now ~position ~length in
      let fin = if c.fin_sent && position + length = Tcp_send_queue.length c.queue then 1 else 0 in
      Tcp_recovery.sent_again c.recovery (Sequence.add seq (length + fin));
      sent
  | _ -> None

(* Whether a segment of [length] bytes is worth sending (RFC 9293, 3.7.4 and 3.8.6.2.1). *)
let is_worth c ~length ~unsent ~outstanding =
  length = c.mss
  || (length = unsent && (c.nodelay || c.closing || outstanding = 0))
  || (length > 0 && 2 * length >= c.max_wnd)

(* The window is too small to be used, and nothing was sent whose answer could tell of a larger one. *)
let persist c ~now =
  if not (Tcp_time.is_set c.retransmit_at) then begin
    c.progress <- now;
    start_timer c ~now
  end

let fresh c ~now =
  let position = in_flight c in
  let unsent = Tcp_send_queue.length c.queue - position in
  if position = 0 && unsent > 0 && Tcp_time.since c.sent_at ~now > Tcp_rtt.timeout c.rtt then
    Tcp_congestion.on_idle c.congestion;
  let length = Int.min c.mss (Int.min unsent (c.wnd - position)) in
  let fits = pipe c + length <= Tcp_congestion.window c.congestion || position = 0 in
  if unsent > 0 then
    if length > 0 && fits && is_worth c ~length ~unsent ~outstanding:position then
      send c ~now ~position ~length
    else if c.probe_due && position = 0 then send c ~now ~position ~length:(Int.max 1 length)
    else begin
      if position = 0 then persist c ~now;
      None
    end
  else if c.closing && unsent = 0 then send c ~now ~position ~length:0
  else None

let data c ~now =
  match again c ~now with
  | Some _ as sent -> sent
  | None -> if c.fin_sent then None else fresh c ~now

let may_send c =
  match c.state with
  | Established | Fin_wait_1 | Close_wait | Closing | Last_ack -> true
  | Syn_sent | Syn_received | Fin_wait_2 | Time_wait | Closed _ -> false

let next c ~now =
  if c.reset_due then reset c
  else if is_closed c then None
  else if c.syn_due then syn c ~now
  else
    match if may_send c then data c ~now else None with
    | Some _ as sent -> sent
    | None ->
        if c.keepalive_due then begin
          c.keepalive_due <- false;
          empty c ~now ~flags:0 ~seq:(Sequence.add c.una (-1))
        end
        else if c.ack_due then empty c ~now ~flags:0 ~seq:(acceptable_seq c)
        else None

(* ---- Bytes ---- *)

let size t = Segment.header_size t.segment.options + t.length

let write c t ~pseudo buffer =
  let header = Segment.header_size t.segment.options in
  let position = Sequence.diff t.segment.seq c.una in
  let is_there =
    t.length = 0 || (position >= 0 && position + t.length <= Tcp_send_queue.length c.queue)
  in
  let length = if is_there then t.length else 0 in
  let segment =
    if is_there then t.segment
    else { t.segment with flags = t.segment.flags land lnot Segment.fin; seq = c.nxt }
  in
  Segment.write segment buffer;
  if length > 0 then Tcp_send_queue.blit c.queue position buffer header length;
  Segment.set_checksum ~pseudo buffer (header + length);
  header + length
