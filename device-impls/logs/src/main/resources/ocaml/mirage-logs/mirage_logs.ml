(* SPDX-License-Identifier: Apache-2.0 *)

let string_of_level = function
  | Logs.App -> "APP"
  | Logs.Error -> "ERR"
  | Logs.Warning -> "WRN"
  | Logs.Info -> "INF"
  | Logs.Debug -> "DBG"

let digits width n =
  let s = string_of_int n in
  String.make (max 0 (width - String.length s)) '0' ^ s

(* Days since 1970-01-01 to year, month, day of the Gregorian calendar. The computation counts years
   from March, so that the leap day is the last one, in cycles of 400 years (146097 days). *)
let date days =
  let days = days + 719468 in
  let cycle = (if days >= 0 then days else days - 146096) / 146097 in
  let day = days - (cycle * 146097) in
  let year = (day - (day / 1460) + (day / 36524) - (day / 146096)) / 365 in
  let day = day - ((365 * year) + (year / 4) - (year / 100)) in
  let month = ((5 * day) + 2) / 153 in
  let day = day - (((153 * month) + 2) / 5) + 1 in
  let year = (cycle * 400) + year in
  if month < 10 then (year, month + 3, day) else (year + 1, month - 9, day)

let ps_per_s = 1_000_000_000_000L

(* A whole library would do the same, and be larger than the rest of this file. *)
let timestamp (days, ps) tz_offset_s =
  let offset = match tz_offset_s with None -> 0 | Some offset -> offset in
  let second = Int64.to_int (Int64.div ps ps_per_s) + offset in
  let days, second =
    if second < 0 then (days - 1, second + 86400)
    else if second >= 86400 then (days + 1, second - 86400)
    else (days, second)
  in
  let year, month, day = date days in
  let sign = if offset < 0 || tz_offset_s = None then "-" else "+" in
  let minutes = abs offset / 60 in
  String.concat ""
    [
      digits 4 year; "-"; digits 2 month; "-"; digits 2 day; " ";
      digits 2 (second / 3600); ":"; digits 2 (second / 60 mod 60); ":"; digits 2 (second mod 60); " ";
      sign; digits 2 (minutes / 60); ":"; digits 2 (minutes mod 60);
    ] [@@ocamlformat "disable"]

let pp_tags ppf tags =
  let pp (Logs.Tag.V (definition, value)) () =
    Format.pp_print_string ppf (" " ^ Logs.Tag.name definition ^ "=");
    Logs.Tag.printer definition ppf value
  in
  Logs.Tag.fold pp tags ()

(* One buffer for all reporters: a message is complete before the next begins. *)
let buffer = Buffer.create 200
let formatter = Format.formatter_of_buffer buffer

(** The last messages, [""] where there is none yet. *)
type ring = { lines : string array; mutable next : int }

type t = {
  reporter : Logs.reporter;
  ring : ring option;
  channel : out_channel;
  mutable old_hook : (exn -> unit) option;
}

let keep ring line =
  match ring with
  | None -> ()
  | Some ring ->
      ring.lines.(ring.next) <- line;
      ring.next <- (ring.next + 1) mod Array.length ring.lines

let dump_ring t channel =
  match t.ring with
  | None -> ()
  | Some { lines; next } ->
      let size = Array.length lines in
      output_string channel "--- Dumping log ring buffer ---\n";
      for i = 0 to size - 1 do
        let slot = (next + i) mod size in
        output_string channel lines.(slot);
        lines.(slot) <- ""
      done;
      output_string channel "--- End dump ---\n";
      flush channel

(* Exceptions nobody awaits dump the ring, until [f] gives back the previous hook. *)
let hook t =
  let old_hook = !Lwt.async_exception_hook in
  (Lwt.async_exception_hook :=
     fun exn ->
       dump_ring t t.channel;
       old_hook exn);
  old_hook

module Make (Clock : Mirage_clock.PCLOCK) = struct
  type nonrec t = t

  let report channel ring threshold source level ~over k msgf =
    let time = Clock.now_d_ps () in
    let tz = Clock.current_tz_offset_s () in
    msgf @@ fun ?header ?tags fmt ->
    let finish _ =
      (match tags with
      | Some tags when not (Logs.Tag.is_empty tags) ->
          Format.pp_print_string formatter ":";
          pp_tags formatter tags
      | _ -> ());
      Format.pp_print_flush formatter ();
      let line = timestamp time tz ^ ": " ^ Buffer.contents buffer ^ "\n" in
      Buffer.clear buffer;
      if level <= threshold source then begin
        output_string channel line;
        flush channel
      end;
      keep ring line;
      over ();
      k ()
    in
    let header = match header with None -> "" | Some h -> ":" ^ h in
    Format.pp_print_string formatter
      (string_of_level level ^ " [" ^ Logs.Src.name source ^ header ^ "] ");
    Format.kfprintf finish formatter fmt

  let create ?(ch = stderr) ?ring_size ?(console_threshold = fun _ -> Logs.Debug) () =
    let ring =
      match ring_size with
      | Some size when size > 0 -> Some { lines = Array.make size ""; next = 0 }
      | _ -> None
    in
    let report source level ~over k msgf =
      report ch ring console_threshold source level ~over k msgf
    in
    { reporter = { Logs.report }; ring; channel = ch; old_hook = None }

  let reporter t = t.reporter
  let dump_ring = dump_ring

  let set_reporter t =
    Logs.set_reporter t.reporter;
    if t.ring <> None then t.old_hook <- Some (hook t)

  let unset_reporter t =
    match t.old_hook with
    | None -> ()
    | Some old_hook ->
        Lwt.async_exception_hook := old_hook;
        t.old_hook <- None

  let run t f =
    Logs.set_reporter t.reporter;
    match t.ring with
    | None -> f ()
    | Some _ ->
        let old_hook = hook t in
        Lwt.finalize
          (fun () ->
            Lwt.catch f (fun exn ->
                dump_ring t t.channel;
                Lwt.fail exn))
          (fun () ->
            Lwt.async_exception_hook := old_hook;
            Lwt.return_unit)
end
