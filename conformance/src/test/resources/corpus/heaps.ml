(* SPDX-License-Identifier: Apache-2.0 *)
(* Priority queues: binary in an array, leftist, skew, pairing, binomial, a radix heap; one set of checks for all, by first-class modules. *)

module type ORDERED = sig
  type t

  val compare : t -> t -> int
end

module type HEAP = sig
  type elt
  type t

  val name : string
  val empty : unit -> t
  val add : elt -> t -> t
  val min : t -> elt
  (** @raise Not_found *)

  val rest : t -> t
  val merge : t -> t -> t
end

module type MAKE = functor (O : ORDERED) -> HEAP with type elt = O.t

module Binary : MAKE = functor (O : ORDERED) -> struct
  type elt = O.t
  type t = { mutable items : elt array; mutable size : int }

  let name = "binary"
  let empty () = { items = [||]; size = 0 }

  let add x h =
    if h.size = Array.length h.items then begin
      let items = Array.make (max 4 (2 * h.size)) x in
      Array.blit h.items 0 items 0 h.size;
      h.items <- items
    end;
    let i = ref h.size in
    h.size <- h.size + 1;
    (try
       while !i > 0 do
         let up = (!i - 1) / 2 in
         if O.compare h.items.(up) x <= 0 then raise_notrace Exit;
         h.items.(!i) <- h.items.(up);
         i := up
       done
     with Exit -> ());
    h.items.(!i) <- x;
    h

  let min h = if h.size = 0 then raise Not_found else h.items.(0)

  let rest h =
    if h.size = 0 then raise Not_found;
    h.size <- h.size - 1;
    let x = h.items.(h.size) in
    let rec down i =
      let l = (2 * i) + 1 in
      if l >= h.size then i
      else
        let s = if l + 1 < h.size && O.compare h.items.(l + 1) h.items.(l) < 0 then l + 1 else l in
        if O.compare x h.items.(s) <= 0 then i
        else begin
          h.items.(i) <- h.items.(s);
          down s
        end
    in
    if h.size > 0 then h.items.(down 0) <- x;
    h

  let merge a b =
    let r = ref a in
    for i = 0 to b.size - 1 do
      r := add b.items.(i) !r
    done;
    !r
end

module Leftist : MAKE = functor (O : ORDERED) -> struct
  type elt = O.t
  type t = E | N of int * elt * t * t

  let name = "leftist"
  let empty () = E
  let rank = function E -> 0 | N (r, _, _, _) -> r
  let node x a b = if rank a >= rank b then N (rank b + 1, x, a, b) else N (rank a + 1, x, b, a)

  let rec merge a b =
    match (a, b) with
    | E, h | h, E -> h
    | N (_, x, l, r), N (_, y, _, _) when O.compare x y <= 0 -> node x l (merge r b)
    | N _, N (_, y, l, r) -> node y l (merge a r)

  let add x h = merge (N (1, x, E, E)) h
  let min = function E -> raise Not_found | N (_, x, _, _) -> x
  let rest = function E -> raise Not_found | N (_, _, l, r) -> merge l r
end

module Skew : MAKE = functor (O : ORDERED) -> struct
  type elt = O.t
  type t = ( :: ) of elt * (t * t) | []

  let name = "skew"
  let empty () = []

  let rec merge a b =
    match (a, b) with
    | [], h | h, [] -> h
    | x :: (l, r), y :: _ when O.compare x y <= 0 -> x :: (merge b r, l)
    | _, y :: (l, r) -> y :: (merge a r, l)

  let add x h = merge (x :: ([], [])) h
  let min = function [] -> raise Not_found | x :: _ -> x
  let rest = function [] -> raise Not_found | _ :: (l, r) -> merge l r
end

module Pairing : MAKE = functor (O : ORDERED) -> struct
  type elt = O.t
  type t = tree option
  and tree = { root : elt; sons : tree list }

  let name = "pairing"
  let empty () = None
  let link a b = if O.compare a.root b.root <= 0 then { a with sons = b :: a.sons } else { b with sons = a :: b.sons }
  let merge a b = match (a, b) with None, h | h, None -> h | Some a, Some b -> Some (link a b)
  let add root h = merge (Some { root; sons = [] }) h
  let min = function None -> raise Not_found | Some t -> t.root
  let rec pairs = function [] -> None | [ t ] -> Some t | a :: b :: l -> merge (Some (link a b)) (pairs l)
  let rest = function None -> raise Not_found | Some t -> pairs t.sons
end

