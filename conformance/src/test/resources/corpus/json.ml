(* SPDX-License-Identifier: Apache-2.0 *)
(* JSON: a parser with positions in its errors, printers, paths, merging, and a check that both ways agree. *)

type t =
  | Null
  | Bool of bool
  | Int of int
  | Float of float
  | String of string
  | List of t list
  | Object of (string * t) list

exception Error of { line : int; column : int; message : string }

module Parser = struct
  type state = { text : string; mutable pos : int }

  let fail st fmt =
    Printf.ksprintf
      (fun message ->
        let line = ref 1 and start = ref 0 in
        for i = 0 to min st.pos (String.length st.text) - 1 do
          if st.text.[i] = '\n' then begin
            incr line;
            start := i + 1
          end
        done;
        raise (Error { line = !line; column = st.pos - !start + 1; message }))
      fmt

  let rec skip st =
    match st.text.[st.pos] with
    | ' ' | '\t' | '\n' | '\r' ->
        st.pos <- st.pos + 1;
        skip st
    | _ -> ()
    | exception Invalid_argument _ -> ()

  let next st =
    if st.pos >= String.length st.text then fail st "unexpected end";
    let c = st.text.[st.pos] in
    st.pos <- st.pos + 1;
    c

  let expect st c =
    let d = next st in
    if c <> d then begin
      st.pos <- st.pos - 1;
      fail st "expected %C, found %C" c d
    end

  let keyword st word value =
    let n = String.length word in
    match String.sub st.text st.pos n with
    | s when s = word ->
        st.pos <- st.pos + n;
        value
    | s -> fail st "%S is no value" s
    | exception Invalid_argument _ -> fail st "unexpected end in %s" word

  let add_utf8 b code =
    let add = Buffer.add_char b in
    if code < 0x80 then add (Char.chr code)
    else if code < 0x800 then begin
      add (Char.chr (0xC0 lor (code lsr 6)));
      add (Char.chr (0x80 lor (code land 0x3F)))
    end
    else begin
      add (Char.chr (0xE0 lor (code lsr 12)));
      add (Char.chr (0x80 lor ((code lsr 6) land 0x3F)));
      add (Char.chr (0x80 lor (code land 0x3F)))
    end

  let string st =
    let b = Buffer.create 16 in
    let rec go () =
      match next st with
      | '"' -> Buffer.contents b
      | '\\' ->
          (match next st with
          | 'n' -> Buffer.add_char b '\n'
          | 't' -> Buffer.add_char b '\t'
          | 'r' -> Buffer.add_char b '\r'
          | 'b' -> Buffer.add_char b '\b'
          | 'f' -> Buffer.add_char b '\012'
          | ('"' | '\\' | '/') as c -> Buffer.add_char b c
          | 'u' -> (
              match int_of_string ("0x" ^ String.sub st.text st.pos 4) with
              | code ->
                  st.pos <- st.pos + 4;
                  add_utf8 b code
              | exception (Failure _ | Invalid_argument _) -> fail st "bad \\u")
          | c -> fail st "bad escape %C" c);
          go ()
      | c when c < ' ' -> fail st "control character %d" (Char.code c)
      | c ->
          Buffer.add_char b c;
          go ()
    in
    go ()

  let number st =
    let from = st.pos in
    let digits () =
      let start = st.pos in
      (try
         while match st.text.[st.pos] with '0' .. '9' -> true | _ -> false do
           st.pos <- st.pos + 1
         done
       with Invalid_argument _ -> ());
      if st.pos = start then fail st "expected a digit"
    in
    let at c = try st.text.[st.pos] = c with Invalid_argument _ -> false in
    if at '-' then st.pos <- st.pos + 1;
    digits ();
    let real = ref false in
    if at '.' then begin
      real := true;
      st.pos <- st.pos + 1;
      digits ()
    end;
    if at 'e' || at 'E' then begin
      real := true;
      st.pos <- st.pos + 1;
      if at '+' || at '-' then st.pos <- st.pos + 1;
      digits ()
    end;
    let s = String.sub st.text from (st.pos - from) in
    if !real then Float (float_of_string s) else try Int (int_of_string s) with Failure _ -> Float (float_of_string s)

  let rec value st =
    skip st;
    match next st with
    | '{' -> Object (members st [])
    | '[' -> List (elements st [])
    | '"' -> String (string st)
    | '-' | '0' .. '9' ->
        st.pos <- st.pos - 1;
        number st
    | 't' | 'f' | 'n' | 'a' .. 'z' as c -> (
        st.pos <- st.pos - 1;
        match c with
        | 't' -> keyword st "true" (Bool true)
        | 'f' -> keyword st "false" (Bool false)
        | 'n' -> keyword st "null" Null
        | c -> fail st "a value cannot begin with %C" c)
    | c ->
        st.pos <- st.pos - 1;
        fail st "a value cannot begin with %C" c

  and elements st acc =
    skip st;
    match st.text.[st.pos] with
    | ']' when acc = [] ->
        st.pos <- st.pos + 1;
        []
    | (exception Invalid_argument _) | _ -> (
        let acc = value st :: acc in
        skip st;
        match next st with
        | ',' -> elements st acc
        | ']' -> List.rev acc
        | c ->
            st.pos <- st.pos - 1;
            fail st "expected ',' or ']', found %C" c)

  and members st acc =
    skip st;
    match (next st, acc) with
    | '}', [] -> []
    | '"', _ -> (
        let key = string st in
        if List.mem_assoc key acc then fail st "%S twice" key;
        skip st;
        expect st ':';
        let acc = (key, value st) :: acc in
        skip st;
        match next st with
        | ',' -> members st acc
        | '}' -> List.rev acc
        | c ->
            st.pos <- st.pos - 1;
            fail st "expected ',' or '}', found %C" c)
    | c, _ ->
        st.pos <- st.pos - 1;
        fail st "expected a key, found %C" c

  let parse text =
    let st = { text; pos = 0 } in
    let v = value st in
    skip st;
    if st.pos < String.length text then fail st "text behind the value";
    v
