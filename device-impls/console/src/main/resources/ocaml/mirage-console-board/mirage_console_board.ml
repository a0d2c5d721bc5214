(* SPDX-License-Identifier: Apache-2.0 *)

type t = unit
type error = [ `Disconnected ]

let pp_error ppf `Disconnected = Format.pp_print_string ppf "console is disconnected"

type write_error = Mirage_flow.write_error

let pp_write_error = Mirage_flow.pp_write_error
let connect _ = Lwt.return_unit
let disconnect () = Lwt.return_unit
let close () = Lwt.return_unit
let queue = 128

let rec read () =
  let buffer = Bytes.create queue in
  match Mirage_board.console_read buffer 0 queue with
  | 0 -> Lwt.bind (OS.Event.wait (Mirage_board.console_event ())) read
  | n when n < 0 -> Lwt.return (Ok `Eof)
  | n -> Lwt.return (Ok (`Data (Cstruct.of_bytes ~len:n buffer)))

let write_string s =
  flush stdout;
  Mirage_board.console_write s 0 (String.length s)

let write () buffer =
  write_string (Cstruct.to_string buffer);
  Lwt.return (Ok ())

let writev () buffers =
  List.iter (fun buffer -> write_string (Cstruct.to_string buffer)) buffers;
  Lwt.return (Ok ())

let log () line =
  write_string (line ^ "\n");
  Lwt.return_unit
