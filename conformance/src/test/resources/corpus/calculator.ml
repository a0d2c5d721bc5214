(* SPDX-License-Identifier: Apache-2.0 *)
(* Arithmetic: a Pratt parser, evaluation, symbolic derivatives, simplification to a fixed point, a stack machine, statements. *)

type token = Num of float | Id of string | Op of string | End

exception Bad of string

let bad fmt = Printf.ksprintf (fun s -> raise (Bad s)) fmt

let tokens s =
  let n = String.length s in
  let rec span p i = if i < n && p s.[i] then span p (i + 1) else i in
  let rec go i acc =
    if i >= n then List.rev (End :: acc)
    else
      match s.[i] with
      | ' ' | '\t' -> go (i + 1) acc
      | '0' .. '9' | '.' ->
          let j = span (function '0' .. '9' | '.' -> true | _ -> false) i in
          let t = String.sub s i (j - i) in
          go j ((match float_of_string_opt t with Some f -> Num f | None -> bad "bad number %s" t) :: acc)
      | 'a' .. 'z' | 'A' .. 'Z' ->
          let j = span (function 'a' .. 'z' | 'A' .. 'Z' | '0' .. '9' | '_' -> true | _ -> false) i in
          go j (Id (String.sub s i (j - i)) :: acc)
      | '*' when i + 1 < n && s.[i + 1] = '*' -> go (i + 2) (Op "^" :: acc)
      | ('+' | '-' | '*' | '/' | '^' | '(' | ')' | ',' | '=' | '!') as c -> go (i + 1) (Op (String.make 1 c) :: acc)
      | c -> bad "what is %C?" c
  in
  go 0 []

type expr =
  | Const of float
  | Var of string
  | Neg of expr
  | Bin of char * expr * expr
  | Call of string * expr list

let power = function "+" | "-" -> 10 | "*" | "/" -> 20 | "^" -> 40 | "!" -> 50 | _ -> 0

let parse_expr input =
  let rest = ref input in
  let peek () = match !rest with [] -> End | t :: _ -> t in
  let advance () = match !rest with [] -> End | t :: r -> rest := r; t in
  let expect op = match advance () with Op o when o = op -> () | _ -> bad "expected %s" op in
  let rec expr min_power =
    let rec continue left =
      match peek () with
      | Op "!" when power "!" > min_power ->
          ignore (advance ());
          continue (Call ("fact", [ left ]))
      | Op (("+" | "-" | "*" | "/" | "^") as o) when power o > min_power ->
          ignore (advance ());
          let right = expr (if o = "^" then power o - 1 else power o) in
          continue (Bin (o.[0], left, right))
      | (Num _ | Id _ | Op "(") when power "*" > min_power -> continue (Bin ('*', left, expr (power "*")))
      | _ -> left
    in
    continue (prefix ())
  and prefix () =
    match advance () with
    | Num f -> Const f
    | Id f when (match peek () with Op "(" -> List.mem f [ "sqrt"; "abs"; "min"; "max"; "fact"; "exp"; "ln"; "sin"; "cos" ] | _ -> false) ->
        ignore (advance ());
        let rec args acc =
          let e = expr 0 in
          match advance () with
          | Op "," -> args (e :: acc)
          | Op ")" -> List.rev (e :: acc)
          | _ -> bad "expected , or ) in the arguments of %s" f
        in
        Call (f, args [])
    | Id v -> Var v
    | Op "-" -> Neg (expr 30)
    | Op "+" -> expr 30
    | Op "(" ->
        let e = expr 0 in
        expect ")";
        e
    | Op o -> bad "unexpected %s" o
    | End -> bad "unexpected end"
  in
  let e = expr 0 in
  match peek () with End -> e | Op o -> bad "%s is left over" o | Num _ | Id _ -> bad "something is left over"

let rec fact n = if n < 0. || Float.of_int (int_of_float n) <> n then bad "factorial of %g" n else if n = 0. then 1. else n *. fact (n -. 1.)

let apply f args =
  match (f, args) with
  | "sqrt", [ x ] when x < 0. -> bad "root of %g" x
  | "sqrt", [ x ] -> sqrt x
  | "abs", [ x ] -> abs_float x
  | "exp", [ x ] -> exp x
  | "ln", [ x ] -> log x
  | "sin", [ x ] -> sin x
  | "cos", [ x ] -> cos x
  | "fact", [ x ] -> fact x
  | "min", x :: l -> List.fold_left min x l
  | "max", x :: l -> List.fold_left max x l
  | f, l -> bad "%s does not take %d arguments" f (List.length l)

