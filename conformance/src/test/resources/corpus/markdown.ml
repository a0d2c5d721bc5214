(* SPDX-License-Identifier: Apache-2.0 *)
(* A small markup language: blocks and inlines parsed to a tree, written as HTML and as wrapped text, with a table of contents. *)

type inline =
  | Text of string
  | Emph of inline list
  | Strong of inline list
  | Code of string
  | Link of inline list * string
  | Break

type block =
  | Heading of int * inline list
  | Para of inline list
  | Items of bool * block list list
  | Quote of block list
  | Pre of string option * string list
  | Rule

(* Inlines: a recursive descent that gives up with an exception and takes the mark as text then. *)
exception No_end

let inlines s =
  let n = String.length s in
  let rec run stop i acc =
    (* [stop i] is the length of the closing mark at [i], if there is one *)
    if i >= n then if stop n = Some 0 then (List.rev acc, n) else raise No_end
    else
      match stop i with
      | Some k when k > 0 -> (List.rev acc, i + k)
      | _ -> (
          match s.[i] with
          | '\\' when i + 1 < n -> run stop (i + 2) (text acc (String.make 1 s.[i + 1]))
          | '`' -> (
              match String.index_from s (i + 1) '`' with
              | j -> run stop (j + 1) (Code (String.sub s (i + 1) (j - i - 1)) :: acc)
              | exception Not_found -> run stop (i + 1) (text acc "`"))
          | '*' when i + 1 < n && s.[i + 1] = '*' -> marked stop i "**" (fun l -> Strong l) acc
          | '*' -> marked stop i "*" (fun l -> Emph l) acc
          | '_' when i = 0 || s.[i - 1] = ' ' -> marked stop i "_" (fun l -> Emph l) acc
          | '[' -> (
              match
                let label, j = run (fun i -> if s.[i] = ']' then Some 1 else None) (i + 1) [] in
                if j < n && s.[j] = '(' then
                  let e = String.index_from s j ')' in
                  (Link (label, String.sub s (j + 1) (e - j - 1)), e + 1)
                else raise No_end
              with
              | link, j -> run stop j (link :: acc)
              | exception (No_end | Not_found | Invalid_argument _) -> run stop (i + 1) (text acc "["))
          | '\n' when i >= 2 && String.sub s (i - 2) 2 = "  " -> run stop (i + 1) (Break :: acc)
          | c -> run stop (i + 1) (text acc (String.make 1 (if c = '\n' then ' ' else c))))
  and text acc s = match acc with Text t :: acc -> Text (t ^ s) :: acc | _ -> Text s :: acc
  and marked stop i mark make acc =
    let k = String.length mark in
    let closes j = match String.sub s j k with m when m = mark && j > i + k && s.[j - 1] <> ' ' -> Some k | _ | (exception Invalid_argument _) -> None in
    match run closes (i + k) [] with
    | inner, j -> run stop j (make inner :: acc)
    | exception No_end -> run stop (i + k) (text acc mark)
  in
  fst (run (fun i -> if i = n then Some 0 else None) 0 [])

(* Blocks *)
let prefix p s = String.length s >= String.length p && String.sub s 0 (String.length p) = p
let drop k s = if k >= String.length s then "" else String.sub s k (String.length s - k)

let item line =
  if prefix "- " line || prefix "* " line then Some (false, 2)
  else
    match String.index line '.' with
    | i when i > 0 && i + 1 < String.length line && line.[i + 1] = ' ' && int_of_string_opt (String.sub line 0 i) <> None -> Some (true, i + 2)
    | _ | (exception Not_found) -> None

let heading line =
  let rec level i = if i < String.length line && line.[i] = '#' then level (i + 1) else i in
  match level 0 with
  | k when k >= 1 && k <= 6 && k < String.length line && line.[k] = ' ' -> Some (k, String.trim (drop k line))
  | _ -> None

let rec blocks lines =
  match lines with
  | [] -> []
  | line :: rest when String.trim line = "" -> blocks rest
  | line :: rest -> (
      match (heading line, item line) with
      | Some (k, t), _ -> Heading (k, inlines t) :: blocks rest
      | None, Some (ordered, _) -> list ordered [] lines
      | None, None ->
          if prefix "```" line then fenced (drop 3 line) [] rest
          else if prefix "> " line || line = ">" then
            let rec take acc = function l :: r when prefix ">" l -> take (drop (if prefix "> " l then 2 else 1) l :: acc) r | r -> (List.rev acc, r) in
            let inner, rest = take [] lines in
            Quote (blocks inner) :: blocks rest
          else if String.length line >= 3 && String.for_all (( = ) '-') line then Rule :: blocks rest
          else
            let rec take acc = function
              | l :: r when String.trim l <> "" && heading l = None && item l = None && not (prefix "```" l || prefix ">" l) -> take (l :: acc) r
              | r -> (List.rev acc, r)
            in
            let text, rest = take [] lines in
            Para (inlines (String.concat "\n" text)) :: blocks rest)

and fenced lang acc = function
  | l :: rest when prefix "```" l -> Pre ((if lang = "" then None else Some lang), List.rev acc) :: blocks rest
  | l :: rest -> fenced lang (l :: acc) rest
  | [] -> [ Pre (None, List.rev ("(open)" :: acc)) ]

and list ordered acc lines =
  match lines with
  | line :: rest when (match item line with Some (o, _) -> o = ordered | None -> false) ->
      let indent = match item line with Some (_, k) -> k | None -> assert false in
      let pad = String.make indent ' ' in
      let rec take acc = function
        | l :: r when prefix pad l -> take (drop indent l :: acc) r
        | "" :: (l :: _ as r) when prefix pad l -> take ("" :: acc) r
        | r -> (List.rev acc, r)
      in
      let inner, rest = take [ drop indent line ] rest in
      list ordered (blocks inner :: acc) rest
  | rest -> Items (ordered, List.rev acc) :: blocks rest

