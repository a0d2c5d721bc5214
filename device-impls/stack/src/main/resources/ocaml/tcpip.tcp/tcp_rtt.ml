(* SPDX-License-Identifier: Apache-2.0 *)

(* The estimates are scaled by 8 and 4, as in the paper the RFC refers to, so that integers do. *)
type t = {
  mutable smoothed : int;  (** 8 times the smoothed round trip; 0 while there is no sample *)
  mutable variation : int;  (** 4 times *)
  mutable shift : int;  (** of the back-off *)
}

let shortest = 200
let longest = 60_000
let initial = 1000
let create () = { smoothed = 0; variation = 0; shift = 0 }

let sample t ms =
  let ms = Int.max 1 (Int.min ms longest) in
  if t.smoothed = 0 then begin
    t.smoothed <- 8 * ms;
    t.variation <- 2 * ms
  end
  else begin
    let error = ms - (t.smoothed / 8) in
    t.variation <- t.variation + abs error - (t.variation / 4);
    t.smoothed <- t.smoothed + error
  end

let timeout t =
  let base = if t.smoothed = 0 then initial else (t.smoothed / 8) + Int.max 1 t.variation in
  Int.min longest (Int.max shortest base lsl t.shift)

let back_off t = if timeout t < longest then t.shift <- t.shift + 1
let reset_back_off t = t.shift <- 0
