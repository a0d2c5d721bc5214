(* SPDX-License-Identifier: Apache-2.0 *)
(* A small imperative language: lexer, parser, type check, tree walker, compiler to a register-free bytecode with a peephole pass, virtual machine. *)

type token = INT of int | IDENT of string | STRING of string | KEY of string | SYM of string | EOF

exception Error of int * string

let error line fmt = Printf.ksprintf (fun s -> raise (Error (line, s))) fmt
let keywords = [ "fun"; "var"; "if"; "else"; "while"; "return"; "print"; "true"; "false"; "break"; "for"; "to"; "array" ]

let lex text =
  let n = String.length text in
  let tokens = ref [] and line = ref 1 and i = ref 0 in
  let emit t = tokens := (t, !line) :: !tokens in
  let take p =
    let start = !i in
    while !i < n && p text.[!i] do incr i done;
    String.sub text start (!i - start)
  in
  while !i < n do
    match text.[!i] with
    | '\n' -> incr line; incr i
    | ' ' | '\t' -> incr i
    | '0' .. '9' ->
        let s = take (function '0' .. '9' -> true | _ -> false) in
        emit (INT (try int_of_string s with Failure _ -> error !line "%s is too large" s))
    | 'a' .. 'z' | 'A' .. 'Z' | '_' ->
        let s = take (function 'a' .. 'z' | 'A' .. 'Z' | '_' | '0' .. '9' -> true | _ -> false) in
        emit (if List.mem s keywords then KEY s else IDENT s)
    | '"' ->
        incr i;
        let s = take (( <> ) '"') in
        if !i >= n then error !line "open string";
        incr i;
        emit (STRING s)
    | '#' -> ignore (take (( <> ) '\n'))
    | c -> (
        match String.sub text !i 2 with
        | ("==" | "!=" | "<=" | ">=" | "&&" | "||" | "<<" | ">>") as s -> emit (SYM s); i := !i + 2
        | _ | (exception Invalid_argument _) -> (
            match c with
            | '+' | '-' | '*' | '/' | '%' | '<' | '>' | '=' | '(' | ')' | '{' | '}' | '[' | ']' | ',' | ';' | '!' -> emit (SYM (String.make 1 c)); incr i
            | c -> error !line "what is %C?" c))
  done;
  emit EOF;
  Array.of_list (List.rev !tokens)

type expr =
  | Int of int
  | Var of string
  | Index of string * expr
  | Not of expr
  | Neg of expr
  | Bin of string * expr * expr
  | Call of string * expr list

type stmt = { line : int; it : kind }

and kind =
  | Let of string * expr
  | Array of string * expr
  | Assign of string * expr
  | Store of string * expr * expr
  | If of expr * stmt list * stmt list
  | While of expr * stmt list
  | Return of expr
  | Print of [ `Expr of expr | `Text of string ] list
  | Expr of expr
  | Break

type func = { name : string; params : string list; body : stmt list }

