(* SPDX-License-Identifier: Apache-2.0 *)
(* Calendars: Gregorian and Julian day numbers with floor division, ISO weeks, Easter, months printed, durations, time zones as rules, a cron, Maya and Roman dates, strftime. *)

(* Floor division, which stock division is not *)
let ( /: ) a b = let q = a / b in if a mod b <> 0 && (a < 0) <> (b < 0) then q - 1 else q
let ( %: ) a b = a - (b * (a /: b))

type date = { y : int; m : int; d : int }

exception No_date of date

let leap y = y %: 4 = 0 && (y %: 100 <> 0 || y %: 400 = 0)
let month_days y = function 2 -> if leap y then 29 else 28 | 4 | 6 | 9 | 11 -> 30 | m when m >= 1 && m <= 12 -> 31 | m -> invalid_arg (Printf.sprintf "month %d" m)
let check ({ y; m; d } as date) = match month_days y m with n when d >= 1 && d <= n -> date | _ | (exception Invalid_argument _) -> raise (No_date date)

(* Days since 1970-01-01 *)
let to_days { y; m; d } =
  let y = if m <= 2 then y - 1 else y in
  let era = y /: 400 in
  let yoe = y - (era * 400) in
  let doy = (((153 * (m + if m > 2 then -3 else 9)) + 2) / 5) + d - 1 in
  (era * 146097) + (yoe * 365) + (yoe / 4) - (yoe / 100) + doy - 719468

let of_days z =
  let z = z + 719468 in
  let era = z /: 146097 in
  let doe = z - (era * 146097) in
  let yoe = (doe - (doe / 1460) + (doe / 36524) - (doe / 146096)) / 365 in
  let doy = doe - ((365 * yoe) + (yoe / 4) - (yoe / 100)) in
  let mp = ((5 * doy) + 2) / 153 in
  let m = if mp < 10 then mp + 3 else mp - 9 in
  { y = (yoe + (era * 400) + if m <= 2 then 1 else 0); m; d = doy - (((153 * mp) + 2) / 5) + 1 }

let weekday z = (z + 3) %: 7 (* Monday is 0 *)
let names = [| "Mon"; "Tue"; "Wed"; "Thu"; "Fri"; "Sat"; "Sun" |]
let months = [| "January"; "February"; "March"; "April"; "May"; "June"; "July"; "August"; "September"; "October"; "November"; "December" |]

let show { y; m; d } = Printf.sprintf "%04d-%02d-%02d" y m d

(* The slow way, day by day, to check the fast one *)
let next { y; m; d } = if d < month_days y m then { y; m; d = d + 1 } else if m < 12 then { y; m = m + 1; d = 1 } else { y = y + 1; m = 1; d = 1 }

let () =
  let d = ref { y = 1895; m = 12; d = 30 } and z = ref (to_days { y = 1895; m = 12; d = 30 }) and wrong = ref 0 in
  for _ = 1 to 12000 do
    d := next !d;
    incr z;
    if to_days !d <> !z || of_days !z <> !d then incr wrong
  done;
  Printf.printf "%s is day %d, %d wrong\n" (show !d) !z !wrong;
  let wrong = ref 0 in
  let z = ref (-800000) in
  while !z < 800000 do
    if to_days (of_days !z) <> !z then incr wrong;
    z := !z + 997
  done;
  Printf.printf "far away: %d wrong, %s to %s\n" !wrong (show (of_days (-800000))) (show (of_days 800000));
  List.iter
    (fun d -> match check d with d -> Printf.printf "%s is a %s\n" (show d) names.(weekday (to_days d)) | exception No_date { y; m; d } -> Printf.printf "no %d/%d/%d\n" d m y)
    [ { y = 2000; m = 2; d = 29 }; { y = 1900; m = 2; d = 29 }; { y = 1969; m = 7; d = 20 }; { y = 2024; m = 13; d = 1 }; { y = -44; m = 3; d = 15 }; { y = 2024; m = 4; d = 31 }; { y = 0; m = 2; d = 29 } ]

(* Weeks of ISO 8601 *)
let iso z =
  let w = weekday z in
  let thursday = of_days (z - w + 3) in
  let first = to_days { thursday with m = 1; d = 1 } in
  (thursday.y, ((z - w + 3 - first) / 7) + 1, w + 1)

