(* SPDX-License-Identifier: Apache-2.0 *)
(* Search trees: AVL, red-black with deletion, treap, splay, 2-3, a finger into a zipper, each checked against the others. *)

exception Broken of string

module Avl = struct
  type t = Leaf | Node of { l : t; v : int; r : t; h : int }

  let height = function Leaf -> 0 | Node n -> n.h
  let node l v r = Node { l; v; r; h = 1 + max (height l) (height r) }

  let balance l v r =
    match (height l - height r, l, r) with
    | 2, Node { l = ll; v = lv; r = lr; _ }, _ when height ll >= height lr -> node ll lv (node lr v r)
    | 2, Node { l = ll; v = lv; r = Node { l = a; v = x; r = b; _ }; _ }, _ -> node (node ll lv a) x (node b v r)
    | -2, _, Node { l = rl; v = rv; r = rr; _ } when height rr >= height rl -> node (node l v rl) rv rr
    | -2, _, Node { l = Node { l = a; v = x; r = b; _ }; v = rv; r = rr; _ } -> node (node l v a) x (node b rv rr)
    | _ -> node l v r

  let rec add x = function
    | Leaf -> node Leaf x Leaf
    | Node { l; v; r; _ } as t -> if x = v then t else if x < v then balance (add x l) v r else balance l v (add x r)

  let rec take_min = function
    | Leaf -> raise Not_found
    | Node { l = Leaf; v; r; _ } -> (v, r)
    | Node { l; v; r; _ } ->
        let m, l = take_min l in
        (m, balance l v r)

  let rec remove x = function
    | Leaf -> Leaf
    | Node { l; v; r; _ } ->
        if x < v then balance (remove x l) v r
        else if x > v then balance l v (remove x r)
        else ( match take_min r with m, r -> balance l m r | exception Not_found -> l)

  let rec to_list t acc = match t with Leaf -> acc | Node { l; v; r; _ } -> to_list l (v :: to_list r acc)

  let rec check = function
    | Leaf -> 0
    | Node { l; r; h; _ } ->
        let a = check l and b = check r in
        if abs (a - b) > 1 || h <> 1 + max a b then raise (Broken "avl");
        h
end

module Rb = struct
  type colour = R | B | BB
  type t = E | EE | T of colour * t * int * t

  let balance = function
    | ((B | BB) as c), T (R, T (R, a, x, b), y, d), z, e | ((B | BB) as c), T (R, a, x, T (R, b, y, d)), z, e | ((B | BB) as c), a, x, T (R, T (R, b, y, d), z, e) | ((B | BB) as c), a, x, T (R, b, y, T (R, d, z, e)) ->
        let inner = if c = BB then B else R in
        T (inner, T (B, a, x, b), y, T (B, d, z, e))
    | c, a, x, b -> T (c, a, x, b)

  let blacken = function T (_, a, x, b) -> T (B, a, x, b) | EE -> E | E -> E

  let add x t =
    let rec ins = function
      | E -> T (R, E, x, E)
      | T (c, a, y, b) as t -> if x < y then balance (c, ins a, y, b) else if x > y then balance (c, a, y, ins b) else t
      | EE -> raise (Broken "double leaf")
    in
    blacken (ins t)

  (* deletion after Germane and Might *)
  let rotate = function
    | R, T (BB, a, x, b), y, T (B, c, z, d) -> balance (B, T (R, T (B, a, x, b), y, c), z, d)
    | R, EE, y, T (B, c, z, d) -> balance (B, T (R, E, y, c), z, d)
    | R, T (B, a, x, b), y, T (BB, c, z, d) -> balance (B, a, x, T (R, b, y, T (B, c, z, d)))
    | R, T (B, a, x, b), y, EE -> balance (B, a, x, T (R, b, y, E))
    | B, T (BB, a, x, b), y, T (B, c, z, d) -> balance (BB, T (R, T (B, a, x, b), y, c), z, d)
    | B, EE, y, T (B, c, z, d) -> balance (BB, T (R, E, y, c), z, d)
    | B, T (B, a, x, b), y, T (BB, c, z, d) -> balance (BB, a, x, T (R, b, y, T (B, c, z, d)))
    | B, T (B, a, x, b), y, EE -> balance (BB, a, x, T (R, b, y, E))
    | B, T (BB, a, w, b), x, T (R, T (B, c, y, d), z, e) -> T (B, balance (B, T (R, T (B, a, w, b), x, c), y, d), z, e)
    | B, EE, x, T (R, T (B, c, y, d), z, e) -> T (B, balance (B, T (R, E, x, c), y, d), z, e)
    | B, T (R, a, w, T (B, b, x, c)), y, T (BB, d, z, e) -> T (B, a, w, balance (B, b, x, T (R, c, y, T (B, d, z, e))))
    | B, T (R, a, w, T (B, b, x, c)), y, EE -> T (B, a, w, balance (B, b, x, T (R, c, y, E)))
    | c, a, x, b -> T (c, a, x, b)

  let rec min_del = function
    | T (R, E, x, E) -> (x, E)
    | T (B, E, x, E) -> (x, EE)
    | T (B, E, x, T (R, a, y, b)) -> (x, T (B, a, y, b))
    | T (c, a, x, b) ->
        let m, a = min_del a in
        (m, rotate (c, a, x, b))
    | E | EE -> raise Not_found

  let remove x t =
    let rec del = function
      | E -> E
      | T (R, E, y, E) when x = y -> E
      | T (B, E, y, E) when x = y -> EE
      | T (B, T (R, a, z, b), y, E) when x = y -> T (B, a, z, b)
      | T (c, a, y, b) ->
          if x < y then rotate (c, del a, y, b)
          else if x > y then rotate (c, a, y, del b)
          else
            let m, b = min_del b in
            rotate (c, a, m, b)
      | EE -> raise (Broken "double leaf")
    in
    let redden = function T (B, (T (B, _, _, _) as a), x, (T (B, _, _, _) as b)) -> T (R, a, x, b) | t -> t in
    blacken (del (redden t))

  let rec to_list t acc = match t with E | EE -> acc | T (_, a, x, b) -> to_list a (x :: to_list b acc)

  let rec check = function
    | E -> 1
    | EE | T (BB, _, _, _) -> raise (Broken "double black")
    | T (R, T (R, _, _, _), _, _) | T (R, _, _, T (R, _, _, _)) -> raise (Broken "two reds")
    | T (c, a, _, b) ->
        let n = check a in
        if n <> check b then raise (Broken "black height");
        if c = B then n + 1 else n
