(* SPDX-License-Identifier: Apache-2.0 *)
(* Paragraphs: greedy and optimal line breaks (dynamic programming, memoised recursion, and a backward array), hyphens, justified, centred, columns. *)

let text =
  "Early on a grey morning the keeper of the lighthouse climbed the two hundred steps, as he had done for thirty years, and found the great lamp already burning. Nobody else lived on the island, which was nothing but a rock with gulls, and the boat came once in a fortnight whenever the weather was kind. He sat down beside the lamp, astonished, and wondered whether beautiful old machines remember their duty by themselves."

let words s = List.filter (( <> ) "") (String.split_on_char ' ' s)

type cost = { total : int; lines : int }

(* Greedy *)
let greedy width l =
  let rec go line len acc = function
    | [] -> List.rev (List.rev line :: acc)
    | w :: rest ->
        let n = String.length w in
        if line <> [] && len + 1 + n > width then go [ w ] n (List.rev line :: acc) rest
        else go (w :: line) (if line = [] then n else len + 1 + n) acc rest
  in
  if l = [] then [] else go [] 0 [] l

exception Too_long of string

let badness width len last = if len > width then None else if last then Some 0 else Some ((width - len) * (width - len))

(* From the end, on arrays *)
let optimal width l =
  let w = Array.of_list l in
  let n = Array.length w in
  let best = Array.make (n + 1) 0 and next = Array.make (n + 1) n in
  for i = n - 1 downto 0 do
    best.(i) <- max_int;
    let len = ref (-1) in
    (try
       for j = i to n - 1 do
         len := !len + 1 + String.length w.(j);
         match badness width !len (j = n - 1) with
         | None -> if j = i then raise (Too_long w.(i)) else raise_notrace Exit
         | Some b ->
             if best.(j + 1) < max_int && b + best.(j + 1) < best.(i) then begin
               best.(i) <- b + best.(j + 1);
               next.(i) <- j + 1
             end
       done
     with Exit -> ())
  done;
  let rec lines i = if i >= n then [] else Array.to_list (Array.sub w i (next.(i) - i)) :: lines next.(i) in
  (best.(0), lines 0)

(* The same by recursion with a table *)
let memoised width l =
  let table = Hashtbl.create 64 in
  let rec best l =
    match l with
    | [] -> 0
    | _ -> (
        let key = List.length l in
        try Hashtbl.find table key
        with Not_found ->
          let rec try_lines len l =
            match l with
            | [] -> max_int
            | w :: rest -> (
                let len = len + 1 + String.length w in
                match badness width len (rest = []) with
                | None -> max_int
                | Some b -> ( match best rest with r when r = max_int -> try_lines len rest | r -> min (b + r) (try_lines len rest)))
          in
          let r = try_lines (-1) l in
          Hashtbl.add table key r;
          r)
  in
  best l

let cost width lines =
  let n = List.length lines in
  List.fold_left
    (fun (i, c) line ->
      let len = List.fold_left (fun s w -> s + 1 + String.length w) (-1) line in
      (i + 1, match badness width len (i = n - 1) with Some b -> { total = c.total + b; lines = c.lines + 1 } | None -> raise (Too_long (String.concat " " line))))
    (0, { total = 0; lines = 0 })
    lines
  |> snd

(* Justified: gaps from alternating sides, so that there are no rivers *)
let justify width index line =
  match line with
  | [] | [ _ ] -> String.concat "" line
  | _ ->
      let letters = List.fold_left (fun s w -> s + String.length w) 0 line in
      let gaps = List.length line - 1 in
      let space = width - letters in
      let q = space / gaps and r = space mod gaps in
      let b = Buffer.create width in
      List.iteri
        (fun i w ->
          if i > 0 then begin
            let wide = if index land 1 = 0 then i <= r else i > gaps - r in
            Buffer.add_string b (String.make (if wide then q + 1 else q) ' ')
          end;
          Buffer.add_string b w)
        line;
      Buffer.contents b

let centre width s =
  let k = width - String.length s in
  if k <= 0 then s else String.make (k / 2) ' ' ^ s ^ String.make (k - (k / 2)) ' '

let () =
  let l = words text in
  List.iter
    (fun width ->
      match (greedy width l, optimal width l) with
      | g, (best, o) ->
          let cg = cost width g and co = cost width o in
          Printf.printf "%d: greedy %d in %d lines, optimal %d in %d%s\n" width cg.total cg.lines co.total co.lines
            (if co.total = best && best = memoised width l && best <= cg.total then "" else " WRONG");
          if width = 36 then
            List.iteri (fun i line -> Printf.printf "|%-36s|%-36s|\n" (if i = co.lines - 1 then String.concat " " line else justify width i line) (try String.concat " " (List.nth g i) with Failure _ -> "")) o
      | exception Too_long w -> Printf.printf "%d: %s is too long\n" width w)
    [ 8; 10; 17; 24; 36; 50; 72; 500 ]

(* Hyphens at given places: each word a list of parts *)
let hyphenate = function
  | "beautiful" -> [ "beau"; "ti"; "ful" ] | "astonished," -> [ "as"; "ton"; "ished," ] | "whenever" -> [ "when"; "ever" ] | "lighthouse" -> [ "light"; "house" ]
  | "remember" -> [ "re"; "mem"; "ber" ] | "fortnight" -> [ "fort"; "night" ] | "themselves." -> [ "them"; "selves." ] | "machines" -> [ "ma"; "chines" ] | w -> [ w ]

let with_hyphens width l =
  let rec fill line len acc = function
    | [] -> List.rev (line :: acc)
    | w :: rest ->
        let n = String.length w in
        if line = "" && n <= width then fill w n acc rest
        else if len + 1 + n <= width then fill (line ^ " " ^ w) (len + 1 + n) acc rest
        else
          let rec split head = function
            | [] | [ _ ] -> raise Not_found
            | p :: tail -> (
                let head = head ^ p in
                try split head tail
                with Not_found ->
                  let h = if head.[String.length head - 1] = '-' then head else head ^ "-" in
                  if len + 1 + String.length h <= width && line <> "" then (h, String.concat "" tail) else raise Not_found)
          in
          ( match split "" (hyphenate w) with
          | h, t -> fill "" 0 ((line ^ " " ^ h) :: acc) (t :: rest)
          | exception Not_found -> if line = "" then fill "" 0 (w :: acc) rest else fill "" 0 (line :: acc) (w :: rest))
  in
  fill "" 0 [] l

let () = List.iter (fun line -> Printf.printf "%s\n" (centre 30 line |> Printf.sprintf "[%s]")) (with_hyphens 27 (words text))

(* Columns: balanced so that they are as low as can be *)
let columns width n l =
  let w = (width - (3 * (n - 1))) / n in
  let _, lines = optimal w l in
  let lines = Array.of_list (List.map (String.concat " ") lines) in
  let height = (Array.length lines + n - 1) / n in
  for row = 0 to height - 1 do
    for c = 0 to n - 1 do
      let s = try lines.((c * height) + row) with Invalid_argument _ -> "" in
      Printf.printf "%s%-*s" (if c = 0 then "" else " | ") w s
    done;
    print_newline ()
  done

let () =
  columns 78 3 (words text);
  match columns 20 3 (words text) with () -> () | exception Too_long w -> Printf.printf "no place for %s\n" w

let () =
  let l = words text in
  let sum = ref 0 in
  for width = 11 to 40 do
    let best, lines = optimal width l in
    sum := ((!sum * 7) + best + List.length lines) land 0xFFFFFF
  done;
  Printf.printf "%06x\n" !sum
