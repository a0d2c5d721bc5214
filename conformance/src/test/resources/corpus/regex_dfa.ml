(* SPDX-License-Identifier: Apache-2.0 *)
(* Regular expressions four ways: backtracking, Thompson's NFA, the subset construction with a minimal DFA, derivatives. *)

type re =
  | Empty
  | Eps
  | Set of (char -> bool) * string
  | Seq of re * re
  | Alt of re * re
  | Star of re

exception Syntax of int * string

(* expr = term { '|' term }; term = { factor }; factor = atom { '*' | '+' | '?' } *)
let parse s =
  let pos = ref 0 in
  let n = String.length s in
  let fail m = raise (Syntax (!pos, m)) in
  let peek () = if !pos < n then Some s.[!pos] else None in
  let next () =
    match s.[!pos] with
    | c ->
        incr pos;
        c
    | exception Invalid_argument _ -> fail "end of pattern"
  in
  let rec expr () =
    let t = term () in
    match peek () with
    | Some '|' ->
        incr pos;
        Alt (t, expr ())
    | _ -> t
  and term () =
    match peek () with
    | None | Some ('|' | ')') -> Eps
    | Some _ ->
        let f = factor () in
        if f = Eps then term () else ( match term () with Eps -> f | t -> Seq (f, t))
  and factor () = postfix (atom ())
  and postfix a =
    match peek () with
    | Some '*' ->
        incr pos;
        postfix (Star a)
    | Some '+' ->
        incr pos;
        postfix (Seq (a, Star a))
    | Some '?' ->
        incr pos;
        postfix (Alt (a, Eps))
    | _ -> a
  and atom () =
    match next () with
    | '(' ->
        let e = expr () in
        if peek () <> Some ')' then fail "expected )";
        incr pos;
        e
    | '[' -> bracket ()
    | '.' -> Set ((fun _ -> true), ".")
    | '\\' ->
        let c = next () in
        Set ((fun d -> d = c), String.make 1 c)
    | ('*' | '+' | '?') as c ->
        decr pos;
        fail (Printf.sprintf "nothing to repeat before %c" c)
    | c -> Set (( = ) c, String.make 1 c)
  and bracket () =
    let from = !pos in
    let negated = peek () = Some '^' in
    if negated then incr pos;
    let members = Array.make 256 false in
    let rec fill () =
      match next () with
      | ']' -> ()
      | a ->
          (match peek () with
          | Some '-' when !pos + 1 < n && s.[!pos + 1] <> ']' ->
              incr pos;
              let b = next () in
              if b < a then fail "range backwards";
              for i = Char.code a to Char.code b do
                members.(i) <- true
              done
          | _ -> members.(Char.code a) <- true);
          fill ()
    in
    fill ();
    Set ((fun c -> members.(Char.code c) <> negated), "[" ^ String.sub s from (!pos - from))
  in
  let e = expr () in
  if !pos < n then fail "unexpected )";
  e

(* Structural equality must not look into functions: the polymorphic one would raise. *)
let rec same a b =
  match (a, b) with
  | Empty, Empty | Eps, Eps -> true
  | Set (_, x), Set (_, y) -> x = y
  | Seq (a, b), Seq (c, d) | Alt (a, b), Alt (c, d) -> same a c && same b d
  | Star a, Star b -> same a b
  | _ -> false

(* 1: backtracking in continuation-passing style *)
let backtrack re s =
  let n = String.length s in
  let rec go re i k =
    match re with
    | Empty -> false
    | Eps -> k i
    | Set (f, _) -> i < n && f s.[i] && k (i + 1)
    | Seq (a, b) -> go a i (fun j -> go b j k)
    | Alt (a, b) -> go a i k || go b i k
    | Star a -> k i || go a i (fun j -> j > i && go re j k)
  in
  go re 0 (fun i -> i = n)

(* 2: Thompson *)
type node = { mutable eps : int list; mutable on : ((char -> bool) * int) option }

let thompson re =
  let nodes = ref [||] and count = ref 0 in
  let fresh () =
    if !count = Array.length !nodes then
      nodes := Array.append !nodes (Array.init (max 8 !count) (fun _ -> { eps = []; on = None }));
    incr count;
    !count - 1
  in
  let rec build re out =
    let i = fresh () in
    (match re with
    | Empty -> ()
    | Eps -> !nodes.(i).eps <- [ out ]
    | Set (f, _) -> !nodes.(i).on <- Some (f, out)
    | Seq (a, b) ->
        let middle = build b out in
        !nodes.(i).eps <- [ build a middle ]
    | Alt (a, b) ->
        let x = build a out in
        let y = build b out in
        !nodes.(i).eps <- [ x; y ]
    | Star a ->
        let body = build a i in
        !nodes.(i).eps <- [ out; body ]);
    i
  in
  let final = fresh () in
  let start = build re final in
  (Array.sub !nodes 0 !count, start, final)

module Ints = Set.Make (Int)
module States = Map.Make (Ints)

let closure nodes set =
  let rec add i acc = if Ints.mem i acc then acc else List.fold_right add nodes.(i).eps (Ints.add i acc) in
  Ints.fold add set Ints.empty

let move nodes set c =
  Ints.fold (fun i acc -> match nodes.(i).on with Some (f, j) when f c -> Ints.add j acc | _ -> acc) set Ints.empty

let simulate (nodes, start, final) s =
  let set = ref (closure nodes (Ints.singleton start)) in
  String.iter (fun c -> set := closure nodes (move nodes !set c)) s;
  Ints.mem final !set

(* 3: subsets over a small alphabet, then Moore's refinement *)
let alphabet = "abc01.@ "

let subsets (nodes, start, final) =
  let table = ref [] and numbers = ref States.empty and pending = Queue.create () in
  let number set =
    match States.find set !numbers with
    | i -> i
    | exception Not_found ->
        let i = States.cardinal !numbers in
        numbers := States.add set i !numbers;
        Queue.add (i, set) pending;
        i
  in
  ignore (number (closure nodes (Ints.singleton start)));
  while not (Queue.is_empty pending) do
    let i, set = Queue.pop pending in
    let row = Array.init (String.length alphabet) (fun k -> number (closure nodes (move nodes set alphabet.[k]))) in
    table := (i, row, Ints.mem final set) :: !table
  done;
  let n = List.length !table in
  let next = Array.make n [||] and accepts = Array.make n false in
  List.iter
    (fun (i, row, a) ->
      next.(i) <- row;
      accepts.(i) <- a)
    !table;
  (next, accepts)

let minimal (next, accepts) =
  let rec refine classes count =
    let signature i = (classes.(i), Array.to_list (Array.map (fun j -> classes.(j)) next.(i))) in
    let seen = Hashtbl.create 31 in
    let classes' =
      Array.init (Array.length next) (fun i ->
          let s = signature i in
          try Hashtbl.find seen s
          with Not_found ->
            let k = Hashtbl.length seen in
            Hashtbl.add seen s k;
            k)
    in
    let count' = Hashtbl.length seen in
    if count' = count then (classes, count) else refine classes' count'
  in
  refine (Array.map (fun a -> if a then 1 else 0) accepts) 0

let run_dfa (next, accepts) s =
  let rec go state i =
    if i = String.length s then accepts.(state) else go next.(state).(String.index alphabet s.[i]) (i + 1)
  in
  go 0 0

(* 4: Brzozowski *)
let rec nullable = function
  | Empty | Set _ -> false
  | Eps | Star _ -> true
  | Seq (a, b) -> nullable a && nullable b
  | Alt (a, b) -> nullable a || nullable b

let seq a b = match (a, b) with Empty, _ | _, Empty -> Empty | Eps, r | r, Eps -> r | _ -> Seq (a, b)
let alt a b = match (a, b) with Empty, r | r, Empty -> r | _ -> if same a b then a else Alt (a, b)

let rec derive c = function
  | Empty | Eps -> Empty
  | Set (f, _) -> if f c then Eps else Empty
  | Seq (a, b) when nullable a -> alt (seq (derive c a) b) (derive c b)
  | Seq (a, b) -> seq (derive c a) b
  | Alt (a, b) -> alt (derive c a) (derive c b)
  | Star a as r -> seq (derive c a) r

let derivatives re s =
  let re = ref re in
  String.iter (fun c -> re := derive c !re) s;
  nullable !re

let patterns = [ "a*b"; "(a|b)*abb"; "(0|1(01*0)*1)*"; "[a-c]+@[a-c]+\\.[^ 01]*"; "a?b?c?"; "((a|ab)(c|bcc))*"; ".*01.*"; "(a*)*b|" ]

let words =
  [ ""; "b"; "aaab"; "abb"; "babb"; "abab"; "0"; "11"; "110"; "1001"; "ab@ca.b"; "a@b"; "c@c.aab"; "abc"; "ac"; "cb"; "abccabcc"; "acabcc"; "a a01"; "aaaaaaaaaaaaaaaa"; "0101"; "10" ]

let () =
  List.iter
    (fun p ->
      let re = parse p in
      let nfa = thompson re in
      let ((next, _) as dfa) = subsets nfa in
      let _, classes = minimal dfa in
      let accepted =
        List.filter
          (fun w ->
            let a = backtrack re w in
            if simulate nfa w <> a then Printf.printf "the NFA of %s differs with %S\n" p w;
            if run_dfa dfa w <> a then Printf.printf "the DFA of %s differs with %S\n" p w;
            if derivatives re w <> a then Printf.printf "the derivatives of %s differ with %S\n" p w;
            a)
          words
      in
      let nodes, _, _ = nfa in
      Printf.printf "%s: %d nodes, %d states, %d classes:" p (Array.length nodes) (Array.length next) classes;
      List.iter (Printf.printf " %S") accepted;
      print_newline ())
    patterns

(* Multiples of three in binary, for all numbers up to 150. *)
let () =
  let dfa = subsets (thompson (parse "(0|1(01*0)*1)*")) in
  let rec binary n = if n < 2 then string_of_int n else binary (n / 2) ^ string_of_int (n land 1) in
  let wrong = ref 0 in
  for i = 0 to 150 do
    if run_dfa dfa (binary i) <> (i mod 3 = 0) then incr wrong
  done;
  Printf.printf "%d wrong\n" !wrong;
  match run_dfa dfa "012" with _ -> print_endline "?" | exception Not_found -> print_endline "2 is no letter"

let () =
  List.iter
    (fun p ->
      match parse p with
      | _ -> Printf.printf "%s: parsed\n" p
      | exception Syntax (i, m) -> Printf.printf "%s: %s at %d\n" p m i)
    [ "*a"; "(a"; "a)"; "[a"; "[b-a]"; "a\\"; "a|*"; "()"; "[]a]"; "a**" ]
