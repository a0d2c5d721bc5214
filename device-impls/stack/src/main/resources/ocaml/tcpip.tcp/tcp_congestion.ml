(* SPDX-License-Identifier: Apache-2.0 *)

type t = {
  mutable mss : int;
  mutable window : int;
  mutable threshold : int;
  mutable acked : int;  (** bytes since the window last grew, in congestion avoidance *)
  mutable after_timeout : bool;  (** slow start is then by one segment an ACK (RFC 3465, 2.3) *)
}

let initial_segments = 4
let largest = 1 lsl 28

let create ~mss =
  { mss; window = initial_segments * mss; threshold = largest; acked = 0; after_timeout = false }

let set_mss t mss =
  t.mss <- mss;
  t.window <- initial_segments * mss

let window t = t.window
let in_slow_start t = t.window < t.threshold

let on_ack t bytes =
  if in_slow_start t then begin
    let most = if t.after_timeout then t.mss else 2 * t.mss in
    t.window <- Int.min largest (t.window + Int.min bytes most)
  end
  else begin
    t.after_timeout <- false;
    t.acked <- t.acked + bytes;
    if t.acked >= t.window then begin
      t.acked <- t.acked - t.window;
      t.window <- Int.min largest (t.window + t.mss)
    end
  end

let lower_threshold t ~flight = t.threshold <- Int.max (flight / 2) (2 * t.mss)

let on_loss t ~flight =
  lower_threshold t ~flight;
  t.window <- t.threshold;
  t.acked <- 0

let on_timeout t ~flight ~first =
  if first then lower_threshold t ~flight;
  t.window <- t.mss;
  t.acked <- 0;
  t.after_timeout <- true

let on_idle t = t.window <- Int.min t.window (initial_segments * t.mss)
