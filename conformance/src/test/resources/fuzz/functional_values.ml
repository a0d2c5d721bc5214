(* SPDX-License-Identifier: Apache-2.0 *)
(* What looks into functional values: marshalling, comparison, hashing, reachable words; of closures alone, in sets, bound
   together with other values, applied in part, in lazy values, records, objects and modules. *)
let n = Array.length Sys.argv + 4
let copy (v : 'a) : 'a = Marshal.from_string (Marshal.to_string v [ Marshal.Closures ]) 0
let words v = Obj.reachable_words (Obj.repr v)
let shown f = match f () with s -> s | exception e -> Printexc.to_string e
let line name parts = Printf.printf "%s: %s\n%!" name (String.concat ", " (List.map shown parts))
let int f () = string_of_int (f ())
let bool f () = string_of_bool (f ())

(* A set, of which a member behind the first one is looked at. *)
let set k =
  let rec even x = if x = 0 then k else odd (x - 1)
  and odd x = if x = 0 then -k else third (x - 1) 2
  and third x y = if x = 0 then k * y else even (x - 1) in
  (even, odd, third)

(* Functions and values that refer to each other. *)
type node = { name : string; call : int -> int; next : node; cells : int array }

let nodes k =
  let rec a = { name = "a"; call = (fun x -> if x <= 0 then k else b.call (x - 1) + b.cells.(0)); next = b; cells = [| k; 1 |] }
  and b = { name = "b"; call = (fun x -> if x <= 0 then -k else a.call (x - 2) + a.cells.(1)); next = a; cells = [| k + 1; 2 |] } in
  a

let over_array k =
  let rec f x = if x = 0 then cells.(0) else g (x - 1) + cells.(1)
  and g x = if x = 0 then List.length list + cells.(0) else f (x - 1)
  and cells = [| k; k + 1 |]
  and list = 1 :: 2 :: list2
  and list2 = [ 3 ] in
  (f, g, cells)

let delayed k =
  let rec f x = if x = 0 then Lazy.force v else f (x - 1) + 1 and v = lazy (k + List.length (w ())) and w () = [ k; k ] in
  (f, v)

let floats k =
  let rec f x = x *. a.(1) +. r.contents and a = [| 1.5; float k |] and r = { contents = 0.25 } in
  (f, r)

let applied k = List.fold_left (fun f x y -> f (x + y)) (fun z -> z * k) [ 1; 2; 3 ]
let four a b c d = a + (2 * b) + (3 * c) + (4 * d)

module type S = sig val f : int -> int val cells : int array end

module Make (X : sig val k : int end) = struct
  let cells = [| X.k; X.k |]
  let rec f x = if x = 0 then cells.(0) else g (x - 1)
  and g x = if x = 0 then cells.(1) else f (x - 1) + 1
end

let packed k : (module S) = (module Make (struct let k = k end))

let thing k =
  object (self)
    val mutable sum = k
    val add = (fun x -> x + k)
    method add x = sum <- add x + sum; self
    method sum = sum
  end

(* ---- Copies do what they are copies of, and are their own. ---- *)

let copies () =
  let even, odd, third = set n in
  line "set"
    [ int (fun () -> (copy even) 7); int (fun () -> (copy odd) 8); int (fun () -> (copy third) 9 1);
      (fun () -> let e, o, t = copy (even, odd, third) in Printf.sprintf "%d %d %d" (e 4) (o 4) (t 4 4));
      int (fun () -> let _, _, t = copy (copy (even, odd, third)) in Gc.compact (); t 10 3) ];
  let a = nodes n in
  line "nodes"
    [ int (fun () -> (copy a).call 9); int (fun () -> (copy a.next).next.call 8);
      (fun () -> let b = copy a in b.cells.(1) <- 100; b.next.cells.(0) <- 50; Printf.sprintf "%d %d" (b.call 5) (a.call 5));
      bool (fun () -> let b = copy a in b.next.next == b && b.next.name = "b") ];
  let f, g, cells = over_array n in
  line "over an array"
    [ int (fun () -> (copy f) 6); int (fun () -> (copy g) 6);
      (fun () -> let f', g', cells' = copy (f, g, cells) in cells'.(0) <- 1000; Printf.sprintf "%d %d %d %d" (f' 4) (g' 4) (f 4) (g 4)) ];
  let f, v = delayed n in
  line "delayed"
    [ bool (fun () -> let _, v' = copy (f, v) in Lazy.is_val v'); int (fun () -> (copy f) 3);
      int (fun () -> let f', v' = copy (f, v) in let x = Lazy.force v' in x + f' 2 + if Lazy.is_val v then 1000 else 0);
      int (fun () -> Lazy.force v + Lazy.force (snd (copy (f, v)))) ];
  let f, r = floats n in
  line "floats"
    [ (fun () -> Printf.sprintf "%h" ((copy f) 2.5));
      (fun () -> let f', r' = copy (f, r) in r'.contents <- 8.; Printf.sprintf "%h %h" (f' 1.) (f 1.)) ];
  line "applied"
    [ int (fun () -> (copy (applied n)) 4); int (fun () -> (copy (four n)) 1 2 3); int (fun () -> (copy (four n 1 2)) 3);
      int (fun () -> (copy four) 1 2 3 4); int (fun () -> List.fold_left ( + ) 0 (List.map (copy (four 1 n 2)) [ 1; 2; 3 ]));
      int (fun () -> Marshal.from_string (Marshal.to_string (four 1 2) [ Marshal.Closures; Marshal.No_sharing ]) 0 3 n) ];
  line "module"
    [ int (fun () -> let (module M) = copy (packed n) in M.f 5); int (fun () -> let (module M) = copy (packed n) in M.cells.(0) <- 70; M.f 6) ];
  line "object"
    [ int (fun () -> let o = thing n in let o' = copy o in ignore (o'#add 3); (1000 * o'#sum) + o#sum);
      bool (fun () -> let o = thing n in Oo.id (copy o) = Oo.id o) ]

(* ---- What is refused is refused the same way. ---- *)

let refused () =
  let _, odd, _ = set n and f, v = delayed n in
  let plain v () = string_of_int (String.length (Marshal.to_string v [])) in
  line "without closures"
    [ plain odd; plain (nodes n); plain v; plain f; plain (thing n); plain (packed n); plain (four n); plain [ (1, odd) ] ];
  line "no place"
    [ int (fun () -> Marshal.to_buffer (Bytes.create 30) 0 30 (nodes n) [ Marshal.Closures ]) ]

(* ---- Comparison ---- *)

let compared () =
  let even, odd, third = set n and f, v = delayed n and a = nodes n in
  let c x y () = string_of_int (compare x y) and e x y () = string_of_bool (x = y) and l x y () = string_of_bool (x < y) in
  line "compare" [ c odd odd; c even odd; c even even; c third third; c f f; c (four n) (four n); c a a; c a (copy a) ];
  line "equal" [ e odd odd; e even odd; e (four n) (four n); e a a; e four four; e (1, odd) (2, odd); e (1, odd) (1, odd); e v v ];
  line "less" [ l odd even; l (1, odd) (2, even); l (2, odd) (1, odd); l [ odd ] []; l [] [ odd ]; l (Some odd) None; l None (Some odd) ];
  line "other kinds"
    [ c (Obj.repr 1) (Obj.repr odd); c (Obj.repr odd) (Obj.repr 1); e (Obj.repr "s") (Obj.repr 2); c (lazy 1) (lazy 1);
      c (Some odd) (Some odd); (fun () -> let x = Some odd in c x x ()); (fun () -> let x = Some odd in e x x ());
      bool (fun () -> even == even && odd == odd && not (Obj.repr even == Obj.repr odd)); bool (fun () -> List.memq odd [ even; odd ]) ]

(* ---- Hashing: of the closure, wherever it lies. ---- *)

let hashed () =
  let even, odd, _ = set n and a = nodes n in
  let same x y () = string_of_bool (Hashtbl.hash x = Hashtbl.hash y) in
  let stays x () = let h = Hashtbl.hash x in Gc.compact (); string_of_bool (h = Hashtbl.hash x) in
  line "hash"
    [ stays odd; stays even; stays a; stays (four n); stays (1, odd); same (four n) (four n); same odd odd; same a (copy a);
      same (four 1 2) (copy (four 1 2)); same (1, "a") (1, "a"); (fun () -> string_of_bool (Hashtbl.hash (thing n) >= 0)) ];
  let table = Hashtbl.create 5 in
  line "table"
    [ (fun () -> Hashtbl.replace table (1, even) "x"; shown (fun () -> Hashtbl.find table (1, even)));
      int (fun () -> Hashtbl.length table) ]

(* ---- Reachable words: how long a closure is differs, what it holds does not. ---- *)

let reached () =
  let holding size = let a = Array.make size 1 in fun x -> a.(x) in
  let rec_holding size = let rec f x = if x = 0 then g 0 else f (x - 1) and g x = Array.length a + x and a = Array.make size 1 in (f, g) in
  let f, g = rec_holding 30 in
  let a = nodes n in
  line "words"
    [ int (fun () -> words (holding 50) - words (holding 20)); int (fun () -> words (fst (rec_holding 40)) - words (fst (rec_holding 10)));
      int (fun () -> words (snd (rec_holding 40)) - words (snd (rec_holding 10))); int (fun () -> words (f, f) - words f);
      int (fun () -> words [ g; g; g ] - words g); bool (fun () -> words (f, g) <= words f + words g + 3);
      bool (fun () -> words (copy (f, g)) = words (f, g)); bool (fun () -> words (copy f) = words f);
      int (fun () -> words (a, a.next) - words a); bool (fun () -> words a = words a.next);
      bool (fun () -> Gc.compact (); words (f, g) = words (copy (f, g))) ]

let () =
  for _ = 1 to 3 do
    copies ();
    refused ();
    compared ();
    hashed ();
    reached ()
  done