let parse tokens =
  let pos = ref 0 in
  let peek () = fst tokens.(!pos) and line () = snd tokens.(!pos) in
  let describe = function INT i -> string_of_int i | IDENT s | KEY s | SYM s -> s | STRING s -> "\"" ^ s ^ "\"" | EOF -> "the end" in
  let unexpected what = error (line ()) "expected %s, found %s" what (describe (peek ())) in
  let accept t = if peek () = t then (incr pos; true) else false in
  let expect s = if not (accept (SYM s)) then unexpected s in
  let ident () = match peek () with IDENT s -> incr pos; s | _ -> unexpected "a name" in
  let level = function "||" -> 1 | "&&" -> 2 | "==" | "!=" | "<" | ">" | "<=" | ">=" -> 3 | "<<" | ">>" -> 4 | "+" | "-" -> 5 | "*" | "/" | "%" -> 6 | _ -> 0 in
  let rec expr min =
    let rec more left = match peek () with SYM s when level s > min -> incr pos; more (Bin (s, left, expr (level s))) | _ -> left in
    more (unary ())
  and unary () = if accept (SYM "-") then Neg (unary ()) else if accept (SYM "!") then Not (unary ()) else primary ()
  and primary () =
    match peek () with
    | INT i -> incr pos; Int i
    | KEY "true" -> incr pos; Int 1
    | KEY "false" -> incr pos; Int 0
    | SYM "(" -> incr pos; let e = expr 0 in expect ")"; e
    | IDENT f ->
        incr pos;
        if accept (SYM "(") then Call (f, args []) else if accept (SYM "[") then (let i = expr 0 in expect "]"; Index (f, i)) else Var f
    | _ -> unexpected "an expression"
  and args acc =
    if acc = [] && accept (SYM ")") then []
    else
      let acc = expr 0 :: acc in
      if accept (SYM ")") then List.rev acc else (expect ","; args acc)
  in
  let rec block () =
    expect "{";
    let rec go acc = if accept (SYM "}") then List.concat (List.rev acc) else go (stmt () :: acc) in
    go []
  and stmt () =
    let line = line () in
    let one it = [ { line; it } ] in
    let semi r = expect ";"; r in
    match peek () with
    | KEY "var" -> incr pos; let x = ident () in expect "="; let e = expr 0 in semi (one (Let (x, e)))
    | KEY "array" -> incr pos; let x = ident () in expect "["; let e = expr 0 in expect "]"; semi (one (Array (x, e)))
    | KEY "if" ->
        incr pos;
        let c = expr 0 in
        let a = block () in
        let b = if accept (KEY "else") then if peek () = KEY "if" then stmt () else block () else [] in
        one (If (c, a, b))
    | KEY "while" -> incr pos; let c = expr 0 in one (While (c, block ()))
    | KEY "for" ->
        incr pos;
        let x = ident () in
        expect "=";
        let a = expr 0 in
        if not (accept (KEY "to")) then unexpected "to";
        let b = expr 0 in
        let body = block () in
        let limit = "$" ^ x in
        [ { line; it = Let (x, a) }; { line; it = Let (limit, b) }; { line; it = While (Bin ("<=", Var x, Var limit), body @ one (Assign (x, Bin ("+", Var x, Int 1)))) } ]
    | KEY "return" -> incr pos; let e = expr 0 in semi (one (Return e))
    | KEY "break" -> incr pos; semi (one Break)
    | KEY "print" ->
        incr pos;
        let rec items acc =
          let item = match peek () with STRING s -> incr pos; `Text s | _ -> `Expr (expr 0) in
          if accept (SYM ",") then items (item :: acc) else List.rev (item :: acc)
        in
        let l = items [] in
        semi (one (Print l))
    | _ -> (
        match expr 0 with
        | Var x when accept (SYM "=") -> let e = expr 0 in semi (one (Assign (x, e)))
        | Index (x, i) when accept (SYM "=") -> let e = expr 0 in semi (one (Store (x, i, e)))
        | e -> semi (one (Expr e)))
  in
  let rec funcs acc =
    match peek () with
    | EOF -> List.rev acc
    | KEY "fun" ->
        incr pos;
        let name = ident () in
        expect "(";
        let rec params acc = if acc = [] && accept (SYM ")") then [] else let acc = ident () :: acc in if accept (SYM ")") then List.rev acc else (expect ","; params acc) in
        let params = params [] in
        funcs ({ name; params; body = block () } :: acc)
    | _ -> unexpected "fun"
  in
  funcs []

let truth b = if b then 1 else 0

let binop line op a b =
  match op with
  | "+" -> a + b | "-" -> a - b | "*" -> a * b
  | "/" -> ( try a / b with Division_by_zero -> error line "division by zero")
  | "%" -> ( try a mod b with Division_by_zero -> error line "division by zero")
  | "==" -> truth (a = b) | "!=" -> truth (a <> b) | "<" -> truth (a < b) | ">" -> truth (a > b) | "<=" -> truth (a <= b) | ">=" -> truth (a >= b)
  | "<<" -> a lsl (b land 31) | ">>" -> a asr (b land 31)
  | s -> error line "no operator %s" s

