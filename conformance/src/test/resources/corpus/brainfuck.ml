(* SPDX-License-Identifier: Apache-2.0 *)
(* One tape language, five machines: a naive one, one with a table of jumps, a tree with runs folded, closures tied by let rec, and a compiler back to text. *)

exception Unbalanced of int
exception Outside of int
exception Fuel

let tape_size = 64

(* 1: naive, finds matching brackets each time *)
let naive fuel program input =
  let tape = Bytes.make tape_size '\000' and out = Buffer.create 64 in
  let ptr = ref 0 and pc = ref 0 and inp = ref 0 and fuel = ref fuel in
  let n = String.length program in
  let rec matching i dir depth =
    if i < 0 || i >= n then raise (Unbalanced !pc);
    let depth = match program.[i] with '[' -> depth + 1 | ']' -> depth - 1 | _ -> depth in
    if depth = 0 then i else matching (i + dir) dir depth
  in
  while !pc < n do
    if !fuel = 0 then raise Fuel;
    decr fuel;
    (try
       match program.[!pc] with
       | '>' -> incr ptr
       | '<' -> decr ptr
       | '+' -> Bytes.set tape !ptr (Char.unsafe_chr ((Char.code (Bytes.get tape !ptr) + 1) land 255))
       | '-' -> Bytes.set tape !ptr (Char.unsafe_chr ((Char.code (Bytes.get tape !ptr) - 1) land 255))
       | '.' -> Buffer.add_char out (Bytes.get tape !ptr)
       | ',' ->
           Bytes.set tape !ptr (try input.[!inp] with Invalid_argument _ -> '\000');
           incr inp
       | '[' -> if Bytes.get tape !ptr = '\000' then pc := matching !pc 1 0
       | ']' -> if Bytes.get tape !ptr <> '\000' then pc := matching !pc (-1) 0
       | _ -> ()
     with Invalid_argument _ -> raise (Outside !ptr));
    incr pc
  done;
  Buffer.contents out

(* 2: jumps known beforehand, cells as ints *)
let jumps program =
  let table = Array.make (String.length program) (-1) in
  let open_brackets = Stack.create () in
  String.iteri
    (fun i -> function
      | '[' -> Stack.push i open_brackets
      | ']' -> (
          match Stack.pop open_brackets with
          | j ->
              table.(i) <- j;
              table.(j) <- i
          | exception Stack.Empty -> raise (Unbalanced i))
      | _ -> ())
    program;
  if not (Stack.is_empty open_brackets) then raise (Unbalanced (Stack.top open_brackets));
  table

let jumping fuel program input =
  let table = jumps program in
  let tape = Array.make tape_size 0 and out = Buffer.create 64 in
  let inp = ref 0 in
  let rec go pc ptr fuel =
    if pc = String.length program then Buffer.contents out
    else if fuel = 0 then raise Fuel
    else
      match (program.[pc], tape.(ptr)) with
      | '>', _ -> go (pc + 1) (ptr + 1) (fuel - 1)
      | '<', _ -> go (pc + 1) (ptr - 1) (fuel - 1)
      | '+', v -> tape.(ptr) <- (v + 1) land 255; go (pc + 1) ptr (fuel - 1)
      | '-', v -> tape.(ptr) <- (v - 1) land 255; go (pc + 1) ptr (fuel - 1)
      | '.', v -> Buffer.add_char out (Char.chr v); go (pc + 1) ptr (fuel - 1)
      | ',', _ ->
          tape.(ptr) <- (if !inp < String.length input then Char.code input.[!inp] else 0);
          incr inp;
          go (pc + 1) ptr (fuel - 1)
      | '[', 0 | ']', _ when program.[pc] = '[' || tape.(ptr) <> 0 -> go (table.(pc) + 1) ptr (fuel - 1)
      | _ -> go (pc + 1) ptr (fuel - 1)
      | exception Invalid_argument _ -> raise (Outside ptr)
  in
  go 0 0 fuel

(* 3: a tree, with runs folded, cells set to zero, and sums moved *)
type tree = Move of int | Add of int * int | Set of int * int | Mul of int * int | Put of int | Get of int | Loop of tree list

