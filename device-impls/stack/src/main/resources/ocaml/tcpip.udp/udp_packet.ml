(* SPDX-License-Identifier: Apache-2.0 *)

type t = { src_port : int; dst_port : int; checksum : int }

let size = 8

let read buffer =
  if Cstruct.length buffer < size then None
  else
    let length = Cstruct.BE.get_uint16 buffer 4 in
    if length < size || length > Cstruct.length buffer then None
    else
      Some
        ( {
            src_port = Cstruct.BE.get_uint16 buffer 0;
            dst_port = Cstruct.BE.get_uint16 buffer 2;
            checksum = Cstruct.BE.get_uint16 buffer 6;
          },
          Cstruct.sub buffer size (length - size) )

let write ~src_port ~dst_port ~length buffer =
  Cstruct.BE.set_uint16 buffer 0 src_port;
  Cstruct.BE.set_uint16 buffer 2 dst_port;
  Cstruct.BE.set_uint16 buffer 4 length;
  Cstruct.BE.set_uint16 buffer 6 0

(* A sum of 0 is sent as its other representation, because 0 says that there is none. *)
let set_checksum buffer sum = Cstruct.BE.set_uint16 buffer 6 (if sum = 0 then 0xffff else sum)
