(* SPDX-License-Identifier: Apache-2.0 *)
(* Tries: of strings in mutable arrays, persistent ones over any key by a functor, Patricia trees of ints, a ternary tree, a bitmapped hash trie. *)

let words =
  String.split_on_char ' '
    "the quick brown fox jumps over the lazy dog then there these thesis them quiet quit quite queue over overt overall all allow ally fox foxes box boxes jump jumped jumper lazily dot dotted do done a an and ant"

(* Mutable, an array of 26 sons; deletion prunes *)
module Table = struct
  type node = { mutable count : int; sons : node option array }

  let node () = { count = 0; sons = Array.make 26 None }
  let index c = Char.code c - Char.code 'a'

  let add root w =
    let n = ref root in
    String.iter
      (fun c ->
        let i = index c in
        match !n.sons.(i) with
        | Some s -> n := s
        | None ->
            let s = node () in
            !n.sons.(i) <- Some s;
            n := s)
      w;
    !n.count <- !n.count + 1

  let rec find root w i = if i = String.length w then root.count else match root.sons.(index w.[i]) with None -> 0 | Some s -> find s w (i + 1) | exception Invalid_argument _ -> -1

  let rec remove n w i =
    (* whether the node is of no use any more *)
    if i = String.length w then if n.count = 0 then raise Not_found else n.count <- n.count - 1
    else begin
      let k = index w.[i] in
      match n.sons.(k) with None -> raise Not_found | Some s -> if remove s w (i + 1) then n.sons.(k) <- None
    end;
    n.count = 0 && Array.for_all (( = ) None) n.sons

  let rec size n = Array.fold_left (fun k -> function None -> k | Some s -> k + size s) 1 n.sons
end

let () =
  let root = Table.node () in
  List.iter (Table.add root) words;
  Printf.printf "%d nodes; the: %d, over: %d, th: %d, The: %d\n" (Table.size root) (Table.find root "the" 0) (Table.find root "over" 0) (Table.find root "th" 0) (Table.find root "The" 0);
  let missing = ref 0 in
  List.iter (fun w -> try ignore (Table.remove root w 0) with Not_found -> incr missing) [ "the"; "the"; "the"; "queue"; "queues"; "boxes"; "ant"; "" ];
  Printf.printf "%d nodes, %d were not there\n" (Table.size root) !missing;
  List.iter (fun w -> try ignore (Table.remove root w 0) with Not_found -> ()) words;
  Printf.printf "%d node left\n" (Table.size root)

(* Persistent, over lists of an ordered type *)
module Make (Key : Map.OrderedType) = struct
  module M = Map.Make (Key)

  type 'a t = { value : 'a option; sons : 'a t M.t }

  let empty = { value = None; sons = M.empty }

  let rec update k f t =
    match k with
    | [] -> { t with value = f t.value }
    | x :: k -> (
        let son = update k f (match M.find x t.sons with s -> s | exception Not_found -> empty) in
        match son with
        | { value = None; sons } when M.is_empty sons -> { t with sons = M.remove x t.sons }
        | son -> { t with sons = M.add x son t.sons })

  let rec find k t = match k with [] -> Option.get t.value | x :: k -> find k (M.find x t.sons)

  let rec longest k t =
    (* the longest prefix that has a value *)
    match k with
    | x :: rest when M.mem x t.sons -> ( try (match longest rest (M.find x t.sons) with p, v -> (x :: p, v)) with Not_found -> ([], match t.value with Some v -> v | None -> raise Not_found))
    | _ -> ([], match t.value with Some v -> v | None -> raise Not_found)

  let fold f t acc =
    let rec go path t acc =
      let acc = match t.value with Some v -> f (List.rev path) v acc | None -> acc in
      M.fold (fun x s acc -> go (x :: path) s acc) t.sons acc
    in
    go [] t acc
end

module Chars = Make (Char)

let explode s = List.init (String.length s) (String.get s)
let implode l = String.of_seq (List.to_seq l)

