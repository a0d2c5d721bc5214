(* SPDX-License-Identifier: Apache-2.0 *)
(* Modules: functors over functors, first-class modules in tables, recursive modules, generative ones, includes with constraints, private types, existential plugins, monads and transformers. *)

module type MONAD = sig
  type 'a t

  val return : 'a -> 'a t
  val bind : 'a t -> ('a -> 'b t) -> 'b t
end

module Extend (M : MONAD) = struct
  include M

  let ( let* ) = bind
  let map f m = bind m (fun x -> return (f x))
  let ( let+ ) m f = map f m
  let ( and+ ) a b = bind a (fun x -> map (fun y -> (x, y)) b)
  let rec sequence = function [] -> return [] | m :: l -> let* x = m in let* r = sequence l in return (x :: r)
  let rec fold f a = function [] -> return a | x :: l -> bind (f a x) (fun a -> fold f a l)
  let rec repeat n m = if n = 0 then return () else bind m (fun () -> repeat (n - 1) m)
end

module Identity = struct type 'a t = 'a let return x = x let bind m f = f m end
module Many = struct type 'a t = 'a list let return x = [ x ] let bind l f = List.concat_map f l end

module State (S : sig type t end) (M : MONAD) = struct
  type 'a t = S.t -> ('a * S.t) M.t

  let return x s = M.return (x, s)
  let bind m f s = M.bind (m s) (fun (x, s) -> f x s)
  let get s = M.return (s, s)
  let put s _ = M.return ((), s)
  let lift m s = M.bind m (fun x -> M.return (x, s))
end

module Error (M : MONAD) = struct
  type 'a t = ('a, string) result M.t

  let return x = M.return (Ok x)
  let bind m f = M.bind m (function Ok x -> f x | Error e -> M.return (Error e))
  let fail e = M.return (Error e)
  let lift m = M.bind m (fun x -> M.return (Ok x))
end

module Ints = struct type t = int end
module S0 = State (Ints) (Identity)
module Counter = struct include S0 include Extend (S0) end
module SL = State (Ints) (Many)
module Choices = struct include SL include Extend (SL) end
module E0 = Error (S0)
module Checked = struct include E0 include Extend (E0) end

let () =
  let open Counter in
  let tick = let* n = get in put (n + 1) in
  let tree =
    let rec label = function 0 -> let* () = tick in let+ n = get in string_of_int n | d -> let+ l = label (d - 1) and+ r = label (d - 1) in "(" ^ l ^ r ^ ")" in
    label 3
  in
  let s, n = (let* s = tree in let* () = repeat 10 tick in return s) 0 in
  Printf.printf "%s %d\n" s n;
  let open Choices in
  let pick = lift [ 1; 2; 3 ] in
  let dice = let* a = pick in let* b = pick in let* n = get in let* () = put (n + 1) in if a <= b then return (a, b) else lift [] in
  List.iter (fun ((a, b), n) -> Printf.printf "%d%d/%d " a b n) (dice 7);
  print_newline ();
  let open Checked in
  let divide a b = if b = 0 then fail (Printf.sprintf "%d / 0" a) else let* () = E0.lift (S0.bind S0.get (fun n -> S0.put (n + 1))) in return (a / b) in
  List.iter (fun l -> match fold divide 1000 l 0 with Ok v, n -> Printf.printf "%d after %d\n" v n | Error e, n -> Printf.printf "%s after %d\n" e n) [ [ 2; 5 ]; [ 3; 0; 7 ]; [ -7; -2; 3 ] ]

(* Ordered collections by functors of functors *)
module type KEY = sig type t val compare : t -> t -> int val show : t -> string end
module Pair (A : KEY) (B : KEY) : KEY with type t = A.t * B.t = struct
  type t = A.t * B.t
  let compare (a, b) (c, d) = match A.compare a c with 0 -> B.compare b d | n -> n
  let show (a, b) = A.show a ^ "-" ^ B.show b
end
module Reverse (K : KEY) : KEY with type t = K.t = struct include K let compare a b = K.compare b a end
module Sequence (K : KEY) : KEY with type t = K.t list = struct
  type t = K.t list
  let rec compare a b = match (a, b) with [], [] -> 0 | [], _ -> -1 | _, [] -> 1 | x :: a, y :: b -> ( match K.compare x y with 0 -> compare a b | c -> c)
  let show l = "[" ^ String.concat "" (List.map K.show l) ^ "]"