end

module Treap = struct
  type t = E | N of int * int * t * t

  let priority x = ((x * 40503) + 12345) land 0xFFFF

  let rec split x = function
    | E -> (E, false, E)
    | N (p, v, l, r) ->
        if v = x then (l, true, r)
        else if x < v then
          let a, m, b = split x l in
          (a, m, N (p, v, b, r))
        else
          let a, m, b = split x r in
          (N (p, v, l, a), m, b)

  let rec join a b =
    match (a, b) with E, t | t, E -> t | N (p, v, l, r), N (q, w, l', r') -> if p > q || (p = q && v < w) then N (p, v, l, join r b) else N (q, w, join a l', r')

  let add x t = let l, _, r = split x t in join (join l (N (priority x, x, E, E))) r
  let remove x t = let l, _, r = split x t in join l r
  let rec to_list t acc = match t with E -> acc | N (_, v, l, r) -> to_list l (v :: to_list r acc)
  let rec check = function
    | E -> -1
    | N (p, _, l, r) ->
        if max (check l) (check r) > p then raise (Broken "treap");
        p
end

module Splay = struct
  type t = { mutable root : node option }
  and node = { key : int; mutable left : node option; mutable right : node option }

  (* top down, with two hooks *)
  let splay x n =
    let header = { key = 0; left = None; right = None } in
    let l = ref header and r = ref header and t = ref n in
    (try
       while true do
         if x < !t.key then begin
           (match !t.left with
           | None -> raise_notrace Exit
           | Some y when x < y.key ->
               !t.left <- y.right;
               y.right <- Some !t;
               t := y
           | Some _ -> ());
           match !t.left with
           | None -> raise_notrace Exit
           | Some y ->
               !r.left <- Some !t;
               r := !t;
               t := y
         end
         else if x > !t.key then begin
           (match !t.right with
           | None -> raise_notrace Exit
           | Some y when x > y.key ->
               !t.right <- y.left;
               y.left <- Some !t;
               t := y
           | Some _ -> ());
           match !t.right with
           | None -> raise_notrace Exit
           | Some y ->
               !l.right <- Some !t;
               l := !t;
               t := y
         end
         else raise_notrace Exit
       done
     with Exit -> ());
    !l.right <- !t.left;
    !r.left <- !t.right;
    !t.left <- header.right;
    !t.right <- header.left;
    !t

  let mem x s = match s.root with None -> false | Some n -> let n = splay x n in s.root <- Some n; n.key = x

  let add x s =
    if not (mem x s) then
      match s.root with
      | None -> s.root <- Some { key = x; left = None; right = None }
      | Some n when x < n.key ->
          let left = n.left in
          n.left <- None;
          s.root <- Some { key = x; left; right = Some n }
      | Some n ->
          let right = n.right in
          n.right <- None;
          s.root <- Some { key = x; left = Some n; right }

  let remove x s =
    if mem x s then
      match s.root with
      | Some { left = None; right; _ } -> s.root <- right
      | Some { left = Some l; right; _ } ->
          let l = splay x l in
          l.right <- right;
          s.root <- Some l
      | None -> assert false

  let to_list s =
    let rec go n acc = match n with None -> acc | Some n -> go n.left (n.key :: go n.right acc) in
    go s.root []
