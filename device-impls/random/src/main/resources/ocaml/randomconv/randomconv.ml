(* SPDX-License-Identifier: Apache-2.0 *)

let int8 g = Cstruct.get_uint8 (g 1) 0
let int16 g = Cstruct.LE.get_uint16 (g 2) 0
let int32 g = Cstruct.LE.get_uint32 (g 4) 0
let int64 g = Cstruct.LE.get_uint64 (g 8) 0

(* The smallest 2^k - 1 that is not below [n]. *)
let rec mask n m = if m >= n then m else mask n ((m lsl 1) lor 1)

(* Draws as many bits as the bound has and throws away what is beyond it: every number below the bound
   is equally likely, and half of the draws or more succeed. *)
let int ?(bound = max_int) g =
  if bound <= 0 then invalid_arg "Randomconv.int: bound must be positive";
  let mask = mask (bound - 1) 0 in
  let rec draw () =
    let bits =
      if mask <= 0xff then int8 g
      else if mask <= 0xffff then int16 g
      else Int64.to_int (int64 g)
    in
    let n = bits land mask in
    if n < bound then n else draw ()
  in
  draw ()

let float ?(bound = 1.) g =
  if not (bound > 0.) then invalid_arg "Randomconv.float: bound must be positive";
  ldexp (Int64.to_float (Int64.shift_right_logical (int64 g) 11)) (-53) *. bound
