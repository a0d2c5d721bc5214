(* SPDX-License-Identifier: Apache-2.0 *)

let sector = 4096

type t = { name : string; size_sectors : int; mutable connected : bool }

type error =
  [ Mirage_block.error | `Outside of int64 | `Unaligned of int | `Flash of int ]

type write_error = [ Mirage_block.write_error | error ]

let pp_error ppf : error -> unit = function
  | #Mirage_block.error as e -> Mirage_block.pp_error ppf e
  | `Outside i -> Format.fprintf ppf "no sector %Ld" i
  | `Unaligned n -> Format.fprintf ppf "a buffer of %d bytes is no multiple of a sector" n
  | `Flash code -> Format.fprintf ppf "flash error %d" code

let pp_write_error ppf : write_error -> unit = function
  | #error as e -> pp_error ppf e
  | #Mirage_block.write_error as e -> Mirage_block.pp_write_error ppf e

let connect name =
  match Mirage_board.partition_size name with
  | -1 -> Lwt.fail_with ("no flash partition " ^ name ^ " for a block device")
  | size -> Lwt.return { name; size_sectors = size / sector; connected = true }

let disconnect t =
  t.connected <- false;
  Lwt.return_unit

let get_info t =
  Lwt.return
    { Mirage_block.read_write = true; sector_size = sector; size_sectors = Int64.of_int t.size_sectors }

(* Calls [f] with each sector of the buffers: its number, its buffer and its place in it. All is checked
   before the first call. *)
let each_sector t first buffers f =
  let last =
    List.fold_left
      (fun n buffer -> Int64.add n (Int64.of_int (Cstruct.length buffer / sector)))
      first buffers
  in
  let unaligned buffer = Cstruct.length buffer mod sector <> 0 in
  let rec go number offset = function
    | [] -> Ok ()
    | buffer :: rest when offset = Cstruct.length buffer -> go number 0 rest
    | buffer :: _ as buffers -> (
        match f number buffer offset with
        | 0 -> go (number + 1) (offset + sector) buffers
        | code -> Error (`Flash code))
  in
  if not t.connected then Error `Disconnected
  else if Int64.compare first 0L < 0 then Error (`Outside first)
  else if Int64.compare last (Int64.of_int t.size_sectors) > 0 then Error (`Outside (Int64.pred last))
  else
    match List.find_opt unaligned buffers with
    | Some buffer -> Error (`Unaligned (Cstruct.length buffer))
    | None -> go (Int64.to_int first) 0 buffers

let read t first buffers =
  let bytes = Bytes.create sector in
  Lwt.return
    (each_sector t first buffers (fun number buffer offset ->
         let code = Mirage_board.partition_read t.name (number * sector) bytes 0 sector in
         Cstruct.blit_from_bytes bytes 0 buffer offset sector;
         code))

let write t first buffers =
  let bytes = Bytes.create sector in
  Lwt.return
    (each_sector t first buffers (fun number buffer offset ->
         Cstruct.blit_to_bytes buffer offset bytes 0 sector;
         match Mirage_board.partition_erase t.name (number * sector) sector with
         | 0 -> Mirage_board.partition_write t.name (number * sector) bytes 0 sector
         | code -> code))
