(* SPDX-License-Identifier: Apache-2.0 *)
(* Type inference: algorithm W with levels and mutable variables, let-polymorphism, records by rows, recursion, errors with the types at odds. *)

type ty = Con of string * ty list | Arrow of ty * ty | Tuple of ty list | Tv of tv ref | Record of ty | Field of string * ty * ty | Rempty

and tv = Unbound of int * int | Link of ty | Generic of int

exception Clash of ty * ty
exception Occurs of ty
exception Unbound_name of string

let counter = ref 0
let fresh level = incr counter; Tv (ref (Unbound (!counter, level)))
let int = Con ("int", []) and bool = Con ("bool", []) and string = Con ("string", []) and list t = Con ("list", [ t ])

let rec repr = function
  | Tv ({ contents = Link t } as r) ->
      let t = repr t in
      r := Link t;
      t
  | t -> t

let rec occurs r level t =
  match repr t with
  | Tv r' when r == r' -> raise Exit
  | Tv ({ contents = Unbound (id, l) } as r') -> if l > level then r' := Unbound (id, level)
  | Tv _ | Rempty -> ()
  | Con (_, l) | Tuple l -> List.iter (occurs r level) l
  | Arrow (a, b) | Field (_, a, b) -> occurs r level a; occurs r level b
  | Record t -> occurs r level t

let rec unify a b =
  let a = repr a and b = repr b in
  if a != b then
    match (a, b) with
    | Tv ({ contents = Unbound (_, level) } as r), t | t, Tv ({ contents = Unbound (_, level) } as r) -> (
        match occurs r level t with () -> r := Link t | exception Exit -> raise (Occurs t))
    | Con (c, l), Con (d, m) when c = d -> List.iter2 unify l m
    | Arrow (a, b), Arrow (c, d) -> unify a c; unify b d
    | Tuple l, Tuple m -> ( try List.iter2 unify l m with Invalid_argument _ -> raise (Clash (a, b)))
    | Record a, Record b -> unify a b
    | Rempty, Rempty -> ()
    | Field (x, t, rest), (Field _ as row) ->
        let t', rest' = rewrite x row in
        unify t t';
        unify rest rest'
    | _ -> raise (Clash (a, b))

(* the row with field x in front *)
and rewrite x row =
  match repr row with
  | Field (y, t, rest) when x = y -> (t, rest)
  | Field (y, t, rest) ->
      let t', rest' = rewrite x rest in
      (t', Field (y, t, rest'))
  | Tv ({ contents = Unbound (_, level) } as r) ->
      let t = fresh level and rest = fresh level in
      r := Link (Field (x, t, rest));
      (t, rest)
  | t -> raise (Clash (Field (x, Rempty, Rempty), t))

let rec generalize level t =
  match repr t with
  | Tv { contents = Unbound (id, l) } when l > level -> Tv (ref (Generic id))
  | (Tv _ | Rempty) as t -> t
  | Con (c, l) -> Con (c, List.map (generalize level) l)
  | Tuple l -> Tuple (List.map (generalize level) l)
  | Arrow (a, b) -> Arrow (generalize level a, generalize level b)
  | Record t -> Record (generalize level t)
  | Field (x, a, b) -> Field (x, generalize level a, generalize level b)

let instantiate level t =
  let seen = Hashtbl.create 8 in
  let rec go t =
    match repr t with
    | Tv { contents = Generic id } -> (
        try Hashtbl.find seen id
        with Not_found ->
          let v = fresh level in
          Hashtbl.add seen id v;
          v)
    | (Tv _ | Rempty) as t -> t
    | Con (c, l) -> Con (c, List.map go l)
    | Tuple l -> Tuple (List.map go l)
    | Arrow (a, b) -> Arrow (go a, go b)
    | Record t -> Record (go t)
    | Field (x, a, b) -> Field (x, go a, go b)
  in
  go t