let parse program =
  let rec block i acc depth =
    if i = String.length program then if depth = 0 then (List.rev acc, i) else raise (Unbalanced i)
    else
      match (program.[i], acc) with
      | '>', Move n :: l -> block (i + 1) (Move (n + 1) :: l) depth
      | '<', Move n :: l -> block (i + 1) (Move (n - 1) :: l) depth
      | '+', Add (0, n) :: l -> block (i + 1) (Add (0, n + 1) :: l) depth
      | '-', Add (0, n) :: l -> block (i + 1) (Add (0, n - 1) :: l) depth
      | '>', l -> block (i + 1) (Move 1 :: l) depth
      | '<', l -> block (i + 1) (Move (-1) :: l) depth
      | '+', l -> block (i + 1) (Add (0, 1) :: l) depth
      | '-', l -> block (i + 1) (Add (0, -1) :: l) depth
      | '.', l -> block (i + 1) (Put 0 :: l) depth
      | ',', l -> block (i + 1) (Get 0 :: l) depth
      | '[', l ->
          let body, j = block (i + 1) [] (depth + 1) in
          block (j + 1) (Loop body :: l) depth
      | ']', _ when depth = 0 -> raise (Unbalanced i)
      | ']', l -> (List.rev l, i)
      | _, l -> block (i + 1) l depth
  in
  fst (block 0 [] 0)

(* Moves become offsets; [-] becomes Set; balanced loops of additions become Mul. *)
let rec optimise l =
  let rec offsets at acc = function
    | Move n :: l -> offsets (at + n) acc l
    | Add (o, n) :: l -> offsets at (Add (at + o, n) :: acc) l
    | Put o :: l -> offsets at (Put (at + o) :: acc) l
    | Get o :: l -> offsets at (Get (at + o) :: acc) l
    | [] -> List.rev (if at <> 0 then Move at :: acc else acc)
    | Loop b :: l ->
        let b = optimise b in
        let acc = if at <> 0 then Move at :: acc else acc in
        let acc =
          match multiplication b with
          | Some parts -> Set (0, 0) :: List.rev_append (List.map (fun (o, k) -> Mul (o, k)) parts) acc
          | None -> Loop b :: acc
        in
        offsets 0 acc l
    | (Set _ | Mul _) :: _ -> assert false
  in
  offsets 0 [] l

and multiplication body =
  let rec sums m = function
    | [] -> Some m
    | Add (o, n) :: l -> sums (if List.mem_assoc o m then List.map (fun (p, k) -> if p = o then (p, k + n) else (p, k)) m else (o, n) :: m) l
    | _ -> None
  in
  match sums [] body with
  | Some m when (try List.assoc 0 m = -1 with Not_found -> false) -> Some (List.filter (fun (o, k) -> o <> 0 && k <> 0) m)
  | _ -> None

let rec count_nodes l = List.fold_left (fun n -> function Loop b -> n + 1 + count_nodes b | _ -> n + 1) 0 l

type machine = { tape : int array; mutable ptr : int; out : Buffer.t; mutable input : char Seq.t; mutable fuel : int }

let machine input fuel = { tape = Array.make tape_size 0; ptr = 0; out = Buffer.create 64; input = String.to_seq input; fuel }

let read m = match m.input () with Seq.Nil -> 0 | Seq.Cons (c, rest) -> m.input <- rest; Char.code c

let rec exec m = function
  | Move n -> m.ptr <- m.ptr + n
  | Add (o, n) -> m.tape.(m.ptr + o) <- (m.tape.(m.ptr + o) + n) land 255
  | Set (o, v) -> m.tape.(m.ptr + o) <- v
  | Mul (o, k) -> if m.tape.(m.ptr) <> 0 then m.tape.(m.ptr + o) <- (m.tape.(m.ptr + o) + (k * m.tape.(m.ptr))) land 255
  | Put o -> Buffer.add_char m.out (Char.chr m.tape.(m.ptr + o))
  | Get o -> m.tape.(m.ptr + o) <- read m
  | Loop b ->
      while m.tape.(m.ptr) <> 0 do
        if m.fuel <= 0 then raise Fuel;
        m.fuel <- m.fuel - 1;
        List.iter (exec m) b
      done

