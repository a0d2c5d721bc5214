(* SPDX-License-Identifier: Apache-2.0 *)

type t = { kind : int; code : int; rest : int32; data : Cstruct.t }

let echo_reply = 0
let unreachable = 3
let echo_request = 8
let protocol_unreachable = 2
let port_unreachable = 3
let size = 8

let echo ~identifier ~sequence =
  Int32.logor (Int32.shift_left (Int32.of_int identifier) 16) (Int32.of_int (sequence land 0xffff))

let low_half n = Int32.to_int (Int32.logand n 0xffffl)
let identifier t = low_half (Int32.shift_right_logical t.rest 16)
let sequence t = low_half t.rest

let read buffer =
  if Cstruct.length buffer < size || Tcpip_checksum.ones_complement buffer <> 0 then None
  else
    Some
      {
        kind = Cstruct.get_uint8 buffer 0;
        code = Cstruct.get_uint8 buffer 1;
        rest = Cstruct.BE.get_uint32 buffer 4;
        data = Cstruct.shift buffer size;
      }

let make t =
  let buffer = Cstruct.create (size + Cstruct.length t.data) in
  Cstruct.set_uint8 buffer 0 t.kind;
  Cstruct.set_uint8 buffer 1 t.code;
  Cstruct.BE.set_uint32 buffer 4 t.rest;
  Cstruct.blit t.data 0 buffer size (Cstruct.length t.data);
  Cstruct.BE.set_uint16 buffer 2 (Tcpip_checksum.ones_complement buffer);
  buffer