let () =
  List.iter
    (fun (y, m, d) -> let z = to_days { y; m; d } in let y', w, k = iso z in Printf.printf "%04d-%02d-%02d %04d-W%02d-%d\n" y m d y' w k)
    [ (2005, 1, 1); (2005, 12, 31); (2008, 12, 29); (2010, 1, 3); (2020, 12, 31); (2021, 1, 4); (1977, 1, 1) ];
  let long = List.filter (fun y -> let _, w, _ = iso (to_days { y; m = 12; d = 28 }) in w = 53) (List.init 50 (fun i -> 2000 + i)) in
  Printf.printf "53 weeks: %s\n" (String.concat " " (List.map string_of_int long))

(* Easter, two ways *)
let gauss y =
  let a = y mod 19 and b = y / 100 and c = y mod 100 in
  let d = b / 4 and e = b mod 4 and f = (b + 8) / 25 in
  let g = (b - f + 1) / 3 in
  let h = ((19 * a) + b - d - g + 15) mod 30 in
  let i = c / 4 and k = c mod 4 in
  let l = (32 + (2 * e) + (2 * i) - h - k) mod 7 in
  let m = (a + (11 * h) + (22 * l)) / 451 in
  let n = h + l - (7 * m) + 114 in
  { y; m = n / 31; d = (n mod 31) + 1 }

let full_moon y =
  let a = y mod 19 and c = y / 100 in
  let p = (13 + (8 * c)) / 25 in
  let m = (15 - p + c - (c / 4)) mod 30 and n = (4 + c - (c / 4)) mod 7 in
  let d = ((19 * a) + m) mod 30 in
  let e = ((2 * (y mod 4)) + (4 * (y mod 7)) + (6 * d) + n) mod 7 in
  match (d, e) with 29, 6 -> { y; m = 4; d = 19 } | 28, 6 when (11 * m + 11) mod 30 < 19 -> { y; m = 4; d = 18 } | d, e when d + e < 10 -> { y; m = 3; d = 22 + d + e } | d, e -> { y; m = 4; d = d + e - 9 }

let () =
  let wrong = ref 0 in
  for y = 1700 to 2199 do if gauss y <> full_moon y || weekday (to_days (gauss y)) <> 6 then incr wrong done;
  Printf.printf "Easter: %s, %d wrong\n" (String.concat " " (List.map (fun y -> show (gauss y)) [ 1818; 1943; 2000; 2024; 2038 ])) !wrong;
  let count = Hashtbl.create 40 in
  for y = 1900 to 2099 do let e = gauss y in let k = (e.m, e.d) in Hashtbl.replace count k (1 + Option.value ~default:0 (Hashtbl.find_opt count k)) done;
  let best = Hashtbl.fold (fun k n (bk, bn) -> if n > bn || (n = bn && k < bk) then (k, n) else (bk, bn)) count ((0, 0), 0) in
  let (m, d), n = best in
  Printf.printf "most often on %d %s: %d times\n" d months.(m - 1) n

(* A month on paper *)
let print_month y m =
  let first = weekday (to_days { y; m; d = 1 }) and n = month_days y m in
  let title = Printf.sprintf "%s %d" months.(m - 1) y in
  Printf.printf "%*s\n Mo Tu We Th Fr Sa Su\n%s" ((21 + String.length title) / 2) title (String.make (3 * first) ' ');
  for d = 1 to n do
    Printf.printf "%3d%s" d (if (first + d) mod 7 = 0 || d = n then "\n" else "")
  done

let () = print_month 2024 2; print_month 1752 9; match print_month 2024 0 with () -> () | exception Invalid_argument m -> print_endline m

(* Times with zones: offsets by rules, summer time from the last Sunday of March to that of October *)
type zone = { name : string; offset : int; summer : bool }

let last_sunday y m = let z = to_days { y; m; d = month_days y m } in z - ((weekday z + 1) %: 7)
let local zone (days, secs) =
  let y = (of_days days).y in
  let point m = (last_sunday y m, 3600) in
  let offset = zone.offset + if zone.summer && compare (days, secs) (point 3) >= 0 && compare (days, secs) (point 10) < 0 then 60 else 0 in
  let s = secs + (offset * 60) in
  (days + (s /: 86400), s %: 86400, offset)

