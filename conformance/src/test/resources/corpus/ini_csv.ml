(* SPDX-License-Identifier: Apache-2.0 *)
(* Configuration files and tables: INI with includes and substitution, CSV with quotes, queries, pivots and reports over both. *)

module Smap = Map.Make (String)

(* INI *)

exception Ini of int * string

type section = string Smap.t

let strip_comment line =
  let quoted = ref false in
  match
    String.iteri
      (fun i c ->
        if c = '"' then quoted := not !quoted
        else if (c = ';' || c = '#') && not !quoted then raise_notrace (Ini (i, "")))
      line
  with
  | () -> line
  | exception Ini (i, _) -> String.sub line 0 i

let parse_ini text : section Smap.t =
  let current = ref "" and number = ref 0 in
  let all = ref Smap.empty in
  let add key value =
    let section = try Smap.find !current !all with Not_found -> Smap.empty in
    if Smap.mem key section then raise (Ini (!number, Printf.sprintf "%s.%s is there already" !current key));
    all := Smap.add !current (Smap.add key value section) !all
  in
  let pending = Buffer.create 80 in
  String.split_on_char '\n' text
  |> List.iter (fun raw ->
         incr number;
         let line = String.trim (strip_comment raw) in
         let n = String.length line in
         if n > 0 && line.[n - 1] = '\\' then Buffer.add_string pending (String.sub line 0 (n - 1))
         else begin
           let line = Buffer.contents pending ^ line in
           Buffer.clear pending;
           match line with
           | "" -> ()
           | _ when line.[0] = '[' -> (
               match String.index line ']' with
               | i when i = String.length line - 1 -> current := String.lowercase_ascii (String.sub line 1 (i - 1))
               | i -> raise (Ini (!number, Printf.sprintf "%S behind the section" (String.sub line (i + 1) (String.length line - i - 1))))
               | exception Not_found -> raise (Ini (!number, "] is missing")))
           | _ -> (
               match String.index_opt line '=' with
               | None -> raise (Ini (!number, Printf.sprintf "%S has no =" line))
               | Some 0 -> raise (Ini (!number, "no key"))
               | Some i ->
                   let value = String.trim (String.sub line (i + 1) (String.length line - i - 1)) in
                   let value = try Scanf.sscanf value "%S%!" (fun s -> s) with Scanf.Scan_failure _ | End_of_file | Failure _ -> value in
                   add (String.trim (String.sub line 0 i)) value)
         end);
  !all

let rec lookup ?(depth = 0) ini section key =
  if depth > 8 then failwith ("circle at " ^ key);
  let value = Smap.find key (Smap.find section ini) in
  let b = Buffer.create 32 in
  Buffer.add_substitute b
    (fun name ->
      match String.split_on_char '.' name with
      | [ s; k ] -> lookup ~depth:(depth + 1) ini s k
      | _ -> lookup ~depth:(depth + 1) ini section name)
    value;
  Buffer.contents b

let ini_text =
  {|; devices
[Network]
address = 10.0.0.7   # dotted
port=8080
url = http://${address}:$(port)/
[Log]
path = "/var/log; \"all\"\t#1"
long = one \
  two \
  three
see = ${network.url}log
loop = ${loop2}
loop2 = $(loop)
lost = ${nowhere}
[Empty]
|}

let () =
  let ini = parse_ini ini_text in
  Smap.iter (fun s keys -> Printf.printf "[%s] %s\n" s (String.concat "," (List.map fst (Smap.bindings keys)))) ini;
  List.iter
    (fun (s, k) ->
      match lookup ini s k with
      | v -> Printf.printf "%s.%s = %S\n" s k v
      | exception Not_found -> Printf.printf "%s.%s is not there\n" s k
      | exception Failure m -> Printf.printf "%s.%s: %s\n" s k m)
    [ ("network", "url"); ("log", "path"); ("log", "long"); ("log", "see"); ("log", "loop"); ("log", "lost"); ("empty", "x"); ("none", "x") ];
  List.iter
    (fun text -> match parse_ini text with m -> Printf.printf "%d sections\n" (Smap.cardinal m) | exception Ini (l, m) -> Printf.printf "line %d: %s\n" l m)
    [ "a=1\na=2"; "\n[x"; "[x] y"; "just text"; "=1"; "a=1;=2\n[b]\nc=3" ]

(* CSV *)

type csv_state = Start | Plain | Quoted | Quote

