(* SPDX-License-Identifier: Apache-2.0 *)

let segment = 1460
let receive_buffer = 16 * segment
let send_buffer = 16 * segment

let memory = 72 * 1024
let connection = 1200
let assured = 256
let turns = 4
let stuck = 100

let window_scale =
  let rec least shift = if receive_buffer lsr shift > 0xffff then least (shift + 1) else shift in
  least 0

let connections = 64
let time_wait = 64
let msl = 30_000
let give_up = 120_000
let give_up_opening = 180_000
let give_up_half_open = 30_000
let linger = 60_000
let delayed_ack = 40
let acknowledged_together = 8
