(* SPDX-License-Identifier: Apache-2.0 *)

external sum_bigarray : Cstruct.buffer -> int -> int -> int -> int = "mirage_checksum" [@@noalloc]

let sum ?(init = 0) (buffer : Cstruct.t) = sum_bigarray buffer.buffer buffer.off buffer.len init

let sum_part ~init (buffer : Cstruct.t) offset length =
  if offset < 0 || length < 0 || offset + length > buffer.len then
    invalid_arg "Tcpip_checksum.sum_part: outside of the buffer";
  sum_bigarray buffer.buffer (buffer.off + offset) length init

let add a b =
  let s = a + b in
  (s land 0xffff) + (s lsr 16)

let finish sum = lnot sum land 0xffff
let ones_complement buffer = finish (sum buffer)
let swap sum = ((sum land 0xff) lsl 8) lor (sum lsr 8)

(* A buffer that begins at an odd position contributes its sum with the bytes swapped (RFC 1071, 2 B). *)
let ones_complement_list buffers =
  let rec go total odd = function
    | [] -> finish total
    | buffer :: rest ->
        let s = sum buffer in
        go (add total (if odd then swap s else s)) (odd <> (Cstruct.length buffer land 1 = 1)) rest
  in
  go 0 false buffers
