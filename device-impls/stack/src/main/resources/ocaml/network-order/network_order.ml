(* SPDX-License-Identifier: Apache-2.0 *)

(* The primitives look whether the numbers lie in the buffer that the view is of; Cstruct's functions look first whether
   they lie in the view, and box 32 bits. These here are put into their callers, where 32 bits stay in a register. *)
external load16 : Cstruct.buffer -> int -> int = "%caml_bigstring_get16"
external load32 : Cstruct.buffer -> int -> int32 = "%caml_bigstring_get32"
external store16 : Cstruct.buffer -> int -> int -> unit = "%caml_bigstring_set16"
external store32 : Cstruct.buffer -> int -> int32 -> unit = "%caml_bigstring_set32"
external swap16 : int -> int = "%bswap16"
external swap32 : int32 -> int32 = "%bswap_int32"

let get16 (view : Cstruct.t) i =
  let n = load16 view.buffer (view.off + i) in
  if Sys.big_endian then n else swap16 n

let get32 (view : Cstruct.t) i =
  let n = load32 view.buffer (view.off + i) in
  if Sys.big_endian then n else swap32 n

let set16 (view : Cstruct.t) i n = store16 view.buffer (view.off + i) (if Sys.big_endian then n else swap16 n)
let set32 (view : Cstruct.t) i n = store32 view.buffer (view.off + i) (if Sys.big_endian then n else swap32 n)