end

let escape b s =
  Buffer.add_char b '"';
  String.iter
    (function
      | '"' -> Buffer.add_string b "\\\""
      | '\\' -> Buffer.add_string b "\\\\"
      | '\n' -> Buffer.add_string b "\\n"
      | c when c < ' ' -> Printf.bprintf b "\\u%04x" (Char.code c)
      | c -> Buffer.add_char b c)
    s;
  Buffer.add_char b '"'

let number f =
  let s = Printf.sprintf "%.12g" f in
  if String.exists (fun c -> c = '.' || c = 'e') s then s else s ^ ".0"

let rec add_compact b = function
  | Null -> Buffer.add_string b "null"
  | Bool x -> Buffer.add_string b (string_of_bool x)
  | Int n -> Buffer.add_string b (string_of_int n)
  | Float f -> Buffer.add_string b (number f)
  | String s -> escape b s
  | List l -> between b '[' ']' (add_compact b) l
  | Object l ->
      between b '{' '}'
        (fun (k, v) ->
          escape b k;
          Buffer.add_char b ':';
          add_compact b v)
        l

and between : 'a. Buffer.t -> char -> char -> ('a -> unit) -> 'a list -> unit =
 fun b l r f list ->
  Buffer.add_char b l;
  List.iteri
    (fun i x ->
      if i > 0 then Buffer.add_char b ',';
      f x)
    list;
  Buffer.add_char b r

let compact v =
  let b = Buffer.create 64 in
  add_compact b v;
  Buffer.contents b

let rec pp ppf = function
  | List [] -> Format.pp_print_string ppf "[]"
  | List l -> Format.fprintf ppf "@[<hv 2>[ %a@;<1 -2>]@]" (Format.pp_print_list ~pp_sep:comma pp) l
  | Object l -> Format.fprintf ppf "@[<hv 2>{ %a@;<1 -2>}@]" (Format.pp_print_list ~pp_sep:comma pair) l
  | v -> Format.pp_print_string ppf (compact v)

and comma ppf () = Format.fprintf ppf ",@ "
and pair ppf (k, v) = Format.fprintf ppf "@[<hov 2>%S:@ %a@]" k pp v

