(* SPDX-License-Identifier: Apache-2.0 *)
(* Mutable structures: doubly linked lists, an LRU cache, a ring buffer, a gap buffer, a skip list, a rope, queues of two lists, disjoint intervals, undo, sorting of many kinds. *)

(* A doubly linked ring with a sentinel, tied by let rec *)
type 'a cell = { mutable value : 'a option; mutable prev : 'a cell; mutable next : 'a cell }

let ring () = let rec s = { value = None; prev = s; next = s } in s
let insert_after c v = let n = { value = Some v; prev = c; next = c.next } in c.next.prev <- n; c.next <- n; n
let unlink c = c.prev.next <- c.next; c.next.prev <- c.prev
let to_list s = let rec go c acc = match c.value with None -> List.rev acc | Some v -> go c.next (v :: acc) in go s.next []
let backwards s = let rec go c acc = match c.value with None -> List.rev acc | Some v -> go c.prev (v :: acc) in go s.prev []

let () =
  let s = ring () in
  let cells = Array.init 12 (fun i -> insert_after s.prev (i * i)) in
  List.iter (fun i -> unlink cells.(i)) [ 0; 5; 11; 6 ];
  ignore (insert_after cells.(4) 1000);
  Printf.printf "%s %b\n" (String.concat " " (List.map string_of_int (to_list s))) (List.rev (backwards s) = to_list s);
  (* Josephus *)
  let s = ring () in
  for i = 1 to 41 do ignore (insert_after s.prev i) done;
  let rec step c n = if c.value = None then step c.next n else if n = 1 then c else step c.next (n - 1) in
  let rec kill c left = if left = 2 then () else begin let d = step c 3 in unlink d; kill d.next (left - 1) end in
  kill s.next 41;
  Printf.printf "Josephus: %s\n" (String.concat " " (List.map string_of_int (to_list s)))