let rec pow x n =
  if n < 0. then 1. /. pow x (-.n)
  else if Float.of_int (int_of_float n) <> n then exp (n *. log x)
  else
    let rec go x n = if n = 0 then 1. else if n land 1 = 1 then x *. go x (n - 1) else go (x *. x) (n / 2) in
    go x (int_of_float n)

let arith = function
  | '+' -> ( +. )
  | '-' -> ( -. )
  | '*' -> ( *. )
  | '/' -> fun a b -> if b = 0. then raise Division_by_zero else a /. b
  | '^' -> pow
  | c -> bad "no operator %c" c

let rec eval env = function
  | Const c -> c
  | Var v -> ( try List.assoc v env with Not_found -> bad "%s is not known" v)
  | Neg e -> -.eval env e
  | Bin (o, a, b) ->
      let x = eval env a in
      arith o x (eval env b)
  | Call (f, l) -> apply f (List.map (eval env) l)

(* Printing with as few parentheses as can be *)
let rec print p e =
  let paren q s = if q < p then "(" ^ s ^ ")" else s in
  match e with
  | Const c -> if c < 0. then paren 30 (Printf.sprintf "%g" c) else Printf.sprintf "%g" c
  | Var v -> v
  | Neg e -> paren 29 ("-" ^ print 30 e)
  | Bin ('^', a, b) -> paren 40 (print 41 a ^ "^" ^ print 40 b)
  | Bin (o, a, b) ->
      let q = power (String.make 1 o) in
      let right = if o = '-' || o = '/' then q + 1 else q in
      paren q (Printf.sprintf (if q = 10 then "%s %c %s" else "%s%c%s") (print q a) o (print right b))
  | Call (f, l) -> Printf.sprintf "%s(%s)" f (String.concat ", " (List.map (print 0) l))

let rec derive x = function
  | Const _ -> Const 0.
  | Var v -> Const (if v = x then 1. else 0.)
  | Neg e -> Neg (derive x e)
  | Bin ((('+' | '-') as o), a, b) -> Bin (o, derive x a, derive x b)
  | Bin ('*', a, b) -> Bin ('+', Bin ('*', derive x a, b), Bin ('*', a, derive x b))
  | Bin ('/', a, b) -> Bin ('/', Bin ('-', Bin ('*', derive x a, b), Bin ('*', a, derive x b)), Bin ('^', b, Const 2.))
  | Bin ('^', a, Const n) -> Bin ('*', Bin ('*', Const n, Bin ('^', a, Const (n -. 1.))), derive x a)
  | Bin ('^', a, b) as e -> Bin ('*', e, derive x (Bin ('*', b, Call ("ln", [ a ]))))
  | Bin (c, _, _) -> bad "derivative of %c" c
  | Call ("sin", [ e ]) -> Bin ('*', Call ("cos", [ e ]), derive x e)
  | Call ("cos", [ e ]) -> Neg (Bin ('*', Call ("sin", [ e ]), derive x e))
  | Call ("exp", [ e ]) as f -> Bin ('*', f, derive x e)
  | Call ("ln", [ e ]) -> Bin ('/', derive x e, e)
  | Call ("sqrt", [ e ]) as f -> Bin ('/', derive x e, Bin ('*', Const 2., f))
  | Call (f, _) -> bad "derivative of %s" f

let rec simplify_once = function
  | (Const _ | Var _) as e -> e
  | Neg e -> ( match simplify_once e with Const c -> Const (-.c) | Neg e -> e | e -> Neg e)
  | Call (f, l) -> Call (f, List.map simplify_once l)
  | Bin (o, a, b) -> (
      match (o, simplify_once a, simplify_once b) with
      | '+', Const 0., e | '+', e, Const 0. | '-', e, Const 0. -> e
      | '-', Const 0., e -> Neg e
      | '*', Const 0., _ | '*', _, Const 0. -> Const 0.
      | '*', Const 1., e | '*', e, Const 1. | '/', e, Const 1. | '^', e, Const 1. -> e
      | '^', _, Const 0. -> Const 1.
      | '/', Const 0., _ -> Const 0.
      | (('+' | '-' | '*' | '/' | '^') as o), Const a, Const b when not (o = '/' && b = 0.) -> Const (arith o a b)
      | '*', e, (Const _ as c) -> Bin ('*', c, e)
      | '*', Const a, Bin ('*', Const b, e) -> Bin ('*', Const (a *. b), e)
      | '*', Bin ('*', (Const _ as c), e), f -> Bin ('*', c, Bin ('*', e, f))
      | '+', e, Neg f -> Bin ('-', e, f)
      | '-', e, Neg f -> Bin ('+', e, f)
      | '-', e, f when e = f -> Const 0.
      | '+', e, f when e = f -> Bin ('*', Const 2., e)
      | o, a, b -> Bin (o, a, b))

let rec simplify e =
  let e' = simplify_once e in
  if e' = e then e else simplify e'