end
module Int_key = struct include Int let show = string_of_int end
module String_key = struct include String let show s = s end

module Multiset (K : KEY) : sig
  type t
  val empty : t
  val add : ?times:int -> K.t -> t -> t
  val remove : K.t -> t -> t
  val count : K.t -> t -> int
  val union : t -> t -> t
  val show : t -> string
end = struct
  module M = Map.Make (K)
  type t = int M.t
  let empty = M.empty
  let count k m = try M.find k m with Not_found -> 0
  let add ?(times = 1) k m = M.add k (count k m + times) m
  let remove k m = match M.find k m with 1 -> M.remove k m | n -> M.add k (n - 1) m | exception Not_found -> m
  let union = M.union (fun _ a b -> Some (a + b))
  let show m = String.concat " " (List.map (fun (k, n) -> Printf.sprintf "%s:%d" (K.show k) n) (M.bindings m))
end

let () =
  let module A = Multiset (Pair (Reverse (Int_key)) (Sequence (String_key))) in
  let m = List.fold_left (fun m (k, w) -> A.add (k, w) m) A.empty [ (1, [ "b" ]); (2, [ "a"; "b" ]); (1, [ "b" ]); (2, []); (3, [ "z" ]) ] in
  print_endline (A.show m);
  let m' = A.union (A.remove (1, [ "b" ]) (A.remove (3, [ "z" ]) (A.remove (9, []) m))) (A.add ~times:5 (0, []) A.empty) in
  Printf.printf "%s; %d\n" (A.show m') (A.count (1, [ "b" ]) m')

(* Plugins: existential modules in a table, each with a state of its own *)
module type PLUGIN = sig
  type state
  val name : string
  val init : state
  val step : state -> int -> state
  val result : state -> string
end

let plugins : (string, (module PLUGIN)) Hashtbl.t = Hashtbl.create 7
let register (module P : PLUGIN) = Hashtbl.replace plugins P.name (module P)

module type SCALE = sig val k : int end
let scaled k : (module SCALE) = (module struct let k = k end)

let () =
  register (module struct type state = int let name = "sum" let init = 0 let step = ( + ) let result = string_of_int end);
  register (module struct type state = float * int let name = "mean" let init = (0., 0) let step (s, n) x = (s +. float x, n + 1) let result (s, n) = Printf.sprintf "%.3f" (s /. float n) end);
  register (module struct type state = int list let name = "last" let init = [] let step l x = List.filteri (fun i _ -> i < 3) (x :: l) let result l = String.concat "," (List.map string_of_int l) end);
  List.iter
    (fun k ->
      let (module K : SCALE) = scaled k in
      let module Scaled (P : PLUGIN) = struct include P let name = Printf.sprintf "%s*%d" P.name K.k let step s x = P.step s (x * K.k) end in
      let (module Sum) = Hashtbl.find plugins "sum" in
      register (module Scaled (Sum)))
    [ 3; -2 ];
  let run (module P : PLUGIN) l = P.result (List.fold_left P.step P.init l) in
  let l = List.init 100 (fun i -> (i * i mod 17) - 5) in
  Hashtbl.fold (fun n p acc -> (n, run p l) :: acc) plugins [] |> List.sort compare |> List.iter (fun (n, r) -> Printf.printf "%s = %s\n" n r);
  match Hashtbl.find plugins "none" with _ -> () | exception Not_found -> print_endline "no such plugin"

(* Recursive modules: a tree that holds sets of trees *)
module rec Tree : sig
  type t = Leaf of string | Node of Trees.t
  val compare : t -> t -> int
  val show : t -> string
  val depth : t -> int
end = struct
  type t = Leaf of string | Node of Trees.t
  let compare a b = match (a, b) with Leaf a, Leaf b -> String.compare a b | Leaf _, Node _ -> -1 | Node _, Leaf _ -> 1 | Node a, Node b -> Trees.compare a b
  let show = function Leaf s -> s | Node s -> "{" ^ String.concat "," (List.map Tree.show (Trees.elements s)) ^ "}"
  let depth = function Leaf _ -> 0 | Node s -> 1 + Trees.fold (fun t d -> max d (Tree.depth t)) s 0