let rec get path v =
  match (path, v) with
  | [], v -> Some v
  | `Key k :: rest, Object l -> ( match List.assoc k l with v -> get rest v | exception Not_found -> None)
  | `Index i :: rest, List l -> ( match List.nth l i with v -> get rest v | exception (Failure _ | Invalid_argument _) -> None)
  | (`Key _ | `Index _) :: _, _ -> None

let rec merge a b =
  match (a, b) with
  | Object x, Object y ->
      let old = List.map (fun (k, v) -> match List.assoc_opt k y with Some w -> (k, merge v w) | None -> (k, v)) x in
      Object (old @ List.filter (fun (k, _) -> not (List.mem_assoc k x)) y)
  | _, b -> b

let rec depth = function
  | List l -> 1 + List.fold_left (fun d v -> max d (depth v)) 0 l
  | Object l -> 1 + List.fold_left (fun d (_, v) -> max d (depth v)) 0 l
  | _ -> 0

let document =
  {|{"name": "sensor\t7", "ok": true, "nothing": null,
  "readings": [1, -2, 3.25, 1e3, 2.5E-2, 1073741823, 1073741824, -1073741824, 123456789012],
  "where": {"lat": 48.137, "lon": 11.575, "tags": ["roof", "\u00fcber", "\u20ac \"x\" \\ \/"]},
  "empty": [[], {}, [[[ ]]], ""]}|}

let () =
  let v = Parser.parse document in
  print_endline (compact v);
  Format.printf "%a@." pp v;
  List.iter
    (fun (name, path) ->
      Printf.printf "%s = %s\n" name (match get path v with Some v -> compact v | None -> "nothing"))
    [
      ("where.tags[1]", [ `Key "where"; `Key "tags"; `Index 1 ]);
      ("readings[9]", [ `Key "readings"; `Index 9 ]);
      ("readings[-1]", [ `Key "readings"; `Index (-1) ]);
      ("ok.x", [ `Key "ok"; `Key "x" ]);
      ("empty[2]", [ `Key "empty"; `Index 2 ]);
    ];
  Printf.printf "depth %d\n" (depth v);
  let patch = Parser.parse {|{"ok": false, "where": {"alt": 519, "lat": 0}, "new": [1]}|} in
  print_endline (compact (merge v patch))

let () =
  List.iter
    (fun s ->
      match Parser.parse s with
      | v -> Printf.printf "%S is %s\n" s (compact v)
      | exception Error { line; column; message } -> Printf.printf "%S: %d:%d: %s\n" s line column message)
    [ ""; "[1,2"; "[1,]"; "{\"a\":1,\"a\":2}"; "{a:1}"; "nul"; "tru e"; "\"\\x\""; "\"\\u12g4\""; "-"; "1."; "1e"; "[1 2]"; "\n\n [\n  }"; "1 2"; "\"a\001\""; " [ ] "; "{\"\":{}}"; "01" ]

(* Random values, printed and read again *)
let () =
  let seed = ref 12345 in
  let random n =
    seed := ((!seed * 1103) + 12345) land 0xFFFFF;
    (!seed lsr 4) mod n
  in
  let rec value d =
    match random (if d = 0 then 6 else 8) with
    | 0 -> Null
    | 1 -> Bool (random 2 = 0)
    | 2 -> Int (random 100000 - 50000)
    | 3 -> Float (float (random 4096 - 2048) /. 32.)
    | 4 | 5 -> String (String.init (random 9) (fun _ -> Char.chr (1 + random 126)))
    | 6 -> List (List.init (random 5) (fun _ -> value (d - 1)))
    | _ -> Object (List.init (random 4) (fun i -> (Printf.sprintf "k%d%s" i (String.make (random 3) '"'), value (d - 1))))
  in
  let total = ref 0 in
  for i = 1 to 120 do
    let v = value 5 in
    let s = compact v in
    total := !total + String.length s;
    if Parser.parse s <> v then Printf.printf "%d: %s differs\n" i s;
    if Parser.parse (Format.asprintf "%a" pp v) <> v then Printf.printf "%d: %s differs when pretty\n" i s
  done;
  Printf.printf "%d characters\n" !total