let show t =
  let names = Hashtbl.create 8 in
  let name k = try Hashtbl.find names k with Not_found -> let n = Hashtbl.length names in let s = Printf.sprintf "'%c%s" (Char.chr (97 + (n mod 26))) (if n < 26 then "" else string_of_int (n / 26)) in Hashtbl.add names k s; s in
  let rec go p t =
    let paren q s = if p > q then "(" ^ s ^ ")" else s in
    match repr t with
    | Tv { contents = Generic id } -> name id
    | Tv { contents = Unbound (id, _) } -> name (-id)
    | Tv { contents = Link _ } -> assert false
    | Con (c, []) -> c
    | Con (c, l) -> String.concat " " (List.map (go 2) l) ^ " " ^ c
    | Arrow (a, b) -> let a = go 1 a in paren 0 (a ^ " -> " ^ go 0 b)
    | Tuple l -> paren 1 (String.concat " * " (List.map (go 2) l))
    | Record r -> "{" ^ row r ^ "}"
    | Field _ | Rempty -> "<" ^ row t ^ ">"
  and row t = match repr t with Rempty -> "" | Field (x, t, rest) -> let s = x ^ ": " ^ go 0 t in ( match row rest with "" -> s | r -> s ^ "; " ^ r) | t -> ".." ^ go 0 t in
  go 0 t

type expr =
  | Int of int
  | Str of string
  | Var of string
  | Fun of string * expr
  | App of expr * expr
  | Let of bool * string * expr * expr
  | If of expr * expr * expr
  | Pair of expr list
  | Rec of (string * expr) list
  | Get of expr * string
  | With of string * expr * expr

let rec infer env level e =
  match e with
  | Int _ -> int
  | Str _ -> string
  | Var x -> ( match List.assoc x env with t -> instantiate level t | exception Not_found -> raise (Unbound_name x))
  | Fun (x, b) ->
      let t = fresh level in
      Arrow (t, infer ((x, t) :: env) level b)
  | App (f, a) ->
      let tf = infer env level f in
      let ta = infer env level a in
      let r = fresh level in
      unify tf (Arrow (ta, r));
      r
  | Let (recursive, x, d, b) ->
      let t =
        if recursive then begin
          let v = fresh (level + 1) in
          let t = infer ((x, v) :: env) (level + 1) d in
          unify v t;
          t
        end
        else infer env (level + 1) d
      in
      infer ((x, generalize level t) :: env) level b
  | If (c, a, b) ->
      unify (infer env level c) bool;
      let t = infer env level a in
      unify t (infer env level b);
      t
  | Pair l -> Tuple (List.map (infer env level) l)
  | Rec l -> Record (List.fold_right (fun (x, e) r -> Field (x, infer env level e, r)) l Rempty)
  | Get (e, x) ->
      let t = fresh level in
      unify (infer env level e) (Record (Field (x, t, fresh level)));
      t
  | With (x, v, e) ->
      let row = fresh level in
      unify (infer env level e) (Record (Field (x, fresh level, row)));
      Record (Field (x, infer env level v, row))

(* A reader for it: names, numbers, "text", \x. e, let [rec] x = e in e, if e then e else e, (e, e), {a = e}, e.a, {e with a = e} *)
exception Syntax of string

let parse s =
  let words = ref [] and n = String.length s in
  let rec lex i =
    if i < n then
      match s.[i] with
      | ' ' -> lex (i + 1)
      | 'a' .. 'z' | '0' .. '9' | '_' ->
          let j = ref i in
          while !j < n && match s.[!j] with 'a' .. 'z' | '0' .. '9' | '_' | '\'' -> true | _ -> false do incr j done;
          words := String.sub s i (!j - i) :: !words;
          lex !j
      | '"' ->
          let j = String.index_from s (i + 1) '"' in
          words := String.sub s i (j - i) :: !words;
          lex (j + 1)
      | c -> words := String.make 1 c :: !words; lex (i + 1)
  in
  lex 0;
  let rest = ref (List.rev !words) in
  let peek () = match !rest with w :: _ -> w | [] -> "" in
  let next () = match !rest with w :: l -> rest := l; w | [] -> raise (Syntax "end") in
  let expect w = if next () <> w then raise (Syntax w) in
  let rec expr () =
    match peek () with
    | "\\" -> ignore (next ()); let x = next () in expect "."; Fun (x, expr ())
    | "let" ->
        ignore (next ());
        let recursive = peek () = "rec" in
        if recursive then ignore (next ());
        let x = next () in
        expect "=";
        let d = expr () in
        expect "in";
        Let (recursive, x, d, expr ())
    | "if" -> ignore (next ()); let c = expr () in expect "then"; let a = expr () in expect "else"; If (c, a, expr ())
    | _ -> apps (postfix (atom ()))
  and apps f = match peek () with "" | ")" | "," | "in" | "then" | "else" | "}" | ";" | "with" -> f | "\\" -> App (f, expr ()) | _ -> apps (App (f, postfix (atom ())))
  and postfix e = match !rest with "." :: x :: l -> rest := l; postfix (Get (e, x)) | _ -> e
  and atom () =
    match next () with
    | "(" ->
        let e = expr () in
        let rec more acc = match next () with ")" -> List.rev acc | "," -> more (expr () :: acc) | w -> raise (Syntax w) in
        ( match more [ e ] with [ e ] -> e | l -> Pair l)
    | "{" -> (
        match !rest with
        | "}" :: l -> rest := l; Rec []
        | x :: "=" :: _ ->
            ignore x;
            let rec fields acc =
              let x = next () in
              expect "=";
              let acc = (x, expr ()) :: acc in
              match next () with ";" -> fields acc | "}" -> List.rev acc | w -> raise (Syntax w)
            in
            Rec (fields [])
        | _ ->
            let e = expr () in
            expect "with";
            let x = next () in
            expect "=";
            let v = expr () in
            expect "}";
            With (x, v, e))
    | w when w.[0] = '"' -> Str w
    | w -> ( match int_of_string_opt w with Some i -> Int i | None -> if w.[0] >= 'a' && w.[0] <= 'z' then Var w else raise (Syntax w))
  in
  let e = expr () in
  if !rest <> [] then raise (Syntax (peek ()));
  e