end

and Trees : Set.S with type elt = Tree.t = Set.Make (Tree)

module rec Even : sig val test : int -> bool val name : string end = struct let name = "even" let test n = n = 0 || Odd.test (n - 1) end
and Odd : sig val test : int -> bool val twice : int -> bool end = struct let test n = n <> 0 && Even.test (n - 1) let twice n = test n && not (test (n + 1)) end

let () =
  let leaf s = Tree.Leaf s and node l = Tree.Node (Trees.of_list l) in
  let t = node [ leaf "b"; node [ leaf "x"; leaf "x" ]; leaf "a"; node [ node []; leaf "y" ]; node [ leaf "x" ] ] in
  Printf.printf "%s, depth %d\n" (Tree.show t) (Tree.depth t);
  (* the numbers of von Neumann *)
  let rec number n = if n = 0 then node [] else match number (n - 1) with Tree.Node s as t -> Tree.Node (Trees.add t s) | Tree.Leaf _ -> assert false in
  Printf.printf "%s %b\n" (Tree.show (number 4)) (Tree.compare (number 5) (number 5) = 0);
  Printf.printf "%s: %b %b %b\n" Even.name (Even.test 1000) (Odd.test 10) (Odd.twice 1001)

(* Generative functors: each application has types and state of its own; private rows *)
module Ids () : sig type t = private int val fresh : unit -> t val count : unit -> int end = struct
  type t = int
  let next = ref 0
  let fresh () = incr next; !next * !next
  let count () = !next
end

module Money : sig type t = private { cents : int } val make : int -> t val ( + ) : t -> t -> t val split : int -> t -> t list end = struct
  type t = { cents : int }
  let make cents = if cents < 0 then invalid_arg "Money.make" else { cents }
  let ( + ) a b = make (a.cents + b.cents)
  let split n { cents } = List.init n (fun i -> make (Stdlib.( + ) (cents / n) (if i < cents mod n then 1 else 0)))
end

let () =
  let module A = Ids () in
  let module B = Ids () in
  for _ = 1 to 3 do ignore (A.fresh ()) done;
  let b = B.fresh () in
  Printf.printf "%d %d %d %d\n" (A.count ()) (B.count ()) (b :> int) (A.fresh () :> int);
  let open Money in
  let parts = split 7 (make 1000) in
  Printf.printf "%s = %d\n" (String.concat "+" (List.map (fun m -> string_of_int m.cents) parts)) (List.fold_left ( + ) (make 0) parts).cents;
  match make (-1) with _ -> () | exception Invalid_argument m -> print_endline m

(* A functor with work in its body and exceptions of its own *)
module Memo (K : sig type t type r val compute : (t -> r) -> t -> r val limit : int end) = struct
  exception Too_deep of K.t
  let table : (K.t, K.r) Hashtbl.t = Hashtbl.create 64
  let depth = ref 0
  let rec get k =
    match Hashtbl.find table k with
    | r -> r
    | exception Not_found ->
        if !depth >= K.limit then raise (Too_deep k);
        incr depth;
        let r = try K.compute get k with e -> decr depth; raise e in
        decr depth;
        Hashtbl.add table k r;
        r
end

let () =
  let module Fib = Memo (struct type t = int type r = int let compute self n = if n < 2 then n else self (n - 1) + self (n - 2) let limit = 60 end) in
  let module Paths = Memo (struct type t = int * int type r = int let compute self (x, y) = if x = 0 || y = 0 then 1 else self (x - 1, y) + self (x, y - 1) let limit = 100 end) in
  Printf.printf "%d %d\n" (Fib.get 50) (Paths.get (15, 14));
  (match Fib.get 200 with _ -> () | exception Fib.Too_deep k -> Printf.printf "too deep at %d, depth %d\n" k !Fib.depth);
  match Paths.get (99, 99) with v -> Printf.printf "%d\n" v | exception Fib.Too_deep _ -> print_endline "the other's exception" | exception Paths.Too_deep (x, y) -> Printf.printf "too deep at %d,%d, depth %d\n" x y !Paths.depth