(* A stack machine *)
type instr = Push of float | Load of int | Negate | Do of (float -> float -> float) | Invoke of string * int

let compile names e =
  let rec slot i = function [] -> bad "no slot" | v :: l -> fun w -> if v = w then i else slot (i + 1) l w in
  let rec go e k =
    match e with
    | Const c -> Push c :: k
    | Var v -> Load (slot 0 names v) :: k
    | Neg e -> go e (Negate :: k)
    | Bin (o, a, b) -> go a (go b (Do (arith o) :: k))
    | Call (f, l) -> List.fold_right go l (Invoke (f, List.length l) :: k)
  in
  Array.of_list (go e [])

let run code locals =
  let stack = Array.make 16 0. in
  let sp = ref 0 in
  let pop () = decr sp; stack.(!sp) in
  for pc = 0 to Array.length code - 1 do
    match code.(pc) with
    | Push c -> stack.(!sp) <- c; incr sp
    | Load i -> stack.(!sp) <- locals.(i); incr sp
    | Negate -> stack.(!sp - 1) <- -.stack.(!sp - 1)
    | Do f ->
        let b = pop () in
        stack.(!sp - 1) <- f stack.(!sp - 1) b
    | Invoke (f, n) ->
        let rec args n acc = if n = 0 then acc else args (n - 1) (pop () :: acc) in
        stack.(!sp) <- apply f (args n []);
        incr sp
  done;
  assert (!sp = 1);
  stack.(0)

let parse s = parse_expr (tokens s)

let () =
  let env = [ ("x", 1.5); ("y", -2.); ("z", 0.25) ] in
  List.iter
    (fun s ->
      match parse s with
      | e -> (
          let again = parse (print 0 e) in
          if compare e again <> 0 then Printf.printf "printed as %s, which is %s\n" (print 0 e) (print 0 again);
          match eval env e with
          | v ->
              let w = run (compile (List.map fst env) e) (Array.of_list (List.map snd env)) in
              Printf.printf "%s -> %s = %.8g%s\n" s (print 0 e) v (if v = w then "" else Printf.sprintf " but %.17g" w)
          | exception Division_by_zero -> Printf.printf "%s -> division by zero\n" s
          | exception Bad m -> Printf.printf "%s -> %s\n" s m)
      | exception Bad m -> Printf.printf "%s: %s\n" s m)
    [
      "1 + 2*3 - 4/5"; "2^3^2"; "(2^3)^2"; "-x^2"; "(-x)^2"; "2x y"; "3(x+1)(x-1)"; "x - y - z"; "x - (y - z)"; "x/y/z"; "x/(y/z)"; "5! / 3!"; "max(1, x, y*y, 3) - min(z, 2)";
      "sqrt(x*x + y**2)"; "1/(x - 1.5)"; "w + 1"; "sqrt(y)"; "(1.5)!"; "min()"; "1 +"; ")"; "1..2"; "2 $ 3"; "(1"; "abs(1,2)"; "--1"; "+-+2"; "x^-2"; "2^-x"; "1,2"; "-(-(-z))";
    ]

let () =
  List.iter
    (fun s ->
      match simplify (derive "x" (parse s)) with
      | d ->
          let f v = eval [ ("x", v) ] (parse s) in
          let h = 1e-5 in
          let numeric = (f (1.3 +. h) -. f (1.3 -. h)) /. (2. *. h) in
          let exact = eval [ ("x", 1.3) ] d in
          Printf.printf "d/dx %s = %s%s\n" s (print 0 d) (if abs_float (numeric -. exact) < 1e-4 then "" else Printf.sprintf ": %g, not %g" exact numeric)
      | exception Bad m -> Printf.printf "d/dx %s: %s\n" s m)
    [ "x^3 - 2x + 7"; "x*x*x"; "1/x"; "(x+1)/(x-1)"; "sin(x)*cos(x)"; "exp(2x)"; "sqrt(x^2+1)"; "ln(x^2)"; "3"; "x^x"; "x - x"; "max(x,1)"; "-(-x)" ]

(* Horner against the stack machine, many times *)
let () =
  let code = compile [ "x"; "a" ] (parse "((3x - a)x + 2)x - 7/(x*x + 1)") in
  let sum = ref 0. in
  for i = -150 to 150 do
    let x = float i /. 16. in
    let v = run code [| x; 0.5 |] in
    let w = (((((3. *. x) -. 0.5) *. x) +. 2.) *. x) -. (7. /. ((x *. x) +. 1.)) in
    if abs_float (v -. w) > 1e-9 then Printf.printf "%g: %g %g\n" x v w;
    sum := !sum +. v
  done;
  Printf.printf "%.6f\n" !sum
