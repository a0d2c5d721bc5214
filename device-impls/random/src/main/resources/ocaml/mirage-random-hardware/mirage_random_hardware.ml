(* SPDX-License-Identifier: Apache-2.0 *)

type g = unit

let generate ?g:_ n =
  if n < 0 then invalid_arg "Mirage_random_hardware.generate: negative size";
  let bytes = Bytes.create n in
  Mirage_board.random bytes 0 n;
  Cstruct.of_bytes bytes