let () =
  let t = List.fold_left (fun t w -> Chars.update (explode w) (function None -> Some 1 | Some n -> Some (n + 1)) t) Chars.empty words in
  let all = List.rev (Chars.fold (fun k n l -> (implode k, n) :: l) t []) in
  Printf.printf "%d words, sorted: %b\n" (List.length all) (List.map fst all = List.sort_uniq compare words);
  List.iter
    (fun s -> match Chars.longest (explode s) t with p, n -> Printf.printf "%s: %s (%d)\n" s (implode p) n | exception Not_found -> Printf.printf "%s: nothing\n" s)
    [ "thereby"; "overalls"; "thx"; "foxtrot"; "zebra"; "quitter"; "d"; "allegory" ];
  (match Chars.find (explode "ov") t with n -> Printf.printf "%d\n" n | exception Invalid_argument m -> print_endline m | exception Not_found -> print_endline "not found");
  (match Chars.find (explode "zz") t with n -> Printf.printf "%d\n" n | exception Invalid_argument m -> print_endline m | exception Not_found -> print_endline "not found");
  let emptied = List.fold_left (fun t w -> Chars.update (explode w) (fun _ -> None) t) t words in
  Printf.printf "empty: %b, the old one still has %d\n" (emptied = Chars.empty) (Chars.fold (fun _ n a -> n + a) t 0)

(* Big-endian Patricia trees (Okasaki and Gill), on ints of any sign *)
module Patricia = struct
  type 'a t = Empty | Leaf of int * 'a | Branch of int * int * 'a t * 'a t

  let zero k m = k land m = 0

  let rec highest x = let y = x land (x - 1) in if y = 0 then x else highest y
  let mask k m = k lor (m - 1) land lnot m
  let match_prefix k p m = mask k m = p
  let join p0 t0 p1 t1 =
    let m = highest (p0 lxor p1) in
    if zero p0 m then Branch (mask p0 m, m, t0, t1) else Branch (mask p0 m, m, t1, t0)

  let rec insert f k v = function
    | Empty -> Leaf (k, v)
    | Leaf (j, w) as t -> if j = k then Leaf (k, f w v) else join k (Leaf (k, v)) j t
    | Branch (p, m, l, r) as t ->
        if match_prefix k p m then if zero k m then Branch (p, m, insert f k v l, r) else Branch (p, m, l, insert f k v r) else join k (Leaf (k, v)) p t

  let rec find k = function Empty -> raise Not_found | Leaf (j, v) -> if j = k then v else raise Not_found | Branch (_, m, l, r) -> find k (if zero k m then l else r)

  let rec remove k = function
    | Empty -> Empty
    | Leaf (j, _) as t -> if j = k then Empty else t
    | Branch (p, m, l, r) as t ->
        if not (match_prefix k p m) then t
        else if zero k m then match remove k l with Empty -> r | l -> Branch (p, m, l, r)
        else match remove k r with Empty -> l | r -> Branch (p, m, l, r)

  let rec fold f t acc = match t with Empty -> acc | Leaf (k, v) -> f k v acc | Branch (_, _, l, r) -> fold f l (fold f r acc)
  let rec depth = function Empty -> 0 | Leaf _ -> 1 | Branch (_, _, l, r) -> 1 + max (depth l) (depth r)
end

