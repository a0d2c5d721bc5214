(* SPDX-License-Identifier: Apache-2.0 *)
(* A Scheme in continuation-passing style: s-expressions, closures, call/cc, tail calls, quasiquotation, errors with traces. *)

type value =
  | Nil
  | Bool of bool
  | Int of int
  | Str of string
  | Sym of string
  | Pair of { mutable car : value; mutable cdr : value }
  | Prim of string * (value list -> value)
  | Closure of { params : value; body : value list; env : env }
  | Continuation of (value -> value)
  | Unspecified

and env = { table : (string, value ref) Hashtbl.t; parent : env option }

exception Scheme_error of string * value list

let error m l = raise (Scheme_error (m, l))
let cons car cdr = Pair { car; cdr }
let rec list_of = function Nil -> [] | Pair { car; cdr } -> car :: list_of cdr | v -> error "not a list" [ v ]
let of_list l = List.fold_right cons l Nil

(* Reader *)
let read_all text =
  let pos = ref 0 in
  let peek () = try text.[!pos] with Invalid_argument _ -> '\000' in
  let rec skip () =
    match peek () with
    | ' ' | '\n' | '\t' -> incr pos; skip ()
    | ';' -> (match String.index_from text !pos '\n' with i -> pos := i | exception Not_found -> pos := String.length text); skip ()
    | _ -> ()
  in
  let rec datum () =
    skip ();
    match peek () with
    | '\000' -> raise End_of_file
    | '(' -> incr pos; rest ()
    | '\'' -> quoted "quote"
    | '`' -> quoted "quasiquote"
    | ',' -> quoted "unquote"
    | '"' ->
        let e = String.index_from text (!pos + 1) '"' in
        let s = String.sub text (!pos + 1) (e - !pos - 1) in
        pos := e + 1;
        Str s
    | '#' ->
        pos := !pos + 2;
        Bool (text.[!pos - 1] = 't')
    | _ ->
        let start = !pos in
        let rec atom () = match peek () with ' ' | '\n' | '\t' | '(' | ')' | '\000' -> () | _ -> incr pos; atom () in
        atom ();
        let s = String.sub text start (!pos - start) in
        (match int_of_string_opt s with Some i -> Int i | None -> Sym s)
  and quoted name =
    incr pos;
    let d = datum () in
    of_list [ Sym name; d ]
  and rest () =
    skip ();
    match peek () with
    | ')' -> incr pos; Nil
    | '.' when text.[!pos + 1] = ' ' ->
        incr pos;
        let d = datum () in
        skip ();
        incr pos;
        d
    | _ ->
        let a = datum () in
        cons a (rest ())
  in
  let rec all acc = match datum () with d -> all (d :: acc) | exception End_of_file -> List.rev acc in
  all []

let rec show = function
  | Nil -> "()"
  | Bool b -> if b then "#t" else "#f"
  | Int i -> string_of_int i
  | Str s -> s
  | Sym s -> s
  | Pair { car = Sym "quote"; cdr = Pair { car; cdr = Nil } } -> "'" ^ show car
  | Pair _ as p ->
      let rec go = function
        | Pair { car; cdr = Nil } -> show car
        | Pair { car; cdr = Pair _ as cdr } -> show car ^ " " ^ go cdr
        | Pair { car; cdr } -> show car ^ " . " ^ show cdr
        | _ -> assert false
      in
      "(" ^ go p ^ ")"
  | Prim (n, _) -> "#<" ^ n ^ ">"
  | Closure _ -> "#<closure>"
  | Continuation _ -> "#<continuation>"
  | Unspecified -> "#<unspecified>"

let rec lookup env name =
  match Hashtbl.find env.table name with
  | r -> r
  | exception Not_found -> ( match env.parent with Some e -> lookup e name | None -> error "unbound" [ Sym name ])

let define env name v = Hashtbl.replace env.table name (ref v)
let child env = { table = Hashtbl.create 4; parent = Some env }

let rec bind env params args =
  match (params, args) with
  | Nil, [] -> ()
  | Sym s, l -> define env s (of_list l)
  | Pair { car = Sym s; cdr }, a :: l -> define env s a; bind env cdr l
  | _ -> error "wrong number of arguments" (params :: args)

let truth = function Bool false -> false | _ -> true

