(* SPDX-License-Identifier: Apache-2.0 *)
(* Stack and memory run out again and again, wherever that can happen; the program goes on as before. *)

let rec depth n = if n = 0 then 0 else 1 + depth (n - 1)
let forever = Sys.opaque_identity (-1)

let rec fill list n = if n = 0 then List.length list else fill (String.make 20 'x' :: list) (n - 1)

(* Between these blocks, which C makes, the program allocates nothing by itself. *)
let rec fill_array kept i =
  kept.(i) <- Bytes.create 1020;
  fill_array kept (i + 1)

type tree = Leaf | Node of tree * int

let rec deep tree n = if n = 0 then tree else deep (Node (tree, n)) (n - 1)

(* How often an exception comes of so many attempts; and what a little work gives afterwards. *)
let attempt name times f =
  let stack = ref 0 and memory = ref 0 and other = ref 0 in
  for i = 1 to times do
    match f i with
    | () -> incr other
    | exception Stack_overflow -> incr stack
    | exception Out_of_memory -> incr memory
  done;
  Printf.printf "%s: stack %d, memory %d, neither %d; then %d %d\n%!" name !stack !memory !other
    (depth 500)
    (List.fold_left ( + ) 0 (List.init 500 (fun i -> i)))

let () =
  attempt "recursion" 1000 (fun _ -> ignore (depth forever));
  attempt "long bytes" 1000 (fun _ -> ignore (Bytes.create 1_000_000));
  attempt "long array" 100 (fun _ -> ignore (Array.make 300_000 0));
  attempt "long floats" 30 (fun _ -> ignore (Array.create_float 100_000));
  attempt "long weak" 30 (fun _ -> ignore (Weak.create 200_000));
  attempt "big array" 100 (fun _ -> ignore Bigarray.(Array1.create char c_layout 500_000));
  attempt "short blocks" 3 (fun _ -> ignore (fill [] forever));
  attempt "bytes" 3 (fun _ -> fill_array (Array.make 2000 Bytes.empty) 0);
  attempt "finaliser" 30 (fun _ ->
      Gc.finalise_last (fun () -> ignore (depth forever)) (ref 0);
      Gc.full_major ());
  attempt "finaliser that catches" 30 (fun _ ->
      let caught = ref 0 in
      Gc.finalise_last
        (fun () ->
          (try ignore (depth forever) with Stack_overflow -> incr caught);
          try ignore (Bytes.create 1_000_000) with Out_of_memory -> incr caught)
        (ref 0);
      Gc.full_major ();
      if !caught <> 2 then raise Not_found);
  let a = deep Leaf 3000 and b = deep Leaf 3000 in
  Printf.printf "equal %b %d\n%!" (a = b) (Hashtbl.hash a);
  attempt "finalisers" 2 (fun _ ->
      let kept = ref [] in
      let rec register () =
        let r = ref 0 in
        Gc.finalise ignore r;
        kept := r :: !kept;
        register ()
      in
      try register ()
      with Out_of_memory ->
        if List.length !kept < 2000 then raise Not_found;
        kept := [];
        Gc.compact ();
        raise Out_of_memory)
