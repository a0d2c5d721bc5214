(* SPDX-License-Identifier: Apache-2.0 *)

module Segment = Tcp_segment
module Sequence = Tcp_sequence

type t = {
  local_port : int;
  remote_port : int;
  nxt : Sequence.t;
  rcv_nxt : Sequence.t;
  window : int;
  timestamp : (int32 * int32) option;
  mutable ends_at : Tcp_time.t;
}

type answer = Nothing | Ack of Segment.t | Open

let lifetime = 2 * Tcp_limits.msl

let of_connection (c : Tcp_connection.t) ~now =
  {
    local_port = c.local_port;
    remote_port = c.remote_port;
    nxt = c.nxt;
    rcv_nxt = c.rcv_nxt;
    window = Int.min 0xffff (Tcp_connection.window c) lsr c.rcv_shift;
    timestamp = (if c.timestamps then Some (c.ts_offset, c.ts_recent) else None);
    ends_at = Tcp_time.deadline ~now lifetime;
  }

let is_over t ~now = Tcp_time.is_due t.ends_at ~now

let ack t ~now =
  let tsval offset = Int32.add offset (Int32.shift_left (Int32.of_int now) 1) in
  let timestamp = Option.map (fun (offset, recent) -> (tsval offset, recent)) t.timestamp in
  let options =
    if timestamp = None then Segment.no_options else { Segment.no_options with timestamp }
  in
  { Segment.src_port = t.local_port; dst_port = t.remote_port; seq = t.nxt; ack = t.rcv_nxt;
    flags = Segment.ack; window = t.window; options; payload = Cstruct.empty }

(* A SYN that is certainly younger: by its time stamp (RFC 6191), or by its number (RFC 1122, 4.2.2.13). *)
let is_new t (s : Segment.t) =
  match (t.timestamp, s.options.timestamp) with
  | Some (_, recent), Some (value, _) -> Int32.compare (Int32.sub value recent) 0l > 0
  | _ -> Sequence.gt s.seq t.rcv_nxt

let receive t ~now (s : Segment.t) =
  if Segment.has s Segment.rst then Nothing
  else if Segment.has s Segment.syn && (not (Segment.has s Segment.ack)) && is_new t s then Open
  else if Segment.length s > 0 then begin
    if Segment.has s Segment.fin then t.ends_at <- Tcp_time.deadline ~now lifetime;
    Ack (ack t ~now)
  end
  else Nothing
