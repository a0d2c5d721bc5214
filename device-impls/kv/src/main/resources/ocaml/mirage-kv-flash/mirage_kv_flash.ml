(* SPDX-License-Identifier: Apache-2.0 *)

type range = { offset : int; length : int }

module Make (Partition : sig
  val name : string
  val digest : string
end) =
struct
  type content = range

  let read { offset; length } =
    let bytes = Bytes.create length in
    match Mirage_board.partition_read Partition.name offset bytes 0 length with
    | 0 -> Bytes.unsafe_to_string bytes
    | code -> failwith (Printf.sprintf "flash partition %s: error %d" Partition.name code)

  let connect () =
    let length = String.length Partition.digest in
    if Mirage_board.partition_size Partition.name < length then
      Lwt.fail_with ("no flash partition " ^ Partition.name ^ " for a key-value store")
    else if read { offset = 0; length } <> Partition.digest then
      Lwt.fail_with ("flash partition " ^ Partition.name ^ " is of another build than the program")
    else Lwt.return_unit
end