let tree fuel program input =
  let m = machine input fuel in
  (try List.iter (exec m) (optimise (parse program)) with Invalid_argument _ -> raise (Outside m.ptr));
  Buffer.contents m.out

(* 4: closures; each loop is a recursive value *)
let rec close l (k : machine -> unit) : machine -> unit =
  match l with
  | [] -> k
  | Move n :: l -> let k = close l k in fun m -> m.ptr <- m.ptr + n; k m
  | Add (o, n) :: l -> let k = close l k in fun m -> let i = m.ptr + o in m.tape.(i) <- (m.tape.(i) + n) land 255; k m
  | Set (o, v) :: l -> let k = close l k in fun m -> m.tape.(m.ptr + o) <- v; k m
  | Mul (o, f) :: l -> let k = close l k in fun m -> (match m.tape.(m.ptr) with 0 -> () | v -> m.tape.(m.ptr + o) <- (m.tape.(m.ptr + o) + (f * v)) land 255); k m
  | Put o :: l -> let k = close l k in fun m -> Buffer.add_char m.out (Char.chr m.tape.(m.ptr + o)); k m
  | Get o :: l -> let k = close l k in fun m -> m.tape.(m.ptr + o) <- read m; k m
  | Loop b :: l ->
      let k = close l k in
      let body = ref (fun _ -> ()) in
      let rec head m = if m.tape.(m.ptr) = 0 then k m else if m.fuel <= 0 then raise Fuel else (m.fuel <- m.fuel - 1; !body m) in
      body := close b head;
      head

let closures fuel program input =
  let m = machine input fuel in
  let run = close (optimise (parse program)) (fun _ -> ()) in
  (try run m with Invalid_argument _ -> raise (Outside m.ptr));
  Buffer.contents m.out

(* 5: back to text, to be parsed again *)
let rec text l =
  String.concat ""
    (List.map
       (function
         | Move n -> if n > 0 then String.make n '>' else String.make (-n) '<'
         | Add (0, n) -> if n > 0 then String.make n '+' else String.make (-n) '-'
         | Put 0 -> "."
         | Get 0 -> ","
         | Loop b -> "[" ^ text b ^ "]"
         | Add _ | Set _ | Mul _ | Put _ | Get _ -> assert false)
       l)

let programs =
  [
    ("hello", "++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+.>++.", "");
    ("reverse", ">,[>,]<[.<]", "!dlrow");
    ("add digits", ",>++++++[<-------->-],[<+>-]<.", "34");
    ("squares", "++++[>+++++<-]>[<+++++>-]+<+[>[>+>+<<-]++>>[<<+>>-]>>>[-]++>[-]+>>>+[[-]++++++>>>]<<<[[<++++++++<++>>-]+<.<[>----<-]<]<<[>>>>>[>>>[-]+++++++++<[>-<-]+++++++++>[-[<->-]+[<<<]]<+>]<-]<<-]", "");
    ("for ever", "+[]", "");
    ("too far left", "+<+", "");
    ("too far right", "+[>+]", "");
    ("open", "+[[-]", "");
    ("closed", "+]-", "");
    ("cat", ",[.,]", "The same again.");
  ]

let () =
  List.iter
    (fun (name, program, input) ->
      Printf.printf "%s:\n" name;
      let outcome run =
        match run 30000 program input with
        | s -> Printf.sprintf "%S" (if String.length s > 60 then String.sub s 0 60 else s)
        | exception Unbalanced i -> if i >= 0 then "unbalanced" else "?"
        | exception Outside _ -> "outside"
        | exception Fuel -> "no end"
      in
      let results = List.map (fun (m, run) -> (m, outcome run)) [ ("naive", naive); ("jumping", jumping); ("tree", tree); ("closures", closures) ] in
      let groups = List.sort_uniq compare (List.map snd results) in
      List.iter (fun g -> Printf.printf "  %s: %s\n" g (String.concat " " (List.filter_map (fun (m, r) -> if r = g then Some m else None) results))) groups;
      match parse program with
      | t ->
          Printf.printf "  %d nodes, %d optimised%s\n" (count_nodes t) (count_nodes (optimise t)) (if parse (text t) = t then "" else ", not the same again")
      | exception Unbalanced i -> Printf.printf "  unbalanced at %d\n" i)
    programs
