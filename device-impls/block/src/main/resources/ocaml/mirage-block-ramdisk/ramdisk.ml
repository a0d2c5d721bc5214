(* SPDX-License-Identifier: Apache-2.0 *)

type t = { memory : Cstruct.t; sector_size : int; mutable connected : bool }
type error = [ Mirage_block.error | `Invalid of string ]
type write_error = [ Mirage_block.write_error | `Invalid of string ]

let pp_error ppf : error -> unit = function
  | #Mirage_block.error as e -> Mirage_block.pp_error ppf e
  | `Invalid message -> Format.pp_print_string ppf message

let pp_write_error ppf : write_error -> unit = function
  | #error as e -> pp_error ppf e
  | #Mirage_block.write_error as e -> Mirage_block.pp_write_error ppf e

let disks = ref []

let create ~name ~size_sectors ~sector_size =
  let size = Int64.mul size_sectors (Int64.of_int sector_size) in
  if List.mem_assoc name !disks then Error (`Msg ("there is a RAM disk " ^ name ^ " already"))
  else if
    sector_size <= 0
    || Int64.compare size_sectors 0L < 0
    || Int64.compare size_sectors (Int64.of_int (max_int / sector_size)) > 0
  then Error (`Msg "no RAM disk can have this size")
  else
    match Cstruct.create (Int64.to_int size) with
    | memory ->
        let t = { memory; sector_size; connected = true } in
        disks := (name, t) :: !disks;
        Ok t
    | exception Out_of_memory -> Error (`Msg ("no room for RAM disk " ^ name))

let destroy ~name = disks := List.remove_assoc name !disks

let connect ~name =
  match List.assoc_opt name !disks with
  | Some t ->
      t.connected <- true;
      Lwt.return t
  | None -> (
      match create ~name ~size_sectors:64L ~sector_size:512 with
      | Ok t -> Lwt.return t
      | Error (`Msg message) -> Lwt.fail_with message)

let disconnect t =
  t.connected <- false;
  Lwt.return_unit

let size_sectors t = Cstruct.length t.memory / t.sector_size

let get_info t =
  Lwt.return
    {
      Mirage_block.read_write = true;
      sector_size = t.sector_size;
      size_sectors = Int64.of_int (size_sectors t);
    }

(* Calls [copy] with each buffer and its place in memory, after all has been checked. *)
let transfer t first buffers copy =
  let length = Cstruct.lenv buffers in
  let sectors = Int64.of_int (length / t.sector_size) in
  Lwt.return
    (if not t.connected then Error `Disconnected
     else if List.exists (fun b -> Cstruct.length b mod t.sector_size <> 0) buffers then
       Error (`Invalid "a buffer is no multiple of a sector")
     else if
       Int64.compare first 0L < 0
       || Int64.compare first (Int64.sub (Int64.of_int (size_sectors t)) sectors) > 0
     then Error (`Invalid (Printf.sprintf "no sectors %Ld to %Ld" first (Int64.add first sectors)))
     else begin
       let place = ref (Int64.to_int first * t.sector_size) in
       List.iter
         (fun buffer ->
           copy buffer !place;
           place := !place + Cstruct.length buffer)
         buffers;
       Ok ()
     end)

let read t first buffers =
  transfer t first buffers (fun buffer place ->
      Cstruct.blit t.memory place buffer 0 (Cstruct.length buffer))

let write t first buffers =
  transfer t first buffers (fun buffer place ->
      Cstruct.blit buffer 0 t.memory place (Cstruct.length buffer))