let rec eval e env k =
  match e with
  | Int _ | Str _ | Bool _ | Nil | Unspecified | Prim _ | Closure _ | Continuation _ -> k e
  | Sym s -> k !(lookup env s)
  | Pair { car = Sym "quote"; cdr = Pair { car; _ } } -> k car
  | Pair { car = Sym "quasiquote"; cdr = Pair { car; _ } } -> quasi car env k
  | Pair { car = Sym "if"; cdr } -> (
      match list_of cdr with
      | [ c; a ] -> eval c env (fun v -> if truth v then eval a env k else k Unspecified)
      | [ c; a; b ] -> eval c env (fun v -> eval (if truth v then a else b) env k)
      | l -> error "bad if" l)
  | Pair { car = Sym "define"; cdr = Pair { car = Pair { car = Sym f; cdr = params }; cdr = body } } ->
      define env f (Closure { params; body = list_of body; env });
      k (Sym f)
  | Pair { car = Sym "define"; cdr = Pair { car = Sym s; cdr = Pair { car = e; _ } } } ->
      eval e env (fun v -> define env s v; k (Sym s))
  | Pair { car = Sym "set!"; cdr = Pair { car = Sym s; cdr = Pair { car = e; _ } } } ->
      eval e env (fun v -> lookup env s := v; k Unspecified)
  | Pair { car = Sym "lambda"; cdr = Pair { car = params; cdr = body } } -> k (Closure { params; body = list_of body; env })
  | Pair { car = Sym "begin"; cdr } -> sequence (list_of cdr) env k
  | Pair { car = Sym "let"; cdr = Pair { car = Sym loop; cdr = Pair { car = bs; cdr = body } } } ->
      let names, values = List.split (List.map (fun b -> match list_of b with [ n; v ] -> (n, v) | l -> error "bad let" l) (list_of bs)) in
      let inner = child env in
      let f = Closure { params = of_list names; body = list_of body; env = inner } in
      define inner loop f;
      eval_list values env (fun args -> apply f args k)
  | Pair { car = Sym "let"; cdr = Pair { car = bs; cdr = body } } ->
      let names, values = List.split (List.map (fun b -> match list_of b with [ n; v ] -> (n, v) | l -> error "bad let" l) (list_of bs)) in
      eval_list values env (fun args ->
          let inner = child env in
          bind inner (of_list names) args;
          sequence (list_of body) inner k)
  | Pair { car = Sym "and"; cdr } -> conj (list_of cdr) env k
  | Pair { car = Sym "or"; cdr } -> disj (list_of cdr) env k
  | Pair { car = Sym "cond"; cdr } -> cond (list_of cdr) env k
  | Pair { car = f; cdr } -> eval f env (fun f -> eval_list (list_of cdr) env (fun args -> apply f args k))

and sequence l env k = match l with [] -> k Unspecified | [ e ] -> eval e env k | e :: l -> eval e env (fun _ -> sequence l env k)
and eval_list l env k = match l with [] -> k [] | e :: l -> eval e env (fun v -> eval_list l env (fun vs -> k (v :: vs)))
and conj l env k = match l with [] -> k (Bool true) | [ e ] -> eval e env k | e :: l -> eval e env (fun v -> if truth v then conj l env k else k v)
and disj l env k = match l with [] -> k (Bool false) | [ e ] -> eval e env k | e :: l -> eval e env (fun v -> if truth v then k v else disj l env k)

and cond l env k =
  match l with
  | [] -> k Unspecified
  | Pair { car = Sym "else"; cdr } :: _ -> sequence (list_of cdr) env k
  | Pair { car; cdr } :: l -> eval car env (fun v -> if truth v then sequence (list_of cdr) env k else cond l env k)
  | v :: _ -> error "bad cond" [ v ]

and quasi t env k =
  match t with
  | Pair { car = Sym "unquote"; cdr = Pair { car; _ } } -> eval car env k
  | Pair { car; cdr } -> quasi car env (fun a -> quasi cdr env (fun d -> k (cons a d)))
  | v -> k v

and apply f args k =
  match f with
  | Prim ("call/cc", _) -> ( match args with [ g ] -> apply g [ Continuation k ] k | l -> error "call/cc" l)
  | Prim ("apply", _) -> ( match args with [ g; l ] -> apply g (list_of l) k | l -> error "apply" l)
  | Prim (_, f) -> k (f args)
  | Continuation k' -> ( match args with [ v ] -> k' v | l -> error "a continuation takes one value" l)
  | Closure { params; body; env } ->
      let inner = child env in
      bind inner params args;
      sequence body inner k
  | v -> error "not a function" (v :: args)