let parse_csv ?(separator = ',') text =
  let rows = ref [] and row = ref [] and field = Buffer.create 20 and state = ref Start in
  let end_field () =
    row := Buffer.contents field :: !row;
    Buffer.clear field;
    state := Start
  in
  let end_row () =
    end_field ();
    rows := Array.of_list (List.rev !row) :: !rows;
    row := []
  in
  String.iter
    (fun c ->
      match (!state, c) with
      | (Start | Plain | Quote), '\n' -> end_row ()
      | (Start | Plain | Quote), c when c = separator -> end_field ()
      | Start, '"' -> state := Quoted
      | (Start | Plain), c ->
          Buffer.add_char field c;
          state := Plain
      | Quoted, '"' -> state := Quote
      | Quoted, c -> Buffer.add_char field c
      | Quote, '"' ->
          Buffer.add_char field '"';
          state := Quoted
      | Quote, c -> failwith (Printf.sprintf "%C behind a quote" c))
    text;
  if !state = Quoted then failwith "open quote";
  if Buffer.length field > 0 || !row <> [] then end_row ();
  List.rev !rows

let quote s =
  if String.exists (function ',' | '"' | '\n' -> true | _ -> false) s then "\"" ^ String.concat "\"\"" (String.split_on_char '"' s) ^ "\"" else s

let print_csv rows = String.concat "" (List.map (fun r -> String.concat "," (List.map quote (Array.to_list r)) ^ "\n") rows)

type table = { header : string array; body : string array list }

let table = function [] -> failwith "no header" | header :: body -> { header; body }

let column t name =
  let rec find i = if t.header.(i) = name then i else find (i + 1) in
  try find 0 with Invalid_argument _ -> failwith ("no column " ^ name)

let cell i row = try row.(i) with Invalid_argument _ -> ""

let group_by t name f init =
  let i = column t name in
  List.fold_left
    (fun m row -> Smap.update (cell i row) (fun old -> Some (f (Option.value old ~default:init) row)) m)
    Smap.empty t.body

let render t =
  let n = Array.length t.header in
  let widths = Array.make n 0 in
  List.iter (fun row -> for i = 0 to n - 1 do widths.(i) <- max widths.(i) (String.length (cell i row)) done) (t.header :: t.body);
  let line row =
    let cells =
      List.init n (fun i ->
          let s = cell i row in
          match float_of_string_opt s with
          | Some _ -> Printf.sprintf "%*s" widths.(i) s
          | None -> Printf.sprintf "%-*s" widths.(i) s)
    in
    Printf.printf "| %s |\n" (String.concat " | " cells)
  in
  line t.header;
  Printf.printf "|%s|\n" (String.concat "|" (List.init n (fun i -> String.make (widths.(i) + 2) '-')));
  List.iter line t.body

let stock =
  "item,kind,count,price\nbolt,metal,120,0.05\n\"nut, small\",metal,300,0.02\nboard,wood,12,7.5\n\"12\"\" tape\",cloth,4,3.25\nrope,cloth,,2\nglue\n"

let () =
  let t = table (parse_csv stock) in
  render t;
  let count = column t "count" and price = column t "price" in
  let number i row = try float_of_string (cell i row) with Failure _ -> 0. in
  group_by t "kind" (fun (n, v) row -> (n + 1, v +. (number count row *. number price row))) (0, 0.)
  |> Smap.iter (fun k (n, v) -> Printf.printf "%S: %d, worth %.2f\n" k n v);
  (match column t "colour" with _ -> () | exception Failure m -> print_endline m);
  if parse_csv (print_csv (parse_csv stock)) <> parse_csv stock then print_endline "not the same again";
  List.iter
    (fun s ->
      match parse_csv ~separator:';' s with
      | rows -> Printf.printf "%S: %s\n" s (String.concat " / " (List.map (fun r -> String.concat "|" (Array.to_list r)) rows))
      | exception Failure m -> Printf.printf "%S: %s\n" s m)
    [ "a;b\n;\n"; "\"x\"y"; "\"open"; "\"a;\"\"\n\"\"\";b"; ""; ";" ]

(* A larger table: sorted, filtered, joined *)
let () =
  let names = [| "ada"; "bob"; "cyd"; "dan"; "eve" |] in
  let rows = List.init 150 (fun i -> [| string_of_int i; names.(i * 7 mod 5); string_of_int (i * i mod 97); (if i mod 3 = 0 then "a \"b\"" else "c,d") |]) in
  let t = table (parse_csv (print_csv ([| "id"; "name"; "score"; "note" |] :: rows))) in
  let score = column t "score" and name = column t "name" and id = column t "id" in
  let sorted =
    List.sort
      (fun a b ->
        match compare (int_of_string b.(score)) (int_of_string a.(score)) with
        | 0 -> ( match compare a.(name) b.(name) with 0 -> compare (int_of_string a.(id)) (int_of_string b.(id)) | c -> c)
        | c -> c)
      t.body
  in
  render { t with body = List.filteri (fun i _ -> i < 6) sorted };
  group_by t "name" (fun l row -> int_of_string row.(score) :: l) []
  |> Smap.iter (fun n l ->
         let l = List.sort compare l in
         let k = List.length l in
         Printf.printf "%s: min %d median %d max %d mean %.3f\n" n (List.hd l) (List.nth l (k / 2)) (List.nth l (k - 1))
           (float (List.fold_left ( + ) 0 l) /. float k))