(* HTML *)
let escape s =
  let b = Buffer.create (String.length s + 8) in
  String.iter (function '<' -> Buffer.add_string b "&lt;" | '>' -> Buffer.add_string b "&gt;" | '&' -> Buffer.add_string b "&amp;" | '"' -> Buffer.add_string b "&quot;" | c -> Buffer.add_char b c) s;
  Buffer.contents b

let rec html_inline b = function
  | Text s -> Buffer.add_string b (escape s)
  | Emph l -> tag b "em" (fun () -> List.iter (html_inline b) l)
  | Strong l -> tag b "strong" (fun () -> List.iter (html_inline b) l)
  | Code s -> tag b "code" (fun () -> Buffer.add_string b (escape s))
  | Link (l, url) ->
      Printf.bprintf b "<a href=\"%s\">" (escape url);
      List.iter (html_inline b) l;
      Buffer.add_string b "</a>"
  | Break -> Buffer.add_string b "<br>"

and tag b name f =
  Printf.bprintf b "<%s>" name;
  f ();
  Printf.bprintf b "</%s>" name

let rec html b = function
  | Heading (k, l) -> tag b ("h" ^ string_of_int k) (fun () -> List.iter (html_inline b) l); Buffer.add_char b '\n'
  | Para l -> tag b "p" (fun () -> List.iter (html_inline b) l); Buffer.add_char b '\n'
  | Items (ordered, items) ->
      tag b (if ordered then "ol" else "ul") (fun () ->
          List.iter (fun i -> tag b "li" (fun () -> match i with [ Para l ] -> List.iter (html_inline b) l | i -> List.iter (html b) i)) items);
      Buffer.add_char b '\n'
  | Quote l -> tag b "blockquote" (fun () -> List.iter (html b) l); Buffer.add_char b '\n'
  | Pre (lang, lines) ->
      Printf.bprintf b "<pre%s>%s</pre>\n" (match lang with Some l -> Printf.sprintf " class=%S" l | None -> "") (escape (String.concat "\n" lines))
  | Rule -> Buffer.add_string b "<hr>\n"

(* Text in so many columns *)
let rec plain = function
  | Text s -> s
  | Emph l -> "/" ^ plains l ^ "/"
  | Strong l -> String.uppercase_ascii (plains l)
  | Code s -> "'" ^ s ^ "'"
  | Link (l, u) -> plains l ^ " <" ^ u ^ ">"
  | Break -> "\n"

and plains l = String.concat "" (List.map plain l)

let wrap width s =
  List.concat_map
    (fun line ->
      let words = List.filter (( <> ) "") (String.split_on_char ' ' line) in
      let flush line out = if line = "" then out else line :: out in
      let line, out =
        List.fold_left
          (fun (line, out) w -> if line = "" then (w, out) else if String.length line + 1 + String.length w <= width then (line ^ " " ^ w, out) else (w, line :: out))
          ("", []) words
      in
      List.rev (flush line out))
    (String.split_on_char '\n' s)

let rec text width = function
  | Heading (k, l) ->
      let t = plains l in
      [ t; String.make (String.length t) (if k = 1 then '=' else '-') ]
  | Para l -> wrap width (plains l)
  | Items (ordered, items) ->
      List.concat
        (List.mapi
           (fun i item ->
             let mark = if ordered then Printf.sprintf "%2d. " (i + 1) else "  * " in
             List.mapi (fun j l -> (if j = 0 then mark else "    ") ^ l) (List.concat_map (text (width - 4)) item))
           items)
  | Quote l -> List.map (( ^ ) "| ") (List.concat_map (text (width - 2)) l)
  | Pre (_, lines) -> List.map (( ^ ) "    ") lines
  | Rule -> [ String.make width '~' ]

let contents doc =
  let numbers = Array.make 7 0 in
  List.filter_map
    (function
      | Heading (k, l) ->
          numbers.(k) <- numbers.(k) + 1;
          Array.fill numbers (k + 1) (6 - k) 0;
          Some (String.concat "." (List.init k (fun i -> string_of_int numbers.(i + 1))) ^ " " ^ plains l)
      | _ -> None)
    doc

let document =
  {|# A *small* manual

Some text with **strong _and_ emphasised** words, `code <b>` and
a [link to *it*](http://x.y/?a=1&b=2), a * lone star,
an [open bracket and 2 \* 3 and **no end.
A line  
broken by hand.

## Lists

- first item
  with a second line
- second

  - inner `a`
  - inner b
    > quoted in a list
    > twice
- third

1. one
2. two
10. ten

> # Quoted heading
> text & more
>
> - in a quote

### Deep
```ocaml
let x = "<tag>" && true
  in x
```
---
## Lists again
last *words*
```
never closed|}

let () =
  let doc = blocks (String.split_on_char '\n' document) in
  let b = Buffer.create 1000 in
  List.iter (html b) doc;
  print_string (Buffer.contents b);
  List.iter print_endline (contents doc);
  List.iter (fun block -> List.iter print_endline (text 38 block); print_newline ()) doc

(* Text of many words, wrapped to each width: no line too long, no word lost. *)
let () =
  let words = List.init 120 (fun i -> String.make (1 + (i * i mod 11)) (Char.chr (97 + (i mod 26)))) in
  let s = String.concat " " words in
  for width = 12 to 40 do
    let lines = wrap width s in
    if List.exists (fun l -> String.length l > width) lines then Printf.printf "%d: too long\n" width;
    if String.concat " " lines <> s then Printf.printf "%d: not the same words\n" width;
    if width mod 7 = 0 then Printf.printf "%d: %d lines\n" width (List.length lines)
  done
