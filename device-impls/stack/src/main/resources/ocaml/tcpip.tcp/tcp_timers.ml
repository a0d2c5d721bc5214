(* SPDX-License-Identifier: Apache-2.0 *)

open Tcp_connection

let deadline t ~now =
  let soon = Tcp_time.earliest ~now t.retransmit_at t.ack_at in
  let soon = if Tcp_time.is_set t.turn_at then Tcp_time.earliest ~now soon t.turn_at else soon in
  Tcp_time.earliest ~now soon (Tcp_time.earliest ~now t.keepalive_at t.linger_at)

let give_up t =
  match t.state with
  | Syn_sent -> Tcp_limits.give_up_opening
  | Syn_received -> Tcp_limits.give_up_half_open
  | _ -> Tcp_limits.give_up

let fail t =
  if t.state <> Syn_sent && t.state <> Syn_received then t.reset_due <- true;
  finish t Timed_out

let retransmit t ~now =
  Tcp_rtt.back_off t.rtt;
  t.timed <- None;
  match t.state with
  | Syn_sent | Syn_received -> t.syn_due <- true
  | _ when in_flight t = 0 ->
      (* The persist timer. *)
      if Tcp_send_queue.length t.queue > 0 then t.probe_due <- true
  | _ ->
      let flight = in_flight t in
      if t.wnd > 0 then begin
        let first = Tcp_time.since t.progress ~now < 2 * Tcp_rtt.timeout t.rtt in
        Tcp_congestion.on_timeout t.congestion ~flight ~first
      end;
      Tcp_recovery.timed_out t.recovery ~una:t.una ~nxt:t.nxt

let on_retransmit t ~now =
  t.retransmit_at <- Tcp_time.never;
  if Tcp_time.since t.progress ~now >= give_up t then fail t else retransmit t ~now

let on_keepalive t ~now { after; interval; probes } =
  let silence = Tcp_time.since t.heard_at ~now in
  if silence < after then t.keepalive_at <- Tcp_time.deadline ~now (after - silence)
  else if t.keepalives >= probes then fail t
  else begin
    t.keepalives <- t.keepalives + 1;
    t.keepalive_due <- true;
    t.keepalive_at <- Tcp_time.deadline ~now interval
  end

let expire t ~now =
  if Tcp_time.is_due t.ack_at ~now then begin
    t.ack_at <- Tcp_time.never;
    t.ack_due <- true
  end;
  if Tcp_time.is_due t.turn_at ~now then t.turn_at <- Tcp_time.never;
  if Tcp_time.is_due t.linger_at ~now then abort t;
  if Tcp_time.is_due t.retransmit_at ~now then on_retransmit t ~now;
  match t.keepalive with
  | Some keepalive when Tcp_time.is_due t.keepalive_at ~now -> on_keepalive t ~now keepalive
  | _ -> ()
