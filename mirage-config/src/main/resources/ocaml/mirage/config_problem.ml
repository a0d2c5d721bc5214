(* SPDX-License-Identifier: Apache-2.0 *)

type t = { message : string; where : string option }

let v ?where message = { message; where }

(* The library is compiled with base names, config.ml with the user's path. *)
let place_in_config () =
  let own name = Filename.basename name <> name || name = "config.ml" in
  let location slot =
    match Printexc.Slot.location slot with
    | Some l when own l.filename && Filename.basename l.filename <> "stdlib.ml" ->
        Some (Printf.sprintf "%s, line %d" (Filename.basename l.filename) l.line_number)
    | _ -> None
  in
  let slots = Printexc.backtrace_slots (Printexc.get_raw_backtrace ()) in
  Option.bind slots (fun s -> List.find_map location (Array.to_list s))

let of_exception ?where e =
  let message =
    match e with
    | Invalid_argument m | Failure m -> m
    | Match_failure (file, line, _) ->
        Printf.sprintf "no case matches, in %s, line %d (a match over Key.target lacks `Esp32?)" file line
    | e -> "uncaught exception " ^ Printexc.to_string e
  in
  let place = place_in_config () in
  let where =
    match (where, place) with
    | Some w, Some p -> Some (w ^ ", " ^ p)
    | Some w, None -> Some w
    | None, place -> place
  in
  { message; where }

let protect ~where ~default report f =
  match f () with
  | v -> v
  | exception e ->
      report (of_exception ~where e);
      default