(* LRU: a ring and a table *)
module Lru = struct
  type ('k, 'v) t = { capacity : int; table : ('k, ('k * 'v) cell) Hashtbl.t; order : ('k * 'v) cell; mutable hits : int; mutable misses : int }

  let create capacity = { capacity; table = Hashtbl.create 16; order = ring (); hits = 0; misses = 0 }

  let get t k compute =
    match Hashtbl.find t.table k with
    | c ->
        t.hits <- t.hits + 1;
        unlink c;
        let v = match c.value with Some (_, v) -> v | None -> assert false in
        Hashtbl.replace t.table k (insert_after t.order (k, v));
        v
    | exception Not_found ->
        t.misses <- t.misses + 1;
        let v = compute k in
        if Hashtbl.length t.table >= t.capacity then begin
          let last = t.order.prev in
          unlink last;
          match last.value with Some (k, _) -> Hashtbl.remove t.table k | None -> ()
        end;
        Hashtbl.replace t.table k (insert_after t.order (k, v));
        v
end

let () =
  List.iter
    (fun capacity ->
      let c = Lru.create capacity in
      let sum = ref 0 in
      for i = 1 to 900 do
        let k = (i * i mod 37) + (i / 300 * 5) in
        sum := !sum + Lru.get c k (fun k -> k * 3)
      done;
      Printf.printf "LRU %d: %d hits, %d misses, sum %d, newest %s\n" capacity c.hits c.misses !sum (match to_list c.order with (k, v) :: _ -> Printf.sprintf "%d:%d" k v | [] -> "none"))
    [ 1; 4; 16; 64 ]

(* Ring buffer and gap buffer *)
exception Full

let () =
  let n = 8 in
  let data = Array.make n 0. and head = ref 0 and count = ref 0 in
  let push x = if !count = n then raise Full; data.((!head + !count) mod n) <- x; incr count in
  let pop () = if !count = 0 then raise Not_found; let x = data.(!head) in head := (!head + 1) mod n; decr count; x in
  let dropped = ref 0 and empty = ref 0 and sum = ref 0. in
  for i = 1 to 500 do
    (try push (float i /. 8.) with Full -> incr dropped);
    if i mod 3 = 0 || i mod 7 < 2 then try sum := !sum +. pop () with Not_found -> incr empty
  done;
  Printf.printf "ring: %d dropped, %d empty, %.3f\n" !dropped !empty !sum

let () =
  let buf = ref (Bytes.make 16 '_') and gap = ref 0 and stop = ref 16 in
  let length () = Bytes.length !buf - (!stop - !gap) in
  let move k =
    if k < 0 || k > length () then invalid_arg "move";
    if k < !gap then begin let d = !gap - k in Bytes.blit !buf k !buf (!stop - d) d; gap := k; stop := !stop - d end
    else begin let d = k - !gap in Bytes.blit !buf !stop !buf !gap d; gap := k; stop := !stop + d end
  in
  let insert s =
    let n = String.length s in
    if !stop - !gap < n then begin
      let bigger = Bytes.make (2 * (Bytes.length !buf + n)) '_' in
      let tail = Bytes.length !buf - !stop in
      Bytes.blit !buf 0 bigger 0 !gap;
      Bytes.blit !buf !stop bigger (Bytes.length bigger - tail) tail;
      stop := Bytes.length bigger - tail;
      buf := bigger
    end;
    Bytes.blit_string s 0 !buf !gap n;
    gap := !gap + n
  in
  let delete n = if !stop + n > Bytes.length !buf then invalid_arg "delete" else stop := !stop + n in
  let text () = Bytes.sub_string !buf 0 !gap ^ Bytes.sub_string !buf !stop (Bytes.length !buf - !stop) in
  let model = ref "" in
  let undo = Stack.create () in
  let wrong = ref 0 and refused = ref 0 in
  for i = 1 to 300 do
    let at = i * 31 mod (String.length !model + 3) in
    (try
       move at;
       Stack.push !model undo;
       if i mod 5 = 3 then begin
         delete (i mod 6);
         model := String.sub !model 0 at ^ String.sub !model (at + (i mod 6)) (String.length !model - at - (i mod 6))
       end
       else begin
         let s = String.make (1 + (i mod 3)) (Char.chr (97 + (i mod 26))) in
         insert s;
         model := String.sub !model 0 at ^ s ^ String.sub !model at (String.length !model - at)
       end
     with Invalid_argument _ -> incr refused);
    if text () <> !model then incr wrong
  done;
  Printf.printf "gap buffer: %d wrong, %d refused, %d undo steps, %S...\n" !wrong !refused (Stack.length undo) (String.sub !model 0 (min 20 (String.length !model)))

(* A skip list with levels from the key *)
type skip = { key : int; forward : skip option array }

let () =
  let levels = 6 in
  let head = { key = min_int; forward = Array.make levels None } in
  let rec find from level k update =
    match from.forward.(level) with
    | Some n when n.key < k -> find n level k update
    | next ->
        update.(level) <- from;
        if level = 0 then next else find from (level - 1) k update
    | exception Invalid_argument _ -> find from (level - 1) k update
  in
  let height k = let rec go h x = if h < levels && x land 1 = 1 then go (h + 1) (x lsr 1) else h in go 1 ((k * 40503) lsr 7) in
  let add k =
    let update = Array.make levels head in
    match find head (levels - 1) k update with
    | Some n when n.key = k -> false
    | _ ->
        let h = height k in
        let n = { key = k; forward = Array.init h (fun i -> update.(i).forward.(i)) } in
        for i = 0 to h - 1 do update.(i).forward.(i) <- Some n done;
        true
  in
  let remove k =
    let update = Array.make levels head in
    match find head (levels - 1) k update with
    | Some n when n.key = k -> Array.iteri (fun i next -> update.(i).forward.(i) <- next) n.forward; true
    | _ -> false
  in
  let module S = Set.Make (Int) in
  let set = ref S.empty and wrong = ref 0 in
  for i = 1 to 600 do
    let k = i * i * 7 mod 211 in
    if i mod 3 < 2 then begin if add k = S.mem k !set then incr wrong; set := S.add k !set end
    else begin if remove k <> S.mem k !set then incr wrong; set := S.remove k !set end
  done;
  let rec keys n = match n.forward.(0) with Some n -> n.key :: keys n | None -> [] in
  Printf.printf "skip list: %d wrong, %d keys, same %b\n" !wrong (List.length (keys head)) (keys head = S.elements !set)

(* Ropes, balanced by rebuilding *)
type rope = Str of string | Cat of rope * rope * int

let len = function Str s -> String.length s | Cat (_, _, n) -> n
let cat a b = match (a, b) with Str "", r | r, Str "" -> r | Str a, Str b when String.length a + String.length b < 8 -> Str (a ^ b) | _ -> Cat (a, b, len a + len b)
let rec sub r i n = if n = 0 then Str "" else match r with Str s -> Str (String.sub s i n) | Cat (a, b, _) -> let l = len a in if i + n <= l then sub a i n else if i >= l then sub b (i - l) n else cat (sub a i (l - i)) (sub b 0 (n - l + i))
let rec get r i = match r with Str s -> s.[i] | Cat (a, b, _) -> if i < len a then get a i else get b (i - len a)
let flatten r = let b = Buffer.create (len r) in let rec go = function Str s -> Buffer.add_string b s | Cat (x, y, _) -> go x; go y in go r; Buffer.contents b
let rec depth = function Str _ -> 0 | Cat (a, b, _) -> 1 + max (depth a) (depth b)
let rebuild r = let leaves = let rec go r acc = match r with Str _ -> r :: acc | Cat (a, b, _) -> go a (go b acc) in Array.of_list (go r []) in let rec build i j = if j - i = 1 then leaves.(i) else let m = (i + j) / 2 in cat (build i m) (build m j) in build 0 (Array.length leaves)

let () =
  let r = ref (Str "") in
  for i = 1 to 120 do
    r := if i land 1 = 0 then cat !r (Str (string_of_int i)) else cat (Str (string_of_int i)) !r;
    if i mod 10 = 0 then r := cat (sub !r 5 (len !r - 5)) (sub !r 0 5)
  done;
  let s = flatten !r and b = rebuild !r in
  Printf.printf "rope: %d letters, depth %d to %d, same %b %c %c\n" (len !r) (depth !r) (depth b) (flatten b = s && String.mapi (fun i _ -> get b i) s = s) (get b 0) (get !r (len b - 1));
  match get !r 1000 with c -> Printf.printf "%c\n" c | exception Invalid_argument m -> print_endline m

(* Sorting: ten ways on the same numbers *)
let () =
  let n = 70 in
  let input = Array.init n (fun i -> (i * i * 37 mod 101) - 50) in
  let expected = let a = Array.copy input in Array.sort compare a; a in
  let swap a i j = let t = a.(i) in a.(i) <- a.(j); a.(j) <- t in
  let rec quick a lo hi = if lo < hi then begin let p = a.((lo + hi) / 2) and i = ref lo and j = ref hi in while !i <= !j do while a.(!i) < p do incr i done; while a.(!j) > p do decr j done; if !i <= !j then begin swap a !i !j; incr i; decr j end done; quick a lo !j; quick a !i hi end in
  let rec merge_lists = function [], l | l, [] -> l | x :: a, y :: b -> if x <= y then x :: merge_lists (a, y :: b) else y :: merge_lists (x :: a, b) in
  let rec merge_sort = function ([] | [ _ ]) as l -> l | l -> let a, b = List.fold_left (fun (a, b) x -> (b, x :: a)) ([], []) l in merge_lists (merge_sort a, merge_sort b) in
  List.iter
    (fun (name, sort) ->
      let a = Array.copy input in
      let r = match sort a with () -> a | exception Exit -> [||] in
      Printf.printf "%s%s " name (if r = expected then "" else " WRONG"))
    [
      ("bubble", fun a -> let again = ref true in while !again do again := false; for i = 0 to n - 2 do if a.(i) > a.(i + 1) then begin swap a i (i + 1); again := true end done done);
      ("insertion", fun a -> for i = 1 to n - 1 do let x = a.(i) and j = ref (i - 1) in (try while a.(!j) > x do a.(!j + 1) <- a.(!j); decr j done with Invalid_argument _ -> ()); a.(!j + 1) <- x done);
      ("selection", fun a -> for i = 0 to n - 1 do let m = ref i in for j = i + 1 to n - 1 do if a.(j) < a.(!m) then m := j done; swap a i !m done);
      ("shell", fun a -> List.iter (fun g -> for i = g to n - 1 do let x = a.(i) in let rec go j = if j >= g && a.(j - g) > x then begin a.(j) <- a.(j - g); go (j - g) end else j in let j = go i in a.(j) <- x done) [ 40; 13; 4; 1 ]);
      ("heap", fun a -> let rec down i m = let l = (2 * i) + 1 in if l < m then begin let c = if l + 1 < m && a.(l + 1) > a.(l) then l + 1 else l in if a.(c) > a.(i) then begin swap a i c; down c m end end in for i = n / 2 downto 0 do down i n done; for m = n - 1 downto 1 do swap a 0 m; down 0 m done);
      ("quick", fun a -> quick a 0 (n - 1)); ("merge", fun a -> List.iteri (fun i x -> a.(i) <- x) (merge_sort (Array.to_list a)));
      ("counting", fun a -> let c = Array.make 101 0 in Array.iter (fun x -> c.(x + 50) <- c.(x + 50) + 1) a; let k = ref 0 in Array.iteri (fun v m -> for _ = 1 to m do a.(!k) <- v - 50; incr k done) c);
      ("radix", fun a -> for bit = 0 to 6 do let zeros, ones = List.partition (fun x -> ((x + 50) lsr bit) land 1 = 0) (Array.to_list a) in List.iteri (fun i x -> a.(i) <- x) (zeros @ ones) done);
      ("comb", fun a -> let g = ref n and done_ = ref false in while not !done_ do g := max 1 (!g * 10 / 13); done_ := !g = 1; for i = 0 to n - 1 - !g do if a.(i) > a.(i + !g) then begin swap a i (i + !g); done_ := false end done done);
      ("gnome", fun a -> let i = ref 0 in while !i < n do if !i = 0 || a.(!i - 1) <= a.(!i) then incr i else begin swap a !i (!i - 1); decr i end done);
    ];
  print_newline ()