let generic f = let a = fresh 1 in let b = fresh 1 in generalize 0 (f a b)

let prelude =
  [
    ("nil", generic (fun a _ -> list a)); ("cons", generic (fun a _ -> Arrow (a, Arrow (list a, list a)))); ("head", generic (fun a _ -> Arrow (list a, a))); ("tail", generic (fun a _ -> Arrow (list a, list a)));
    ("null", generic (fun a _ -> Arrow (list a, bool))); ("add", Arrow (int, Arrow (int, int))); ("less", Arrow (int, Arrow (int, bool))); ("eq", generic (fun a _ -> Arrow (a, Arrow (a, bool))));
    ("true", bool); ("fst", generic (fun a b -> Arrow (Tuple [ a; b ], a))); ("snd", generic (fun a b -> Arrow (Tuple [ a; b ], b))); ("length", Arrow (string, int));
  ]

let () =
  List.iter
    (fun s ->
      match generalize 0 (infer prelude 1 (parse s)) with
      | t -> Printf.printf "%s : %s\n" s (show t)
      | exception Clash (a, b) -> Printf.printf "%s : %s is not %s\n" s (show a) (show b)
      | exception Occurs t -> Printf.printf "%s : infinite in %s\n" s (show t)
      | exception Unbound_name x -> Printf.printf "%s : no %s\n" s x
      | exception Syntax w -> Printf.printf "%s : syntax at %s\n" s w)
    [
      "\\x. x"; "\\f. \\g. \\x. f (g x)"; "\\x. \\y. \\z. x z (y z)"; "let id = \\x. x in (id 1, id \"a\")"; "(\\id. (id 1, id \"a\")) (\\x. x)"; "\\x. x x"; "let rec f = \\x. f x in f";
      "let rec map = \\f. \\l. if null l then nil else cons (f (head l)) (map f (tail l)) in map"; "let rec fold = \\f. \\a. \\l. if null l then a else fold f (f a (head l)) (tail l) in (fold add 0, fold)";
      "\\x. let y = x in (y 1, y true)"; "\\x. let y = \\z. x in (y 1, y true)"; "if 1 then 2 else 3"; "if true then 2 else \"a\""; "cons 1 (cons true nil)"; "add 1 (length \"abc\")"; "\\r. add r.a r.b"; "{x = 1; y = \"s\"}.y";
      "{x = 1}.z"; "let get = \\r. r.name in (get {name = 1}, get {age = 2; name = \"n\"})"; "\\r. {r with a = r.b}"; "{{a = 1; b = true} with a = \"x\"}"; "{}"; "\\r. if true then r else {r with x = 1}"; "eq {b = 1; a = 2} {a = 1; b = 2}";
      "fst (1, 2, 3)"; "let p = \\x. (x, x) in let q = \\x. p (p x) in let r = \\x. q (q x) in r"; "undefined 3"; "let x = in x"; "(1, 2"; "\\f. f (\\x. f)"; "let twice = \\f. \\x. f (f x) in twice twice twice";
      "let k = \\x. \\y. x in k k k k k";
    ]
