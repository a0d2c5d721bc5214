(* SPDX-License-Identifier: Apache-2.0 *)
(* Life on boards of several shapes; what lies outside of the board is found out by the exception its index raises. *)

type border = Dead | Mirror | Torus

let patterns =
  [
    ("glider", [ ".#."; "..#"; "###" ]);
    ("blinker", [ "###" ]);
    ("r-pentomino", [ ".##"; "##."; ".#." ]);
    ("acorn", [ ".#....."; "...#..."; "##..###" ]);
    ("block", [ "##"; "##" ]);
  ]

let make_board w h = Array.make_matrix h w 0

let stamp board x0 y0 rows =
  List.iteri
    (fun dy row ->
      String.iteri
        (fun dx c ->
          if c = '#' then
            try board.(y0 + dy).(x0 + dx) <- 1
            with Invalid_argument _ -> Printf.printf "  (%d,%d) is outside\n" (x0 + dx) (y0 + dy))
        row)
    rows

let wrap i n = ((i mod n) + n) mod n

(* The value of a cell, wherever it is. *)
let cell border board x y =
  try board.(y).(x)
  with Invalid_argument _ -> (
    let h = Array.length board and w = Array.length board.(0) in
    match border with
    | Dead -> 0
    | Torus -> board.(wrap y h).(wrap x w)
    | Mirror ->
        let clamp i n = if i < 0 then 0 else if i >= n then n - 1 else i in
        board.(clamp y h).(clamp x w))

let neighbours border board x y =
  let n = ref 0 in
  for dy = -1 to 1 do
    for dx = -1 to 1 do
      if dx <> 0 || dy <> 0 then n := !n + cell border board (x + dx) (y + dy)
    done
  done;
  !n

(* All in one nest: the handler is inside four loops, and what it must not lose is used behind it. *)
let step_inline board next =
  let h = Array.length board in
  let outside = ref 0 in
  for y = 0 to h - 1 do
    let row = board.(y) in
    for x = 0 to Array.length row - 1 do
      let sum = ref 0 in
      for dy = -1 to 1 do
        for dx = -1 to 1 do
          let v =
            try board.(y + dy).(x + dx)
            with Invalid_argument _ ->
              incr outside;
              0
          in
          sum := !sum + v
        done
      done;
      let alive = row.(x) in
      next.(y).(x) <- (if !sum - alive = 3 || (alive = 1 && !sum - alive = 2) then 1 else 0)
    done
  done;
  !outside

let step_with border board =
  Array.mapi
    (fun y row ->
      Array.mapi
        (fun x alive ->
          match (neighbours border board x y, alive) with 3, _ | 2, 1 -> 1 | _ -> 0)
        row)
    board

(* One flat string, borders found with String's own bounds; columns have to be checked by hand. *)
let step_string w s =
  let get x i =
    if x < 0 || x >= w then 0
    else match s.[i] with '#' -> 1 | _ -> 0 | exception Invalid_argument _ -> 0
  in
  String.mapi
    (fun i c ->
      let x = i mod w in
      let n = ref 0 in
      for dx = -1 to 1 do
        n := !n + get (x + dx) (i + dx - w) + get (x + dx) (i + dx + w);
        if dx <> 0 then n := !n + get (x + dx) (i + dx)
      done;
      if !n = 3 || (!n = 2 && c = '#') then '#' else '.')
    s

let population board = Array.fold_left (Array.fold_left ( + )) 0 board

let print board =
  Array.iter
    (fun row ->
      print_string "  ";
      Array.iter (fun v -> print_char (if v = 1 then '#' else '.')) row;
      print_newline ())
    board

let to_string board =
  String.concat ""
    (Array.to_list
       (Array.map
          (fun row -> String.init (Array.length row) (fun x -> if row.(x) = 1 then '#' else '.'))
          board))

let copy board = Array.map Array.copy board
let start name x y w h =
  let board = make_board w h in
  stamp board x y (List.assoc name patterns);
  board

let run_border name border generations =
  let board = ref (start name 5 5 14 12) in
  let seen = Hashtbl.create 64 in
  let period = ref None in
  (try
     for g = 0 to generations do
       let key = to_string !board in
       (match Hashtbl.find seen key with
       | before ->
           period := Some (before, g - before);
           raise Exit
       | exception Not_found -> Hashtbl.add seen key g);
       board := step_with border !board
     done
   with Exit -> ());
  Printf.printf "%-12s population %3d %s\n" name (population !board)
    (match !period with
    | None -> "no period yet"
    | Some (from, n) -> Printf.sprintf "from generation %d on a period of %d" from n)

let () =
  print_endline "the same steps in three ways:";
  let a = ref (start "acorn" 4 4 16 11) and b = ref (make_board 16 11) in
  let c = ref (copy !a) in
  let s = ref (to_string !a) in
  let outside = ref 0 in
  for g = 1 to 20 do
    outside := !outside + step_inline !a !b;
    let t = !a in
    a := !b;
    b := t;
    c := step_with Dead !c;
    s := step_string 16 !s;
    if !a <> !c then Printf.printf "generation %d: arrays differ\n" g;
    if to_string !a <> !s then Printf.printf "generation %d: the string differs\n" g
  done;
  Printf.printf "%d indices outside, %d cells live\n" !outside (population !a);
  print !a

let () =
  List.iter
    (fun (label, border) ->
      Printf.printf "%s:\n" label;
      List.iter (fun (name, _) -> run_border name border 20) patterns)
    [ ("dead", Dead); ("torus", Torus); ("mirror", Mirror) ]

let () =
  print_endline "a pattern over the edge:";
  let board = make_board 6 5 in
  stamp board 4 3 (List.assoc "acorn" patterns);
  stamp board (-1) (-1) (List.assoc "block" patterns);
  print board

(* A ragged board: each row has its own length. *)
let () =
  let ragged = Array.init 9 (fun i -> Array.init (3 + (i * 5 mod 7)) (fun j -> (i + j) land 1)) in
  let hits = Array.make 9 0 and misses = Array.make 9 0 in
  for i = 0 to 10 do
    for j = -1 to 11 do
      try
        let row = ragged.(i) in
        (try
           row.(j) <- 1 - row.(j);
           hits.(i) <- hits.(i) + 1
         with Invalid_argument _ -> misses.(i) <- misses.(i) + 1);
        if row.(0) > 1 then print_endline "impossible"
      with Invalid_argument m -> if j = 3 then Printf.printf "row %d: %s\n" i m
    done
  done;
  Array.iteri (fun i h -> Printf.printf "%d:%d/%d " i h misses.(i)) hits;
  Printf.printf "\n%d\n" (population ragged)
