(* SPDX-License-Identifier: Apache-2.0 *)

let user = 1

let severity = function
  | Logs.Error -> 3
  | Logs.Warning -> 4
  | Logs.App | Logs.Info -> 6
  | Logs.Debug -> 7

let months = [| "Jan"; "Feb"; "Mar"; "Apr"; "May"; "Jun"; "Jul"; "Aug"; "Sep"; "Oct"; "Nov"; "Dec" |]

let timestamp (days, ps) =
  let _, month, day = Mirage_logs.date days in
  let second = Int64.to_int (Int64.div ps 1_000_000_000_000L) in
  Printf.sprintf "%s %2d %02d:%02d:%02d" months.(month - 1) day (second / 3600) (second / 60 mod 60) (second mod 60)

let printable c = if c < ' ' || c = '\127' then ' ' else c

let line ~now ~hostname ~tag ?truncate level text =
  let head = Printf.sprintf "<%d>%s %s %s: " ((8 * user) + severity level) (timestamp now) hostname tag in
  let line = head ^ String.map printable text in
  match truncate with
  | Some most when String.length line > most -> String.sub line 0 (max 0 most)
  | Some _ | None -> line