let format_time fmt (days, secs, offset) =
  let { y; m; d } = of_days days in
  let b = Buffer.create 40 in
  let rec go i =
    match fmt.[i] with
    | '%' ->
        (match fmt.[i + 1] with
        | 'Y' -> Printf.bprintf b "%04d" y | 'm' -> Printf.bprintf b "%02d" m | 'd' -> Printf.bprintf b "%02d" d | 'e' -> Printf.bprintf b "%2d" d
        | 'H' -> Printf.bprintf b "%02d" (secs / 3600) | 'M' -> Printf.bprintf b "%02d" (secs / 60 mod 60) | 'S' -> Printf.bprintf b "%02d" (secs mod 60)
        | 'I' -> Printf.bprintf b "%02d" (match secs / 3600 mod 12 with 0 -> 12 | h -> h) | 'p' -> Buffer.add_string b (if secs < 43200 then "AM" else "PM")
        | 'a' -> Buffer.add_string b names.(weekday days) | 'b' -> Buffer.add_string b (String.sub months.(m - 1) 0 3) | 'B' -> Buffer.add_string b months.(m - 1)
        | 'j' -> Printf.bprintf b "%03d" (days - to_days { y; m = 1; d = 1 } + 1) | 'z' -> Printf.bprintf b "%c%02d%02d" (if offset < 0 then '-' else '+') (abs offset / 60) (abs offset mod 60)
        | '%' -> Buffer.add_char b '%' | c -> Printf.bprintf b "<%c?>" c);
        go (i + 2)
    | c -> Buffer.add_char b c; go (i + 1)
    | exception Invalid_argument _ -> if i > String.length fmt then Buffer.add_string b "%" 
  in
  go 0;
  Buffer.contents b

let () =
  let zones = [ { name = "UTC"; offset = 0; summer = false }; { name = "Berlin"; offset = 60; summer = true }; { name = "Kathmandu"; offset = 345; summer = false }; { name = "Marquesas"; offset = -570; summer = false } ] in
  List.iter
    (fun (y, m, d, h) -> List.iter (fun z -> Printf.printf "%-10s %s\n" z.name (format_time "%a %e %b %Y %I:%M:%S %p %z day %j %q 100%%" (local z (to_days { y; m; d }, h * 3600)))) zones)
    [ (2024, 3, 31, 0); (2024, 3, 31, 1); (1969, 12, 31, 23); (2024, 10, 27, 1) ]

(* A cron: fields as bit sets; an hour of 60 minutes is more than an int has bits, so minutes are lists *)
type field = Any | Each of int list | Every of int

let parse_field s =
  match (s, String.index_opt s '/') with
  | "*", _ -> Any
  | s, Some i -> Every (int_of_string (String.sub s (i + 1) (String.length s - i - 1)))
  | s, None -> Each (List.map int_of_string (String.split_on_char ',' s))

let matches f v = match f with Any -> true | Each l -> List.mem v l | Every k -> v mod k = 0

let () =
  List.iter
    (fun line ->
      match List.map parse_field (String.split_on_char ' ' line) with
      | [ minute; hour; day; month; week ] ->
          let found = ref [] and days = ref (to_days { y = 2023; m = 12; d = 30 }) in
          (try
             for _ = 1 to 500 do
               let { y; m; d } = of_days !days in
               if matches month m && matches day d && matches week (weekday !days + 1) then
                 for h = 0 to 23 do
                   if matches hour h then
                     for k = 0 to 59 do
                       if matches minute k then begin
                         found := Printf.sprintf "%04d-%02d-%02d %02d:%02d" y m d h k :: !found;
                         if List.length !found = 4 then raise_notrace Exit
                       end
                     done
                 done;
               incr days
             done
           with Exit -> ());
          Printf.printf "%s: %s\n" line (String.concat ", " (List.rev !found))
      | _ -> Printf.printf "%s: five fields, please\n" line
      | exception Failure m -> Printf.printf "%s: %s\n" line m)
    [ "0 0 29 2 *"; "*/20 8,17 * * 1"; "5 4 * * 7"; "0 0 31 4 *"; "a * * * *"; "* *" ]

let rec roman n = let rec go n = function (v, s) :: l as all -> if n >= v then s ^ go (n - v) all else go n l | [] -> "" in if n < 0 then "-" ^ roman (-n) else go n [ (1000, "M"); (900, "CM"); (500, "D"); (400, "CD"); (100, "C"); (90, "XC"); (50, "L"); (40, "XL"); (10, "X"); (9, "IX"); (5, "V"); (4, "IV"); (1, "I") ]

let () =
  let maya z = let n = z + 2440588 - 584283 in Printf.sprintf "%d.%d.%d.%d.%d" (n /: 144000) (n %: 144000 / 7200) (n %: 7200 / 360) (n %: 360 / 20) (n %: 20) in
  List.iter (fun d -> Printf.printf "%s: %s, %s\n" (show d) (maya (to_days d)) (roman d.y)) [ { y = 2012; m = 12; d = 21 }; { y = 1999; m = 1; d = 1 }; { y = -3113; m = 8; d = 11 } ]