let () =
  let keys = List.init 300 (fun i -> (i * 7919 * 31) - (i * i * 977) + if i land 1 = 0 then min_int else 0) in
  let module M = Map.Make (Int) in
  let t = List.fold_left (fun t k -> Patricia.insert ( + ) k 1 t) Patricia.Empty keys in
  let m = List.fold_left (fun m k -> M.update k (function None -> Some 1 | Some n -> Some (n + 1)) m) M.empty keys in
  let bindings t = List.sort compare (Patricia.fold (fun k v l -> (k, v) :: l) t []) in
  Printf.printf "patricia: %d keys, as a map: %b, depth below 24: %b\n" (M.cardinal m) (bindings t = M.bindings m) (Patricia.depth t < 24);
  let t', m' = List.fold_left (fun (t, m) k -> if k land 3 = 0 then (Patricia.remove k t, M.remove k m) else (t, m)) (t, m) keys in
  Printf.printf "removed: %b, %d left\n" (bindings t' = M.bindings m') (M.cardinal m');
  let missing = List.length (List.filter (fun k -> match Patricia.find k t' with _ -> false | exception Not_found -> true) keys) in
  Printf.printf "%d missing\n" missing

(* A ternary search tree with wildcards *)
type tst = Nil | Node of { c : char; mutable word : bool; mutable lo : tst; mutable eq : tst; mutable hi : tst }

let rec tst_add s i t =
  match t with
  | Nil -> tst_add s i (Node { c = s.[i]; word = false; lo = Nil; eq = Nil; hi = Nil })
  | Node n ->
      if s.[i] < n.c then n.lo <- tst_add s i n.lo
      else if s.[i] > n.c then n.hi <- tst_add s i n.hi
      else if i = String.length s - 1 then n.word <- true
      else n.eq <- tst_add s (i + 1) n.eq;
      t

let tst_match pattern t =
  let found = ref [] and path = Bytes.of_string pattern in
  let rec go i = function
    | Nil -> ()
    | Node n ->
        let p = pattern.[i] in
        if p = '?' || p < n.c then go i n.lo;
        if p = '?' || p = n.c then begin
          Bytes.set path i n.c;
          if i = String.length pattern - 1 then (if n.word then found := Bytes.to_string path :: !found) else go (i + 1) n.eq
        end;
        if p = '?' || p > n.c then go i n.hi
  in
  go 0 t;
  List.rev !found

let () =
  let t = List.fold_left (fun t w -> tst_add w 0 t) Nil words in
  List.iter (fun p -> Printf.printf "%s: %s\n" p (String.concat " " (tst_match p t))) [ "?ox"; "the??"; "???"; "qui?"; "?????s"; "zz" ];
  match tst_add "" 0 t with _ -> print_endline "?" | exception Invalid_argument m -> print_endline m

(* A hash trie with bitmaps of 16 sons *)
module Hamt = struct
  type 'a t = Leaf of int * (string * 'a) list | Inner of int * 'a t array

  let empty = Inner (0, [||])

  let popcount x =
    let x = x - ((x lsr 1) land 0x5555) in
    let x = (x land 0x3333) + ((x lsr 2) land 0x3333) in
    let x = (x + (x lsr 4)) land 0x0F0F in
    (x + (x lsr 8)) land 31

  let hash s =
    let h = ref 5381 in
    String.iter (fun c -> h := ((!h * 33) lxor Char.code c) land 0xFFFFFF) s;
    !h

  let rec add shift h k v t =
    match t with
    | Leaf (h', l) when h = h' -> Leaf (h, (k, v) :: List.remove_assoc k l)
    | Leaf (h', _) -> add shift h k v (Inner (1 lsl ((h' lsr shift) land 15), [| t |]))
    | Inner (bits, sons) ->
        let bit = 1 lsl ((h lsr shift) land 15) in
        let i = popcount (bits land (bit - 1)) in
        if bits land bit <> 0 then begin
          let sons = Array.copy sons in
          sons.(i) <- add (shift + 4) h k v sons.(i);
          Inner (bits, sons)
        end
        else Inner (bits lor bit, Array.concat [ Array.sub sons 0 i; [| Leaf (h, [ (k, v) ]) |]; Array.sub sons i (Array.length sons - i) ])

  let rec find shift h k = function
    | Leaf (_, l) -> List.assoc k l
    | Inner (bits, sons) ->
        let bit = 1 lsl ((h lsr shift) land 15) in
        if bits land bit = 0 then raise Not_found else find (shift + 4) h k sons.(popcount (bits land (bit - 1)))
end

let () =
  let t = ref Hamt.empty in
  for i = 0 to 399 do
    let k = Printf.sprintf "k%d" (i * 37 mod 251) in
    t := Hamt.add 0 (Hamt.hash k) k i !t
  done;
  let sum = ref 0 and missing = ref 0 in
  for i = 0 to 299 do
    let k = "k" ^ string_of_int i in
    match Hamt.find 0 (Hamt.hash k) k !t with v -> sum := !sum + v | exception Not_found -> incr missing
  done;
  Printf.printf "hash trie: sum %d, %d missing\n" !sum !missing
