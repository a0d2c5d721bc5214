(* SPDX-License-Identifier: Apache-2.0 *)

type t = { message : string; where : string option }

let v ?where message = { message; where }

(* Whatever its file is called, config.ml is compiled as the module Config. *)
let place_in_config () =
  let own slot =
    match Printexc.Slot.name slot with
    | Some name -> name = "Config" || Astring.String.is_prefix ~affix:"Config." name
    | None -> false
  in
  let place slot =
    match Printexc.Slot.location slot with
    | Some l when own slot -> Some (Printf.sprintf "%s, line %d" l.filename l.line_number)
    | _ -> None
  in
  let slots = Printexc.backtrace_slots (Printexc.get_raw_backtrace ()) in
  Option.bind slots (fun s -> List.find_map place (Array.to_list s))

let of_exception ?where e =
  let message =
    match e with
    | Invalid_argument m | Failure m -> m
    | Match_failure _ -> "no case of the match fits; where it is over Key.target, `Esp32 has to be one"
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