(* The tree walker *)
module Walk = struct
  exception Returned of int
  exception Broken

  type value = Cell of int ref | Block of int array

  let run funcs out =
    let table = Hashtbl.create 16 in
    List.iter (fun f -> Hashtbl.replace table f.name f) funcs;
    let rec call line depth name args =
      if depth > 200 then error line "too deep in %s" name;
      let f = try Hashtbl.find table name with Not_found -> error line "no function %s" name in
      let env = Hashtbl.create 8 in
      (try List.iter2 (fun p a -> Hashtbl.replace env p (Cell (ref a))) f.params args
       with Invalid_argument _ -> error line "%s takes %d arguments" name (List.length f.params));
      let rec eval line = function
        | Int i -> i
        | Var x -> ( match Hashtbl.find env x with Cell r -> !r | Block _ -> error line "%s is an array" x | exception Not_found -> error line "no variable %s" x)
        | Index (x, i) ->
            let i = eval line i in
            let a = block line x in
            ( try a.(i) with Invalid_argument _ -> error line "no element %d" i)
        | Not e -> 1 - eval line e
        | Neg e -> -eval line e
        | Bin ("&&", a, b) -> if eval line a <> 0 then eval line b else 0
        | Bin ("||", a, b) -> ( match eval line a with 0 -> eval line b | v -> v)
        | Bin (op, a, b) -> let x = eval line a in binop line op x (eval line b)
        | Call (f, l) -> call line (depth + 1) f (List.map (eval line) l)
      and block line x = match Hashtbl.find env x with Block a -> a | Cell _ -> error line "%s is no array" x | exception Not_found -> error line "no variable %s" x in
      let rec exec { line; it } =
        match it with
        | Let (x, e) -> Hashtbl.replace env x (Cell (ref (eval line e)))
        | Array (x, e) -> Hashtbl.replace env x (Block (Array.make (eval line e) 0))
        | Assign (x, e) -> ( match Hashtbl.find env x with Cell r -> r := eval line e | Block _ -> error line "%s is an array" x | exception Not_found -> error line "no variable %s" x)
        | Store (x, i, e) -> (
            let i = eval line i in
            let v = eval line e in
            try (block line x).(i) <- v with Invalid_argument _ -> error line "no element %d" i)
        | If (c, a, b) -> List.iter exec (if eval line c <> 0 then a else b)
        | While (c, body) -> ( try while eval line c <> 0 do List.iter exec body done with Broken -> ())
        | Return e -> raise_notrace (Returned (eval line e))
        | Print l ->
            List.iter (function `Text s -> Buffer.add_string out s | `Expr e -> Buffer.add_string out (string_of_int (eval line e))) l;
            Buffer.add_char out '\n'
        | Expr e -> ignore (eval line e)
        | Break -> raise_notrace Broken
      in
      match List.iter exec f.body with () -> 0 | exception Returned v -> v
    in
    call 0 0 "main" []
end

(* The virtual machine *)
type instr =
  | Push of int | Load of int | Save of int | New of int | Get of int | Put of int
  | Op of string | Inv | Minus | Jump of int ref | Jz of int ref | Jnz of int ref | Invoke of string * int | Ret | Text of string | Show | Newline | Drop | Dup | At of int

let compile f =
  let code = ref [] and count = ref 0 and slots = Hashtbl.create 8 and breaks = ref [] in
  let emit i = code := i :: !code; incr count in
  let slot line x = try Hashtbl.find slots x with Not_found -> error line "no variable %s" x in
  let declare x = match Hashtbl.find_opt slots x with Some s -> s | None -> let s = Hashtbl.length slots in Hashtbl.add slots x s; s in
  List.iter (fun p -> ignore (declare p)) f.params;
  let rec expr line = function
    | Int i -> emit (Push i)
    | Var x -> emit (Load (slot line x))
    | Index (x, i) -> expr line i; emit (Get (slot line x))
    | Not e -> expr line e; emit Inv
    | Neg e -> expr line e; emit Minus
    | Bin (("&&" | "||") as op, a, b) ->
        let target = ref 0 in
        expr line a;
        emit Dup;
        emit (if op = "&&" then Jz target else Jnz target);
        emit Drop;
        expr line b;
        target := !count
    | Bin (op, a, b) -> expr line a; expr line b; emit (Op op)
    | Call (f, l) -> List.iter (expr line) l; emit (Invoke (f, List.length l))
  in
  let rec stmt { line; it } =
    emit (At line);
    match it with
    | Let (x, e) -> expr line e; emit (Save (declare x))
    | Array (x, e) -> expr line e; emit (New (declare x))
    | Assign (x, e) -> expr line e; emit (Save (slot line x))
    | Store (x, i, e) -> expr line i; expr line e; emit (Put (slot line x))
    | If (c, a, b) ->
        let other = ref 0 and over = ref 0 in
        expr line c;
        emit (Jz other);
        List.iter stmt a;
        if b <> [] then emit (Jump over);
        other := !count;
        List.iter stmt b;
        over := !count
    | While (c, body) ->
        let top = ref !count and over = ref 0 in
        breaks := over :: !breaks;
        expr line c;
        emit (Jz over);
        List.iter stmt body;
        emit (Jump top);
        over := !count;
        breaks := List.tl !breaks
    | Return e -> expr line e; emit Ret
    | Print l -> List.iter (function `Text s -> emit (Text s) | `Expr e -> expr line e; emit Show) l; emit Newline
    | Expr e -> expr line e; emit Drop
    | Break -> ( match !breaks with over :: _ -> emit (Jump over) | [] -> error line "break outside of a loop")
  in
  List.iter stmt f.body;
  emit (Push 0);
  emit Ret;
  (Array.of_list (List.rev !code), Hashtbl.length slots)