module Binomial : MAKE = functor (O : ORDERED) -> struct
  type elt = O.t
  type tree = T of int * elt * tree list
  type t = tree list

  let name = "binomial"
  let empty () = []
  let rank (T (r, _, _)) = r and root (T (_, x, _)) = x
  let link (T (r, x, l) as a) (T (_, y, m) as b) = if O.compare x y <= 0 then T (r + 1, x, b :: l) else T (r + 1, y, a :: m)
  let rec insert t = function u :: l when rank t >= rank u -> insert (link t u) l | l -> t :: l
  let add x h = insert (T (0, x, [])) h

  let rec merge a b =
    match (a, b) with
    | [], h | h, [] -> h
    | t :: a', u :: b' -> if rank t < rank u then t :: merge a' b else if rank t > rank u then u :: merge a b' else insert (link t u) (merge a' b')

  let rec take = function
    | [] -> raise Not_found
    | [ t ] -> (t, [])
    | t :: l ->
        let u, m = take l in
        if O.compare (root t) (root u) <= 0 then (t, l) else (u, t :: m)

  let min h = root (fst (take h))
  let rest h = let T (_, _, l), m = take h in merge (List.rev l) m
end

let makers : (module MAKE) list = [ (module Binary); (module Leftist); (module Skew); (module Pairing); (module Binomial) ]

let lcg = ref 42
let random n = lcg := ((!lcg * 1021) + 7) land 0xFFFFF; !lcg mod n

module Check (M : MAKE) (O : sig include ORDERED val of_int : int -> t val show : t -> string end) = struct
  module H = M (O)

  let drain h =
    let rec go h acc = match H.min h with x -> go (H.rest h) (x :: acc) | exception Not_found -> List.rev acc in
    go h []

  let run n =
    let l = List.init n (fun _ -> O.of_int (random 200 - 100)) in
    let half = List.filteri (fun i _ -> i mod 2 = 0) l and other = List.filteri (fun i _ -> i mod 2 = 1) l in
    let build l = List.fold_left (fun h x -> H.add x h) (H.empty ()) l in
    let sorted = drain (H.merge (build half) (build other)) in
    let right = List.for_all2 (fun a b -> O.compare a b = 0) sorted (List.sort O.compare l) in
    (* add two, take one *)
    let h = ref (H.empty ()) and taken = ref [] in
    List.iteri (fun i x -> h := H.add x !h; if i mod 2 = 1 then begin taken := H.min !h :: !taken; h := H.rest !h end) l;
    let after = drain !h in
    let all = List.sort O.compare (List.rev_append !taken after) in
    Printf.printf "%s %d: %s %s, least %s, %d left\n" H.name n (if right then "sorted" else "NOT SORTED")
      (if List.for_all2 (fun a b -> O.compare a b = 0) all (List.sort O.compare l) then "complete" else "LOST")
      (match sorted with x :: _ -> O.show x | [] -> "none")
      (List.length after);
    match H.rest (H.empty ()) with _ -> print_endline "rest of nothing?" | exception Not_found -> ()
end

module Ints = struct include Int let of_int i = i let show = string_of_int end
module Floats = struct type t = float let compare = Float.compare let of_int i = float i /. 8. let show = Printf.sprintf "%g" end
module Down = struct type t = int * string let compare (a, s) (b, t) = match compare b a with 0 -> compare s t | c -> c let of_int i = (i, if i land 1 = 0 then "even" else "odd") let show (i, s) = Printf.sprintf "(%d,%s)" i s end
module Wide = struct type t = int64 let compare = Int64.unsigned_compare let of_int i = Int64.mul (Int64.of_int i) 0x123456789L let show = Printf.sprintf "%Lu" end

let () =
  List.iter
    (fun (module M : MAKE) ->
      let module A = Check (M) (Ints) in
      let module B = Check (M) (Floats) in
      let module C = Check (M) (Down) in
      let module D = Check (M) (Wide) in
      List.iter A.run [ 0; 1; 2; 120 ];
      B.run 90;
      C.run 77;
      D.run 60)
    makers

(* A radix heap for keys that only grow *)
let () =
  let buckets = Array.make 21 [] and last = ref 0 in
  let bucket k = let x = ref (k lxor !last) and b = ref 0 in while !x > 0 do incr b; x := !x lsr 1 done; !b in
  let push k = if k < !last then invalid_arg "smaller than the last"; let b = bucket k in buckets.(b) <- k :: buckets.(b) in
  let pop () =
    if buckets.(0) = [] then begin
      let rec first i = match buckets.(i) with [] -> first (i + 1) | l -> (i, l) | exception Invalid_argument _ -> raise Not_found in
      let i, l = first 1 in
      last := List.fold_left min max_int l;
      buckets.(i) <- [];
      List.iter push l
    end;
    match buckets.(0) with k :: l -> buckets.(0) <- l; k | [] -> raise Not_found
  in
  for _ = 1 to 100 do push (random 5000) done;
  let order = ref true and sum = ref 0 and before = ref 0 in
  (try
     while true do
       let k = pop () in
       if k < !before then order := false;
       before := k;
       sum := !sum + k;
       if k mod 5 = 0 then push (k + 1 + random 300)
     done
   with Not_found -> ());
  Printf.printf "radix: in order %b, sum %d\n" !order !sum;
  match push 3 with () -> print_endline "?" | exception Invalid_argument m -> print_endline m
