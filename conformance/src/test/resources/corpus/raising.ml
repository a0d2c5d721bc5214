(* SPDX-License-Identifier: Apache-2.0 *)
(* Exceptions as control: handlers in loops in handlers, with values that live across them; local exceptions, exceptions that carry closures, backtracking, resources, retries. *)

exception Skip of int
exception Stop of { at : int; why : string }

let log = Buffer.create 200
let say fmt = Printf.bprintf log fmt
let flush_log () = print_endline (Buffer.contents log); Buffer.clear log

(* Values of every kind live across a handler in a loop: ints, floats, boxed integers, rows of arrays, strings, closures *)
let live_across n =
  let rows = Array.init n (fun i -> Array.init (i + 2) (fun j -> (i * 10) + j)) in
  let floats = Array.init n (fun i -> float i /. 4.) in
  let text = String.init n (fun i -> Char.chr (97 + i)) in
  let bytes = Bytes.make (4 * n) '\000' in
  let fsum = ref 0. and isum = ref 0 and lsum = ref 0L and wsum = ref 0l and caught = ref 0 in
  for i = -1 to n do
    let scale = float i *. 0.5 in
    let wide = Int64.of_int (i * 1000) and word = Int32.of_int (i lsl 4) in
    let base = i * 3 in
    for j = 0 to n do
      let here = base + j in
      let v =
        try
          let row = rows.(i) in
          let x = row.(j) in
          fsum := !fsum +. (scale *. floats.(j));
          x + Char.code text.[j]
        with Invalid_argument _ ->
          incr caught;
          here
      in
      isum := !isum + v + here;
      lsum := Int64.add !lsum (Int64.mul wide (Int64.of_int v));
      wsum := Int32.logxor !wsum (Int32.add word (Int32.of_int v));
      (try Bytes.set_int32_le bytes (4 * i) (Int32.add (Bytes.get_int32_le bytes (4 * i)) !wsum)
       with Invalid_argument _ -> fsum := !fsum -. scale);
      (try rows.(j).(i) <- rows.(j).(i) + 1 with Invalid_argument _ -> isum := !isum - 1)
    done
  done;
  Printf.printf "%d: %d %.4f %Ld %ld, %d caught, %s\n" n !isum !fsum !lsum !wsum !caught (Digest.to_hex (Digest.bytes bytes))

let () = List.iter live_across [ 0; 1; 3; 9; 20 ]

(* The same expression in the body, in the handler and behind it *)
let three_places a k =
  let total = ref 0 in
  for i = 0 to 2 * Array.length a do
    let d = try a.(i).(k) / a.(i).(0) with Invalid_argument _ -> -i | Division_by_zero -> a.(i).(k) * 2 in
    total := !total + d;
    match a.(i mod Array.length a).(k) with
    | v when v > d -> total := !total + v
    | v -> total := !total - v
    | exception Invalid_argument _ -> total := !total * 3 land 0xFFFF
  done;
  !total

let () =
  let a = Array.init 7 (fun i -> Array.init (1 + (i mod 4)) (fun j -> (i * j) - 3 + if j = 0 then 3 - (i mod 2) else 0)) in
  List.iter (fun k -> say "%d " (three_places a k)) [ 0; 1; 2; 3; 4; -1 ];
  flush_log ()

(* Nested handlers: inner, outer, behind, from a handler, from a called function *)
let rec deep n = if n = 0 then raise (Skip 7) else 1 + (try deep (n - 1) with Stop _ -> 100)

let nest a b c =
  let steps = ref [] in
  let note s = steps := s :: !steps in
  let r =
    try
      note "a";
      (try
         if a > 2 then raise (Skip a);
         note "b";
         for i = 0 to b do
           try
             if i = a then raise_notrace Exit;
             if i * c > 20 then raise (Stop { at = i; why = "c" });
             if c = 0 then note (string_of_int (i / c))
           with
           | Exit -> note "exit"
           | Division_by_zero when i < 2 -> note "zero"
         done;
         note "loop"
       with
      | Skip n when n > 4 -> raise (Stop { at = n; why = "from skip" })
      | Skip _ -> note "skipped"
      | Stop { at; _ } as e -> if at > 3 then raise e else note "stopped");
      (try deep 4 with Skip n -> n + c)
    with
    | Stop { at; why } -> note why; at
    | Division_by_zero -> note "div"; -1
  in
  say "%d:%s " r (String.concat "," (List.rev !steps))

