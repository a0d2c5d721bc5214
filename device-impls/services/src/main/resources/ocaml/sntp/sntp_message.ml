(* SPDX-License-Identifier: Apache-2.0 *)

let port = 123
let size = 48

(* Version 4, a client. *)
let first_byte = 0x23

let question ~cookie =
  let buffer = Cstruct.create size in
  Cstruct.set_uint8 buffer 0 first_byte;
  Cstruct.BE.set_uint64 buffer 40 cookie;
  buffer

let seconds_1900_to_1970 = 2_208_988_800L

(* A first bit of 0 means a time after 2036 (RFC 4330, 3). *)
let ns buffer offset =
  let unsigned at = Int64.logand (Int64.of_int32 (Cstruct.BE.get_uint32 buffer at)) 0xffffffffL in
  let seconds = unsigned offset in
  let era = if Int64.compare seconds 0x80000000L < 0 then 0x100000000L else 0L in
  let since_1970 = Int64.sub (Int64.add seconds era) seconds_1900_to_1970 in
  let fraction = Int64.shift_right_logical (Int64.mul (unsigned (offset + 4)) 1_000_000_000L) 32 in
  Int64.add (Int64.mul since_1970 1_000_000_000L) fraction

let answer ~cookie buffer =
  if Cstruct.length buffer < size then None
  else
    let first = Cstruct.get_uint8 buffer 0 and stratum = Cstruct.get_uint8 buffer 1 in
    let is_server = first land 7 = 4 and knows_time = first lsr 6 <> 3 && stratum >= 1 && stratum <= 15 in
    let is_ours = Int64.equal (Cstruct.BE.get_uint64 buffer 24) cookie in
    let says_time = not (Int64.equal (Cstruct.BE.get_uint64 buffer 40) 0L) in
    if is_server && knows_time && is_ours && says_time then Some (ns buffer 32, ns buffer 40) else None
