(* SPDX-License-Identifier: Apache-2.0 *)

(** Counts its starts in the first sector of a block device. *)

open Lwt.Syntax

module Main (Block : Mirage_block.S) = struct
  let start block =
    let* { Mirage_block.sector_size; size_sectors; _ } = Block.get_info block in
    let sector = Cstruct.create sector_size in
    let* read = Block.read block 0L [ sector ] in
    if Result.is_error read then failwith "cannot read";
    let starts = Cstruct.get_uint8 sector 0 + 1 in
    Cstruct.set_uint8 sector 0 starts;
    let* written = Block.write block 0L [ sector ] in
    if Result.is_error written then failwith "cannot write";
    Logs.info (fun m -> m "%Ld sectors, start %d" size_sectors starts);
    Lwt.return_unit
end