let () =
  for a = 0 to 5 do
    nest a 4 (a * 3);
    nest a 2 0;
    nest a 9 (9 - a)
  done;
  flush_log ()

(* Local exceptions, one each call; generic find with early exit; labelled break and continue *)
let find (type a) (p : a -> bool) iter =
  let exception Found of a in
  match iter (fun x -> if p x then raise_notrace (Found x)) with () -> None | exception Found x -> Some x

let with_break (type r) body =
  let exception Break of r in
  try body (fun (r : r) -> raise (Break r)) with Break r -> r

let () =
  let square = find (fun x -> x * x > 200) (fun f -> for i = 0 to 100 do f i done) in
  let letter = find (fun c -> c > 'm') (fun f -> String.iter f "abcxyz") in
  let none = find (fun (a, b) -> a = b) (fun f -> Hashtbl.iter (fun a b -> f (a, b)) (let h = Hashtbl.create 3 in Hashtbl.add h 1 2; h)) in
  say "%s %s %b; " (match square with Some n -> string_of_int n | None -> "-") (match letter with Some c -> String.make 1 c | None -> "-") (none = None);
  (* each call's exception is its own *)
  let r = with_break (fun outer -> let n = with_break (fun inner -> for i = 0 to 10 do if i = 3 then inner (i * 10); if i = 5 then outer 1000 done; 0) in if n = 30 then n + 1 else n) in
  let s = with_break (fun outer -> 1 + with_break (fun _ -> outer 50)) in
  say "%d %d; " r s;
  let rec primes n = if n > 60 then [] else (try for d = 2 to n - 1 do if n mod d = 0 then raise_notrace Exit done; [ n ] with Exit -> []) @ primes (n + 1) in
  say "%s" (String.concat "," (List.map string_of_int (primes 2)));
  flush_log ()

(* Exceptions that carry closures: resumable ones *)
exception Ask of string * (int -> unit)

let () =
  let total = ref 0 in
  let rec work n = if n > 0 then begin (try if n mod 3 = 0 then raise (Ask ("three", fun v -> total := !total + (v * n))) else total := !total + n with Ask (s, k) when n < 10 -> say "%s%d " s n; k 2); work (n - 1) end in
  let rec drive n = try work n with Ask (_, k) -> k 1; drive (n - 3 - (n mod 3)) in
  drive 14;
  say "= %d" !total;
  flush_log ()

(* Backtracking with exceptions as failure, state restored on the way *)
exception Fail

let () =
  let choose l k = let rec go = function [] -> raise Fail | x :: r -> ( try k x with Fail -> go r) in go l in
  let tried = ref 0 in
  let r = choose [ 1; 2; 3; 4; 5; 6; 7 ] (fun a -> choose [ 2; 4; 6; 8 ] (fun b -> choose [ 3; 9; 27 ] (fun c -> incr tried; if (a * b) + c = 55 && a > 5 then (a, b, c) else raise Fail))) in
  let a, b, c = r in
  say "%d %d %d after %d; " a b c !tried;
  (match choose [ 1; 2 ] (fun x -> choose [ 3; 4 ] (fun y -> if x * y > 100 then x else raise Fail)) with n -> say "%d" n | exception Fail -> say "none");
  flush_log ()

(* Resources: finally, also when the handler raises; retries with a limit *)
let () =
  let opened = ref 0 and closed = ref 0 in
  let using f = incr opened; Fun.protect ~finally:(fun () -> incr closed) (fun () -> f !opened) in
  let attempts = Array.make 12 0 in
  for i = 0 to 11 do
    let rec retry n = try using (fun k -> attempts.(i) <- attempts.(i) + 1; if k mod (i + 1) <> 0 then raise (Skip k); k) with Skip k -> if n = 0 then -k else retry (n - 1) in
    say "%d " (retry 4)
  done;
  say "| %d %d | " !opened !closed;
  (match Fun.protect ~finally:(fun () -> raise Not_found) (fun () -> 1) with n -> say "%d" n | exception Fun.Finally_raised Not_found -> say "finally raised");
  flush_log ()

(* All the library's exceptions, in a loop, in one handler of many cases *)
let () =
  let h = Hashtbl.create 3 and q = Queue.create () and s = Stack.create () and zero = Sys.opaque_identity 0 in
  let actions : (unit -> int) array =
    [|
      (fun () -> List.find (fun x -> x > 5) [ 1; 2 ]); (fun () -> Hashtbl.find h "x"); (fun () -> List.hd []); (fun () -> List.nth [ 1 ] 3); (fun () -> List.nth [ 1 ] (-1)); (fun () -> 1 / zero); (fun () -> 5 mod zero);
      (fun () -> Int32.to_int (Int32.div 1l (Int32.of_int zero))); (fun () -> Int64.to_int (Int64.rem 1L (Int64.of_int zero))); (fun () -> Nativeint.to_int (Nativeint.div 1n (Nativeint.of_int zero)));
      (fun () -> [| 1 |].(zero - 1)); (fun () -> int_of_float [| 1. |].(zero + 1)); (fun () -> Char.code "abc".[zero + 3]); (fun () -> Bytes.get_uint16_le (Bytes.create 3) (zero + 2)); (fun () -> int_of_string "x1"); (fun () -> int_of_float (float_of_string "1e"));
      (fun () -> Queue.pop q); (fun () -> Stack.pop s); (fun () -> Char.code (Char.chr (zero - 1))); (fun () -> String.length (String.sub "abc" 2 2)); (fun () -> Array.length (Array.sub [| 1 |] 1 1)); (fun () -> Array.length (Array.make (-1) zero));
      (fun () -> String.index "abc" 'd'); (fun () -> List.assoc 3 [ (1, 2) ]); (fun () -> Option.get None); (fun () -> List.fold_left2 (fun a b c -> a + b + c) 0 [ 1 ] []); (fun () -> match Sys.opaque_identity [ 3 ] with [] -> 0 | _ -> failwith "chosen");
      (fun () -> Scanf.sscanf "abc" "%d" Fun.id); (fun () -> assert (zero = 1); 1); (fun () -> Bytes.length (Bytes.sub (Bytes.create 2) 1 2)); (fun () -> if compare (fun x -> x) (fun x -> x + 1) = 0 then 0 else 1); (fun () -> Int32.to_int (Bytes.get_int32_be (Bytes.create 4) (zero + 1)));
      (fun () -> Array.fold_left ( + ) 0 (Array.map2 ( + ) [| 1 |] [| 1; 2 |])); (fun () -> snd (Array.get [| (1, 2) |] (zero + 2))); (fun () -> bool_of_string "yes" |> Bool.to_int); (fun () -> String.length (String.make (-1) 'x'));
    |]
  in
  let counts = Hashtbl.create 10 in
  for round = 1 to 40 do
    for i = 0 to Array.length actions - 1 do
      let kind =
        match actions.(i) () with
        | v -> "value " ^ string_of_int v
        | exception Not_found -> "not found"
        | exception Failure m -> "failure " ^ m
        | exception Invalid_argument m -> "invalid " ^ m
        | exception Division_by_zero -> "division"
        | exception (Queue.Empty | Stack.Empty) -> "empty"
        | exception Assert_failure (_, _, column) -> Printf.sprintf "assertion %b" (column > 0)
        | exception Scanf.Scan_failure _ -> "scan"
      in
      Hashtbl.replace counts kind (1 + try Hashtbl.find counts kind with Not_found -> 0);
      if round = 1 && i mod 9 = 0 then say "%d: %s; " i kind
    done
  done;
  flush_log ();
  Hashtbl.fold (fun k n l -> (k, n) :: l) counts [] |> List.sort compare |> List.iter (fun (k, n) -> Printf.printf "%s: %d\n" k n)

(* Deep recursion that raises through many frames, and handlers deep down *)
let () =
  let rec down n f = if n = 0 then f () else 1 + down (n - 1) f in
  let rec handlers n = if n = 0 then raise (Skip 0) else try handlers (n - 1) with Skip k when k < n / 2 -> raise (Skip (k + 1)) in
  for i = 1 to 5 do
    (match down (i * 200) (fun () -> raise (Stop { at = i; why = "bottom" })) with n -> say "%d " n | exception Stop { at; why } -> say "%s %d " why at);
    say "%d " (down (i * 100) (fun () -> try down 50 (fun () -> raise Exit) with Exit -> i));
    match handlers (i * 20) with () -> () | exception Skip k -> say "%d; " k
  done;
  flush_log ()
