(* SPDX-License-Identifier: Apache-2.0 *)
(* Automata on a line and on a tape: Wolfram's rules, Langton's ant, Turing machines. *)

(* Wolfram's rules, on bits of an int array and on bytes *)

let rule_of_number n = Array.init 8 (fun i -> (n lsr i) land 1)

let step rule cells =
  let n = Array.length cells in
  Array.init n (fun i ->
      let l = cells.((i + n - 1) mod n) and r = cells.((i + 1) mod n) in
      rule.((l lsl 2) lor (cells.(i) lsl 1) lor r))

let step_bytes number cells =
  let n = Bytes.length cells in
  let out = Bytes.create n in
  for i = 0 to n - 1 do
    let at j = try Bytes.get cells j = '#' with Invalid_argument _ -> Bytes.get cells (abs (abs j - n)) = '#' in
    let k = (if at (i - 1) then 4 else 0) + (if at i then 2 else 0) + if at (i + 1) then 1 else 0 in
    Bytes.unsafe_set out i (if number land (1 lsl k) <> 0 then '#' else '.')
  done;
  out

let show cells = String.init (Array.length cells) (fun i -> if cells.(i) = 1 then '#' else '.')

let wolfram number width generations =
  let rule = rule_of_number number in
  let rec go k cells bytes hash =
    if show cells <> Bytes.to_string bytes then Printf.printf "rule %d differs at %d\n" number k;
    if k < 4 then Printf.printf "%3d %s\n" number (show cells);
    let hash = ((hash * 31) + Array.fold_left (fun h c -> (h * 2) + c) 0 cells) land 0xFFFFFF in
    if k = generations then hash else go (k + 1) (step rule cells) (step_bytes number bytes) hash
  in
  let cells = Array.init width (fun i -> if i = width / 2 then 1 else 0) in
  go 0 cells (Bytes.of_string (show cells)) 0

let () =
  List.iter
    (fun n -> Printf.printf "rule %d: %06x\n" n (wolfram n 41 25))
    [ 30; 90; 110; 184; 45; 73; 150; 225 ]

(* Langton's ant with more than two colours *)

type turn = L | R | U | N

let turns = function "RL" -> [| R; L |] | "RLR" -> [| R; L; R |] | "LLRR" -> [| L; L; R; R |] | "LRUN" -> [| L; R; U; N |] | s -> failwith s

let ant program steps =
  let side = 40 in
  let grid = Array.make_matrix side side 0 in
  let program = turns program in
  let colours = Array.length program in
  let x = ref (side / 2) and y = ref (side / 2) and d = ref 0 in
  let dx = [| 0; 1; 0; -1 |] and dy = [| -1; 0; 1; 0 |] in
  let lost = ref 0 in
  for _ = 1 to steps do
    let c = grid.(!y).(!x) in
    (d := match program.(c) with L -> (!d + 3) land 3 | R -> (!d + 1) land 3 | U -> (!d + 2) land 3 | N -> !d);
    grid.(!y).(!x) <- (c + 1) mod colours;
    x := !x + dx.(!d);
    y := !y + dy.(!d);
    (* over the edge it comes in again from the middle *)
    match grid.(!y).(!x) with
    | _ -> ()
    | exception Invalid_argument _ ->
        incr lost;
        x := side / 2;
        y := side / 2
  done;
  let count = Array.make colours 0 in
  Array.iter (Array.iter (fun c -> count.(c) <- count.(c) + 1)) grid;
  (Array.to_list count, !lost)

let () =
  List.iter
    (fun p ->
      let counts, lost = ant p 11000 in
      Printf.printf "ant %s: %s, %d times over the edge\n" p
        (String.concat " " (List.map string_of_int counts))
        lost)
    [ "RL"; "RLR"; "LLRR"; "LRUN" ];
  match ant "XYZ" 1 with _ -> () | exception Failure s -> Printf.printf "no ant %s\n" s

(* Turing machines: a zipper for the tape, tables as lists of strings *)

type tape = { left : char list; here : char; right : char list }

let left t = match t.left with [] -> { left = []; here = '0'; right = t.here :: t.right } | c :: left -> { left; here = c; right = t.here :: t.right }
let right t = match t.right with [] -> { left = t.here :: t.left; here = '0'; right = [] } | c :: right -> { left = t.here :: t.left; here = c; right }

let tape_of_string s =
  match List.of_seq (String.to_seq s) with [] -> { left = []; here = '0'; right = [] } | c :: r -> { left = []; here = c; right = r }

let ones t =
  let count = List.fold_left (fun n c -> if c = '1' then n + 1 else n) in
  count (count (if t.here = '1' then 1 else 0) t.left) t.right

exception Halt of int * tape
exception No_rule of char * char

let run rules fuel tape =
  let table = Hashtbl.create 17 in
  List.iter
    (fun r ->
      (* "A0 1RB": in A, read 0, write 1, go right, be in B *)
      if String.length r <> 6 then invalid_arg r;
      Hashtbl.replace table (r.[0], r.[1]) (r.[3], r.[4], r.[5]))
    rules;
  let tape = ref tape and state = ref 'A' in
  try
    for k = 0 to fuel - 1 do
      if !state = 'H' then raise (Halt (k, !tape));
      match Hashtbl.find table (!state, !tape.here) with
      | write, move, next ->
          let t = { !tape with here = write } in
          (tape := match move with 'R' -> right t | 'L' -> left t | _ -> t);
          state := next
      | exception Not_found -> raise (No_rule (!state, !tape.here))
    done;
    None
  with Halt (k, t) -> Some (k, t)

let beavers =
  [
    ("2 states", [ "A0 1RB"; "A1 1LB"; "B0 1LA"; "B1 1RH" ]);
    ("3 states", [ "A0 1RB"; "A1 1RH"; "B0 0RC"; "B1 1RB"; "C0 1LC"; "C1 1LA" ]);
    ("4 states", [ "A0 1RB"; "A1 1LB"; "B0 1LA"; "B1 0LC"; "C0 1RH"; "C1 1LD"; "D0 1RD"; "D1 0RA" ]);
    ("5 states, old", [ "A0 1RB"; "A1 0LC"; "B0 1RC"; "B1 1RD"; "C0 1LA"; "C1 0RB"; "D0 0RE"; "D1 1RH"; "E0 1LC"; "E1 1RA" ]);
    ("for ever", [ "A0 1RA"; "A1 0LA" ]);
    ("no rule", [ "A0 1RB"; "B0 1LA" ]);
  ]

let () =
  List.iter
    (fun (name, rules) ->
      match run rules 7000 (tape_of_string "") with
      | Some (steps, t) -> Printf.printf "%s: %d steps, %d ones\n" name steps (ones t)
      | None -> Printf.printf "%s: not in 7000 steps\n" name
      | exception No_rule (s, c) -> Printf.printf "%s: state %c has no rule for %c\n" name s c)
    beavers

(* Binary increment and a palindrome test, on strings of their own alphabet. *)
let increment = [ "A0 0RA"; "A1 1RA"; "A_ _LB"; "B1 0LB"; "B0 1LH"; "B_ 1LH" ]

let () =
  let rec strip = function '0' :: (_ :: _ as l) -> strip l | l -> l in
  let text t = String.of_seq (List.to_seq (strip (List.filter (( <> ) '_') (List.rev_append t.left (t.here :: t.right))))) in
  let s = ref "0" in
  for i = 1 to 70 do
    (match run increment 200 (tape_of_string ("0" ^ !s ^ "_")) with
    | Some (_, t) -> s := text t
    | None -> print_endline "stuck");
    let expected = ref "" and k = ref i in
    while !k > 0 do
      expected := String.make 1 (Char.chr (48 + (!k land 1))) ^ !expected;
      k := !k lsr 1
    done;
    if !expected <> !s then Printf.printf "%d: %s, not %s\n" i !s !expected
  done;
  Printf.printf "70 is %s\n" !s;
  match run [ "A0" ] 1 (tape_of_string "") with
  | _ -> print_endline "?"
  | exception Invalid_argument r -> Printf.printf "bad rule %S\n" r