let global =
  let env = { table = Hashtbl.create 64; parent = None } in
  let prim name f = define env name (Prim (name, fun args -> try f args with Match_failure _ -> error ("bad arguments of " ^ name) args)) in
  let int = function Int i -> i | v -> error "not a number" [ v ] in
  let compare name f = prim name (function [ a; b ] -> Bool (f (int a) (int b)) | l -> error name l) in
  prim "+" (fun l -> Int (List.fold_left (fun s v -> s + int v) 0 l));
  prim "*" (fun l -> Int (List.fold_left (fun s v -> s * int v) 1 l));
  prim "-" (function [ a ] -> Int (-int a) | a :: l -> Int (List.fold_left (fun s v -> s - int v) (int a) l) | [] -> error "-" []);
  prim "quotient" (function [ a; b ] -> ( try Int (int a / int b) with Division_by_zero -> error "division by zero" [ a ]) | l -> error "quotient" l);
  prim "remainder" (function [ a; b ] -> ( try Int (int a mod int b) with Division_by_zero -> error "division by zero" [ a ]) | l -> error "remainder" l);
  compare "<" ( < ); compare "=" ( = ); compare ">" ( > ); compare "<=" ( <= );
  prim "cons" (function [ a; b ] -> cons a b | l -> error "cons" l);
  prim "car" (function [ Pair { car; _ } ] -> car | l -> error "car" l);
  prim "cdr" (function [ Pair { cdr; _ } ] -> cdr | l -> error "cdr" l);
  prim "set-car!" (function [ Pair p; v ] -> p.car <- v; Unspecified | l -> error "set-car!" l);
  prim "null?" (function [ v ] -> Bool (v = Nil) | l -> error "null?" l);
  prim "pair?" (function [ Pair _ ] -> Bool true | _ -> Bool false);
  prim "not" (function [ v ] -> Bool (not (truth v)) | l -> error "not" l);
  prim "eq?" (function [ a; b ] -> Bool (match (a, b) with Sym a, Sym b -> a = b | Int a, Int b -> a = b | a, b -> a == b) | l -> error "eq?" l);
  prim "list" of_list;
  prim "error" (function Str m :: l -> error m l | l -> error "error" l);
  prim "call/cc" (fun _ -> Unspecified);
  prim "apply" (fun _ -> Unspecified);
  env

let program = {|
(define (fact n) (if (< n 2) 1 (* n (fact (- n 1)))))
(fact 10)
(fact 13)   ; wraps round at 31 bits
(define (map f l) (if (null? l) '() (cons (f (car l)) (map f (cdr l)))))
(define (fold f a l) (if (null? l) a (fold f (f a (car l)) (cdr l))))
(define (range a b) (if (< a b) (cons a (range (+ a 1) b)) '()))
(map (lambda (x) (* x x)) (range 0 10))
(fold + 0 (range 0 100))
(let loop ((i 0) (acc 0)) (if (= i 900) acc (loop (+ i 1) (+ acc (remainder i 7)))))
(define (curry f . args) (lambda more (apply f (fold (lambda (l x) (cons x l)) more args))))
((curry + 1 2) 3 4)
(define k2 #f)
(define count 0)
(+ 100 (call/cc (lambda (k) (set! k2 k) 1)))
(define (product l) (call/cc (lambda (return) (fold (lambda (a x) (if (= x 0) (return 'zero) (* a x))) 1 l))))
(list (product '(1 2 3 4)) (product '(1 2 0 4)))
(define (tree->generator tree)
  (define caller #f)
  (define (loop t)
    (cond ((null? t) 'skip)
          ((pair? t) (loop (car t)) (loop (cdr t)))
          (else (call/cc (lambda (rest) (set! resume (lambda () (rest 'x))) (caller t))))))
  (define resume (lambda () (loop tree) (caller '*done*)))
  (lambda () (call/cc (lambda (k) (set! caller k) (resume)))))
(define (same-fringe? a b)
  (define g (tree->generator a))
  (define h (tree->generator b))
  (let loop () (let ((x (g)) (y (h)))
    (cond ((not (eq? x y)) #f) ((eq? x '*done*) #t) (else (loop))))))
(list (same-fringe? '(1 (2 3) 4) '((1 2) (3 (4)))) (same-fringe? '(1 2 3) '(1 (3 2))))
(define x 5)
`(x is ,x and (,(+ x 1) . ,(* x 2)) 'quoted)
(define (even? n) (or (= n 0) (odd? (- n 1))))
(define (odd? n) (and (not (= n 0)) (even? (- n 1))))
(list (even? 101) (odd? 101))
(define p (cons 1 2))
(set-car! p '(a "b"))
p
(define (queens n)
  (define (ok? row dist placed)
    (or (null? placed)
        (and (not (= (car placed) (+ row dist))) (not (= (car placed) (- row dist))) (not (= (car placed) row))
             (ok? row (+ dist 1) (cdr placed)))))
  (define (place k placed)
    (if (= k 0) 1
        (let loop ((row 1) (total 0))
          (if (> row n) total
              (loop (+ row 1) (+ total (if (ok? row 1 placed) (place (- k 1) (cons row placed)) 0)))))))
  (place n '()))
(queens 4)
(car '())
(quotient 7 0)
(undefined-thing 1)
((lambda (a b) a) 1)
(error "custom" x '(1 2))
(5 5)
(+ 'a 1)
(list (quotient -7 2) (remainder -7 2) (- 5) (if #f #f) car map)
|}

let () =
  List.iter
    (fun form ->
      match eval form global (fun v -> v) with
      | Sym _ | Unspecified -> ()
      | v -> print_endline (show v)
      | exception Scheme_error (m, l) -> Printf.printf "error: %s%s\n" m (String.concat "" (List.map (fun v -> " " ^ show v) l)))
    (read_all program);
  (* A continuation kept from an earlier form, entered again *)
  match !(lookup global "k2") with
  | Continuation k -> List.iter (fun i -> print_endline (show (k (Int i)))) [ 7; 8; -100 ]
  | _ -> print_endline "no continuation"
