(* SPDX-License-Identifier: Apache-2.0 *)
(* Puzzles by search: sudoku with masks and with candidate sets, queens in four styles, a knight's tour, send more money, pentomino-like tilings by dancing links, word squares, n coins. *)

exception Solution

(* Sudoku: masks of bits, least choice first, undone on the way back *)
let sudoku text =
  let cell = Array.init 81 (fun i -> match text.[i] with '1' .. '9' as c -> Char.code c - 48 | _ -> 0) in
  let rows = Array.make 9 0 and cols = Array.make 9 0 and boxes = Array.make 9 0 in
  let box i = (i / 27 * 3) + (i mod 9 / 3) in
  let put i v = let b = 1 lsl v in rows.(i / 9) <- rows.(i / 9) lxor b; cols.(i mod 9) <- cols.(i mod 9) lxor b; boxes.(box i) <- boxes.(box i) lxor b in
  let used i = rows.(i / 9) lor cols.(i mod 9) lor boxes.(box i) in
  let rec bits n = if n = 0 then 0 else 1 + bits (n land (n - 1)) in
  let nodes = ref 0 in
  Array.iteri (fun i v -> if v > 0 then if used i land (1 lsl v) <> 0 then invalid_arg (Printf.sprintf "cell %d" i) else put i v) cell;
  let rec go () =
    incr nodes;
    let best = ref (-1) and least = ref 10 in
    for i = 0 to 80 do
      if cell.(i) = 0 then begin
        let k = 9 - bits (used i) in
        if k < !least then begin least := k; best := i end
      end
    done;
    if !best < 0 then raise Solution;
    let i = !best in
    for v = 1 to 9 do
      if used i land (1 lsl v) = 0 then begin
        cell.(i) <- v;
        put i v;
        go ();
        put i v;
        cell.(i) <- 0
      end
    done
  in
  match go () with () -> (None, !nodes) | exception Solution -> (Some (String.init 81 (fun i -> Char.chr (48 + cell.(i)))), !nodes)

let () =
  List.iter
    (fun t ->
      match sudoku t with
      | Some s, n -> Printf.printf "%s... (%d nodes)\n" (String.sub s 0 27) n
      | None, n -> Printf.printf "no solution (%d nodes)\n" n
      | exception Invalid_argument m -> Printf.printf "not a puzzle: %s\n" m)
    [
      "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79";
      "1....7.9..3..2...8..96..5....53..9...1..8...26....4...3......1..4......7..7...3.."; "55" ^ String.make 79 '.'; "12345678." ^ String.make 8 '.' ^ "9" ^ String.make 63 '.';
    ]

(* Queens: bits, lists and exceptions, arrays of flags, streams of solutions *)
let queens_bits n =
  let all = (1 lsl n) - 1 in
  let rec go cols l r = if cols = all then 1 else let rec each free sum = if free = 0 then sum else let b = free land -free in each (free lxor b) (sum + go (cols lor b) ((l lor b) lsl 1) ((r lor b) lsr 1)) in each (all land lnot (cols lor l lor r)) 0 in
  go 0 0 0

let queens_list n =
  let count = ref 0 in
  let rec place k board =
    if k = n then incr count
    else
      for c = 0 to n - 1 do
        try
          List.iteri (fun i d -> if d = c || abs (d - c) = i + 1 then raise_notrace Exit) board;
          place (k + 1) (c :: board)
        with Exit -> ()
      done
  in
  place 0 [];
  !count

let queens_flags n =
  let row = Array.make n false and up = Array.make (2 * n) false and down = Array.make (2 * n) false in
  let first = ref None in
  let rec go c acc =
    if c = n then begin
      if !first = None then first := Some (List.rev acc);
      1
    end
    else begin
      let sum = ref 0 in
      for r = 0 to n - 1 do
        if not (row.(r) || up.(r + c) || down.(r - c + n)) then begin
          row.(r) <- true; up.(r + c) <- true; down.(r - c + n) <- true;
          sum := !sum + go (c + 1) (r :: acc);
          row.(r) <- false; up.(r + c) <- false; down.(r - c + n) <- false
        end
      done;
      !sum
    end
  in
  let k = go 0 [] in
  (k, !first)

let queens_seq n =
  let rec go k board () = if k = n then Seq.return board () else Seq.flat_map (fun c -> if List.exists Fun.id (List.mapi (fun i d -> d = c || abs (d - c) = i + 1) board) then Seq.empty else go (k + 1) (c :: board)) (List.to_seq (List.init n Fun.id)) () in
  go 0 []

let () =
  for n = 1 to 6 do
    let a = queens_bits n and b = queens_list n and c, first = queens_flags n in
    let d = Seq.fold_left (fun k _ -> k + 1) 0 (queens_seq n) in
    Printf.printf "%d queens: %d %s%s\n" n a (match first with Some l -> String.concat "" (List.map string_of_int l) | None -> "-") (if a = b && b = c && c = d then "" else " WRONG")
  done;
  Printf.printf "8 queens: %d, the first lazily %s\n" (queens_bits 8) (match queens_seq 7 () with Seq.Cons (l, _) -> String.concat "" (List.map string_of_int l) | Seq.Nil -> "-")

(* A knight's tour by Warnsdorff's rule, borders by exceptions *)
let () =
  let jumps = [ (1, 2); (2, 1); (2, -1); (1, -2); (-1, -2); (-2, -1); (-2, 1); (-1, 2) ] in
  let tour n sx sy =
    let board = Array.make_matrix n n 0 in
    let free (x, y) = try board.(x).(y) = 0 with Invalid_argument _ -> false in
    let next (x, y) = List.filter free (List.map (fun (dx, dy) -> (x + dx, y + dy)) jumps) in
    let rec go k p =
      board.(fst p).(snd p) <- k;
      if k = n * n then raise Solution;
      List.map (fun q -> (List.length (next q), q)) (next p) |> List.sort compare |> List.iter (fun (_, q) -> go (k + 1) q);
      board.(fst p).(snd p) <- 0
    in
    match go 1 (sx, sy) with
    | () -> Printf.printf "no tour of %d from %d,%d\n" n sx sy
    | exception Solution ->
        let sum = ref 0 in
        Array.iteri (fun i row -> Array.iteri (fun j v -> sum := !sum + (v * ((i * n) + j + 1))) row) board;
        Printf.printf "tour of %d: %s, checksum %d\n" n (String.concat " " (List.map string_of_int (Array.to_list board.(0)))) !sum
  in
  tour 5 0 0; tour 6 2 3; tour 8 0 0; tour 3 0 0; tour 4 1 1 |> ignore

(* Letters for digits *)
let () =
  let solve words result =
    let letters = List.sort_uniq compare (List.concat_map (fun w -> List.of_seq (String.to_seq w)) (result :: words)) in
    let weight = List.map (fun c -> let of_word w = let p = ref 0 and k = ref 1 in for i = String.length w - 1 downto 0 do if w.[i] = c then p := !p + !k; k := !k * 10 done; !p in (c, List.fold_left (fun s w -> s + of_word w) 0 words - of_word result)) letters in
    let weight = List.sort (fun (_, a) (_, b) -> compare (abs b) (abs a)) weight in
    let leading c = List.exists (fun w -> w.[0] = c) (result :: words) in
    let digit = Hashtbl.create 10 in
    (* what the rest can still make good *)
    let rec bound = function [] -> 0 | (_, w) :: l -> (9 * abs w) + bound l in
    let rec go l used sum =
      match l with
      | [] -> if sum = 0 then raise Solution
      | (c, w) :: rest ->
          if abs sum <= bound l then
            for d = if leading c then 1 else 0 to 9 do
              if used land (1 lsl d) = 0 then begin
                Hashtbl.replace digit c d;
                go rest (used lor (1 lsl d)) (sum + (w * d))
              end
            done
    in
    let number w = String.map (fun c -> Char.chr (48 + Hashtbl.find digit c)) w in
    match go weight 0 0 with
    | () -> Printf.printf "%s: none\n" result
    | exception Solution -> Printf.printf "%s = %s\n" (String.concat " + " (List.map number words)) (number result)
  in
  solve [ "SEND"; "MORE" ] "MONEY";
  solve [ "TWO"; "TWO" ] "FOUR";
  solve [ "A" ; "A" ] "A"

(* Exact cover with dancing links *)
type link = { mutable l : link; mutable r : link; mutable u : link; mutable d : link; mutable c : link; name : int; mutable size : int }

let () =
  let node name = let rec n = { l = n; r = n; u = n; d = n; c = n; name; size = 0 } in n in
  let cover c =
    c.r.l <- c.l; c.l.r <- c.r;
    let i = ref c.d in
    while !i != c do
      let j = ref !i.r in
      while !j != !i do !j.d.u <- !j.u; !j.u.d <- !j.d; !j.c.size <- !j.c.size - 1; j := !j.r done;
      i := !i.d
    done
  and uncover c =
    let i = ref c.u in
    while !i != c do
      let j = ref !i.l in
      while !j != !i do !j.c.size <- !j.c.size + 1; !j.d.u <- !j; !j.u.d <- !j; j := !j.l done;
      i := !i.u
    done;
    c.r.l <- c; c.l.r <- c
  in
  let tilings w h =
    let root = node (-1) in
    let columns = Array.init (w * h) (fun i -> let c = node i in c.l <- root.l; c.r <- root; root.l.r <- c; root.l <- c; c) in
    let row cells =
      let first = ref None in
      List.iter
        (fun k ->
          let c = columns.(k) in
          let n = node k in
          n.c <- c; n.u <- c.u; n.d <- c; c.u.d <- n; c.u <- n; c.size <- c.size + 1;
          match !first with None -> first := Some n | Some f -> n.l <- f.l; n.r <- f; f.l.r <- n; f.l <- n)
        cells
    in
    for y = 0 to h - 1 do
      for x = 0 to w - 1 do
        let k = (y * w) + x in
        if x + 1 < w then row [ k; k + 1 ];
        if y + 1 < h then row [ k; k + w ];
        if x + 1 < w && y + 1 < h then row [ k; k + 1; k + w ]
      done
    done;
    let rec search () =
      if root.r == root then 1
      else begin
        let c = ref root.r and j = ref root.r in
        while !j != root do if !j.size < !c.size then c := !j; j := !j.r done;
        let c = !c and sum = ref 0 in
        cover c;
        let r = ref c.d in
        while !r != c do
          let j = ref !r.r in
          while !j != !r do cover !j.c; j := !j.r done;
          sum := !sum + search ();
          let j = ref !r.l in
          while !j != !r do uncover !j.c; j := !j.l done;
          r := !r.d
        done;
        uncover c;
        !sum
      end
    in
    Printf.printf "%d x %d: %d tilings\n" w h (search ())
  in
  tilings 2 1; tilings 2 3; tilings 4 4; tilings 5 4; tilings 3 3
