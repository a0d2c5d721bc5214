(* SPDX-License-Identifier: Apache-2.0 *)

let argv () = Lwt.return (Array.append [| "mirage" |] (Mirage_board.boot_args ()))

(* ---- The place where they are kept: see board_boot_args in board.h ---- *)

let partition = "args"
let header = 8
let longest = 1023
let sector = 4096

(* A word that is taken apart to itself again. *)
let quoted word =
  let quoted = Buffer.create (String.length word + 2) in
  Buffer.add_char quoted '"';
  String.iter
    (fun c ->
      if c = '"' || c = '\\' then Buffer.add_char quoted '\\';
      Buffer.add_char quoted c)
    word;
  Buffer.add_char quoted '"';
  Buffer.contents quoted

let content line =
  let content = Bytes.create (header + String.length line) in
  Bytes.blit_string "MARG" 0 content 0 4;
  Bytes.set_int32_le content 4 (Int32.of_int (String.length line));
  Bytes.blit_string line 0 content header (String.length line);
  content

let store words =
  let line = String.concat " " (List.map quoted words) in
  let length = String.length line in
  if Mirage_board.partition_size partition < sector then Error "boot arguments: this machine does not keep any"
  else if length > longest then
    Error (Printf.sprintf "boot arguments: they have %d bytes; at most %d are kept" length longest)
  else if List.exists (fun word -> String.contains word '\000') words then
    Error "boot arguments: one has the character 0 in it, and none may"
  else
    let bytes = content line in
    let erased = Mirage_board.partition_erase partition 0 sector in
    let written = if erased = 0 then Mirage_board.partition_write partition 0 bytes 0 (Bytes.length bytes) else erased in
    if written = 0 then Ok () else Error (Printf.sprintf "boot arguments: the flash does not take them (error %d)" written)