end

let () =
  let module S = Set.Make (Int) in
  let seed = ref 99 in
  let random n = seed := ((!seed * 1597) + 51749) mod 244944; !seed * 7 mod n in
  let avl = ref Avl.Leaf and rb = ref Rb.E and treap = ref Treap.E and splay = { Splay.root = None } and set = ref S.empty in
  let worst = ref 0 in
  for step = 1 to 600 do
    let x = random 160 - 80 in
    if random 5 < 3 then begin
      avl := Avl.add x !avl;
      rb := Rb.add x !rb;
      treap := Treap.add x !treap;
      Splay.add x splay;
      set := S.add x !set
    end
    else begin
      avl := Avl.remove x !avl;
      rb := Rb.remove x !rb;
      treap := Treap.remove x !treap;
      Splay.remove x splay;
      set := S.remove x !set
    end;
    (match (Avl.check !avl, Rb.check !rb, Treap.check !treap) with
    | h, b, _ -> worst := max !worst (h + b)
    | exception Broken m -> Printf.printf "%d: %s\n" step m);
    if step mod 20 = 0 then begin
      let l = S.elements !set in
      let compare name m = if m <> l then Printf.printf "%d: %s differs\n" step name in
      compare "avl" (Avl.to_list !avl []);
      compare "red-black" (Rb.to_list !rb []);
      compare "treap" (Treap.to_list !treap []);
      compare "splay" (Splay.to_list splay)
    end
  done;
  Printf.printf "%d elements, sum %d, worst heights %d\n" (S.cardinal !set) (S.fold ( + ) !set 0) !worst;
  (* in order, the worst for a plain tree *)
  let avl = ref Avl.Leaf and rb = ref Rb.E in
  for i = 1 to 500 do avl := Avl.add i !avl; rb := Rb.add i !rb done;
  Printf.printf "500 in order: avl %d, red-black %d\n" (Avl.check !avl) (Rb.check !rb);
  for i = 1 to 499 do avl := Avl.remove i !avl; rb := Rb.remove i !rb; if i mod 50 = 0 then ignore (Avl.check !avl, Rb.check !rb) done;
  Printf.printf "all but one gone: %d %d, %s\n" (Avl.check !avl) (Rb.check !rb) (String.concat "," (List.map string_of_int (Rb.to_list !rb [])));
  let before = Splay.to_list splay in
  List.iter (fun x -> ignore (Splay.mem x splay)) [ 1000; -1000; 0; 17; -17 ];
  Printf.printf "splayed, the same: %b\n" (before = Splay.to_list splay)

(* A zipper through a rose tree *)
type 'a rose = Rose of 'a * 'a rose list
type 'a context = Top | Son of 'a * 'a rose list * 'a context * 'a rose list

let down (Rose (a, l), c) = match l with [] -> raise Not_found | s :: r -> (s, Son (a, [], c, r))
let right (t, c) = match c with Son (a, l, up, s :: r) -> (s, Son (a, t :: l, up, r)) | Son (_, _, _, []) | Top -> raise Not_found
let up (t, c) = match c with Top -> raise Not_found | Son (a, l, up, r) -> (Rose (a, List.rev_append l (t :: r)), up)

let rec root z = match up z with z -> root z | exception Not_found -> fst z

let rec next z =
  let rec climb z = match right z with z -> Some z | exception Not_found -> ( match up z with z -> climb z | exception Not_found -> None) in
  match down z with z -> Some z | exception Not_found -> climb z

and number z k =
  let (Rose (s, l)), c = z in
  let z = (Rose (Printf.sprintf "%d:%s" k s, l), c) in
  match next z with None -> root z | Some z -> number z (k + 1)

let () =
  let rec build d name = Rose (name, if d = 0 then [] else List.init d (fun i -> build (d - 1) (name ^ String.make 1 (Char.chr (97 + i))))) in
  let rec flat (Rose (s, l)) = s :: List.concat_map flat l in
  let l = flat (number (build 4 "r", Top) 0) in
  Printf.printf "%d nodes: %s ... %s\n" (List.length l) (String.concat " " (List.filteri (fun i _ -> i < 8) l)) (List.nth l (List.length l - 1))