let run_vm funcs out =
  let table = Hashtbl.create 16 in
  List.iter (fun f -> Hashtbl.replace table f.name (List.length f.params, compile f)) funcs;
  let stack = Array.make 700 0 and sp = ref 0 and executed = ref 0 in
  let push v = stack.(!sp) <- v; incr sp in
  let pop () = decr sp; stack.(!sp) in
  let rec call line depth name argc =
    if depth > 200 then error line "too deep in %s" name;
    let params, (code, slots) = try Hashtbl.find table name with Not_found -> error line "no function %s" name in
    if params <> argc then error line "%s takes %d arguments" name params;
    let locals = Array.make slots 0 and arrays = Array.make slots [||] in
    for i = argc - 1 downto 0 do locals.(i) <- pop () done;
    let line = ref line and pc = ref 0 and result = ref None in
    while !result = None do
      let i = code.(!pc) in
      incr pc;
      incr executed;
      match i with
      | Push v -> push v
      | Load s -> push locals.(s)
      | Save s -> locals.(s) <- pop ()
      | New s -> arrays.(s) <- Array.make (pop ()) 0
      | Get s -> let i = pop () in push (try arrays.(s).(i) with Invalid_argument _ -> error !line "no element %d" i)
      | Put s -> let v = pop () in let i = pop () in ( try arrays.(s).(i) <- v with Invalid_argument _ -> error !line "no element %d" i)
      | Op op -> let b = pop () in let a = pop () in push (binop !line op a b)
      | Inv -> push (1 - pop ())
      | Minus -> push (-pop ())
      | Jump t -> pc := !t
      | Jz t -> if pop () = 0 then pc := !t
      | Jnz t -> if pop () <> 0 then pc := !t
      | Invoke (f, n) -> push (call !line (depth + 1) f n)
      | Ret -> result := Some (pop ())
      | Text s -> Buffer.add_string out s
      | Show -> Buffer.add_string out (string_of_int (pop ()))
      | Newline -> Buffer.add_char out '\n'
      | Drop -> ignore (pop ())
      | Dup -> let v = pop () in push v; push v
      | At l -> line := l
    done;
    Option.get !result
  in
  let v = call 0 0 "main" 0 in
  (v, !executed)

let programs =
  [
    "fun fib(n) { if n < 2 { return n; } return fib(n-1) + fib(n-2); }\nfun main() { for i = 0 to 9 { print \"fib \", i, \" = \", fib(i); } return fib(13); }";
    "fun main() {\n array sieve[100]; var count = 0;\n for i = 2 to 99 { if !sieve[i] { count = count + 1; var j = i * i; while j < 100 { sieve[j] = 1; j = j + i; } } }\n return count; }";
    "fun gcd(a, b) { while b != 0 { var t = a % b; a = b; b = t; } return a; } fun main() { print gcd(1071, 462), \" \", gcd(-12, 18), \" \", 7 / -2, \" \", -7 % 3, \" \", -1 >> 1, \" \", 1 << 30; return gcd(17, 5); }";
    "fun even(n) { if n == 0 { return true; } return odd(n - 1); } fun odd(n) { if n == 0 { return false; } return even(n - 1); }\nfun main() { if even(100) && !odd(50) || 1 / 0 { print \"yes\"; } else if true { print \"no\"; } return even(77); }";
    "fun main() { array a[20]; var seed = 7;\n for i = 0 to 19 { seed = (seed * 211 + 53) % 1009; a[i] = seed; }\n for i = 1 to 19 { var x = a[i]; var j = i - 1; while j >= 0 && a[j] > x { a[j+1] = a[j]; j = j - 1; } a[j+1] = x; }\n print a[0], \" \", a[10], \" \", a[19]; var i = 0; while true { if a[i] > 500 { break; } i = i + 1; } return i; }";
    "fun main() {\n array a[3];\n a[3] = 1;\n}"; "fun f(x) { return x; }\nfun main() {\n return f(1, 2); }"; "fun main() {\n\n return 1 / (2 - 2); }"; "fun main() { return g(1); }";
    "fun f(n) { return f(n + 1); } fun main() { return f(0); }"; "fun main() { return x; }"; "fun main() { x = ; }"; "fun main( { }"; "fun main() { print \"a; }"; "fun main() { return 99999999999; }"; "fun main() { @ }"; "main";
  ]

let () =
  List.iteri
    (fun i source ->
      let outcome run =
        let out = Buffer.create 100 in
        match run (parse (lex source)) out with
        | v, n -> (Printf.sprintf "%s= %d" (Buffer.contents out) v, n)
        | exception Error (line, m) -> (Printf.sprintf "%sline %d: %s" (Buffer.contents out) line m, 0)
      in
      let a, _ = outcome (fun f out -> (Walk.run f out, 0)) and b, n = outcome run_vm in
      Printf.printf "%d: %s (%d steps)\n" i b n;
      if a <> b then Printf.printf "   but %s\n" a)
    programs
