(* SPDX-License-Identifier: Apache-2.0 *)

(** Files of a folder, carried in the program's image: listed, read, and one asked for that is not there. *)

open Lwt.Syntax

module Main (Store : Mirage_kv.RO) = struct
  let show store (name, kind) =
    match kind with
    | `Dictionary ->
        Logs.info (fun m -> m "%s/" name);
        Lwt.return_unit
    | `Value -> (
        let* value = Store.get store (Mirage_kv.Key.v name) in
        match value with
        | Ok text ->
            Logs.info (fun m -> m "%s: %d bytes, %S" name (String.length text) text);
            Lwt.return_unit
        | Error e ->
            Logs.err (fun m -> m "%s: %a" name Store.pp_error e);
            Lwt.return_unit)

  let start store =
    let* listed = Store.list store Mirage_kv.Key.empty in
    match listed with
    | Error e ->
        Logs.err (fun m -> m "%a" Store.pp_error e);
        Lwt.return_unit
    | Ok entries ->
        let* () = Lwt_list.iter_s (show store) (List.sort compare entries) in
        show store ("absent", `Value)
end
