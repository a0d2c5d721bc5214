(* SPDX-License-Identifier: Apache-2.0 *)
(* Games: tic-tac-toe with minimax and a table, four in a row with alpha and beta on bit boards of two ints, mancala, Nim by Grundy numbers, a fifteen puzzle. *)

(* Tic-tac-toe: boards are strings *)
exception Won of char

let lines = [ (0, 1, 2); (3, 4, 5); (6, 7, 8); (0, 3, 6); (1, 4, 7); (2, 5, 8); (0, 4, 8); (2, 4, 6) ]

let winner b =
  match List.iter (fun (i, j, k) -> if b.[i] <> '.' && b.[i] = b.[j] && b.[j] = b.[k] then raise_notrace (Won b.[i])) lines with
  | () -> None
  | exception Won c -> Some c

let play b i c = String.mapi (fun j d -> if i = j then c else d) b
let other = function 'x' -> 'o' | _ -> 'x'
let moves b = List.filter (fun i -> b.[i] = '.') [ 4; 0; 2; 6; 8; 1; 3; 5; 7 ]
let table = Hashtbl.create 500

let rec value b player =
  match Hashtbl.find table (player, b) with
  | v -> v
  | exception Not_found ->
      let v =
        match (winner b, moves b) with
        | Some _, _ -> -1
        | None, [] -> 0
        | None, l -> List.fold_left (fun best i -> max best (-value (play b i player) (other player))) min_int l
      in
      Hashtbl.add table (player, b) v;
      v

let best b player = List.fold_left (fun (bi, bv) i -> let v = -value (play b i player) (other player) in if v > bv then (i, v) else (bi, bv)) (-1, -2) (moves b)

let () =
  let show b = String.concat "/" [ String.sub b 0 3; String.sub b 3 3; String.sub b 6 3 ] in
  List.iter
    (fun (b, p) -> let i, v = best b p in Printf.printf "%s: %c plays %d, value %d\n" (show b) p i v)
    [ ("x.o.x..o.", 'x'); ("xx.oo....", 'o'); ("xo..x....", 'o'); ("x...o...x", 'o'); ("ox.xo..x.", 'o'); ("xoxxoxoxo", 'x') ];
  let rec game b player = match (winner b, moves b) with None, _ :: _ -> game (play b (fst (best b player)) player) (other player) | w, _ -> (show b, w) in
  match game "x........" 'o' with
  | b, None -> Printf.printf "%s: drawn, %d boards known\n" b (Hashtbl.length table)
  | b, Some c -> Printf.printf "%s: %c wins\n" b c

(* Four in a row on 5 x 4: one int a side, 25 bits with a free row *)
module Four = struct
  let columns = 5 and rows = 4
  let wins b =
    let line d = let m = b land (b lsr d) in m land (m lsr (2 * d)) <> 0 in
    line 1 || line (rows + 1) || line rows || line (rows + 2)
  let height = rows + 1
  let playable all c = all land (1 lsl ((c * height) + rows - 1)) = 0
  let drop all c = (all + (1 lsl (c * height))) land lnot all land (((1 lsl height) - 1) lsl (c * height))

  exception Cut

  let nodes = ref 0

  let rec search me you depth alpha beta =
    incr nodes;
    if wins you then -100 - depth
    else if depth = 0 then 0
    else begin
      let all = me lor you in
      let alpha = ref alpha and moved = ref false in
      (try
         for k = 0 to columns - 1 do
           let c = [| 2; 1; 3; 0; 4 |].(k) in
           if playable all c then begin
             moved := true;
             let v = -search you (me lor drop all c) (depth - 1) (-beta) (- !alpha) in
             if v > !alpha then alpha := v;
             if !alpha >= beta then raise_notrace Cut
           end
         done
       with Cut -> ());
      if !moved then !alpha else 0
    end

  let rec plain me you depth =
    if wins you then -100 - depth
    else if depth = 0 then 0
    else
      let all = me lor you in
      match List.filter (playable all) [ 0; 1; 2; 3; 4 ] with
      | [] -> 0
      | l -> List.fold_left (fun v c -> max v (-plain you (me lor drop all c) (depth - 1))) min_int l

  let setup s =
    (* columns played, as digits *)
    let me = ref 0 and you = ref 0 in
    String.iter
      (fun ch ->
        let c = Char.code ch - 48 in
        let m = !me lor drop (!me lor !you) c in
        me := !you;
        you := m)
      s;
    (!me, !you)
end

let () =
  List.iter
    (fun (s, depth) ->
      let me, you = Four.setup s in
      Four.nodes := 0;
      let v = Four.search me you depth (-1000) 1000 in
      Printf.printf "after %S at depth %d: %d, %d nodes%s\n" s depth v !Four.nodes
        (if depth > 5 || Four.plain me you depth = v then "" else " WRONG"))
    [ ("", 5); ("22", 6); ("210123", 5); ("202122", 4); ("0011", 3); ("0123401234", 7); ("2", 4) ]

(* Mancala (kalah) with three stones *)
type mancala = { pits : int array; turn : int }

let sow m pit =
  let own = if m.turn = 0 then pit else pit + 7 in
  let store = if m.turn = 0 then 6 else 13 and skip = if m.turn = 0 then 13 else 6 in
  let pits = Array.copy m.pits in
  let n = pits.(own) in
  if n = 0 then invalid_arg "empty pit";
  pits.(own) <- 0;
  let rec go i n = if n = 0 then (i + 13) mod 14 else if i = skip then go ((i + 1) mod 14) n else begin pits.(i) <- pits.(i) + 1; go ((i + 1) mod 14) (n - 1) end in
  let last = go ((own + 1) mod 14) n in
  let last = if last = skip then (last + 13) mod 14 else last in
  if last <> store && pits.(last) = 1 && last / 7 = m.turn && pits.(12 - last) > 0 then begin
    pits.(store) <- pits.(store) + pits.(12 - last) + 1;
    pits.(last) <- 0;
    pits.(12 - last) <- 0
  end;
  { pits; turn = (if last = store then m.turn else 1 - m.turn) }

let over m = let empty from = let rec go i = i = 6 || (m.pits.(from + i) = 0 && go (i + 1)) in go 0 in empty 0 || empty 7
let score m = let side f = Array.fold_left ( + ) 0 (Array.sub m.pits f 7) in side 0 - side 7

let rec mancala_value m depth alpha beta =
  if over m || depth = 0 then (score m, -1)
  else
    let sign = if m.turn = 0 then 1 else -1 in
    let rec try_pits pit (bv, bp) alpha beta =
      if pit = 6 || alpha >= beta then (bv, bp)
      else
        match sow m pit with
        | exception Invalid_argument _ -> try_pits (pit + 1) (bv, bp) alpha beta
        | m' ->
            let v, _ = mancala_value m' (depth - 1) alpha beta in
            let better = bp < 0 || sign * v > sign * bv in
            let bv, bp = if better then (v, pit) else (bv, bp) in
            if sign > 0 then try_pits (pit + 1) (bv, bp) (max alpha bv) beta else try_pits (pit + 1) (bv, bp) alpha (min beta bv)
    in
    try_pits 0 (0, -1) alpha beta

let () =
  let start = { pits = Array.init 14 (fun i -> if i mod 7 = 6 then 0 else 3); turn = 0 } in
  let rec game m log = if over m || List.length log > 40 then (m, List.rev log) else let d = if m.turn = 0 then 3 else 2 in let _, p = mancala_value m d (-100) 100 in game (sow m p) (((m.turn * 10) + p) :: log) in
  let m, log = game start [] in
  Printf.printf "mancala: %s; score %d, %d stones\n" (String.concat " " (List.map (Printf.sprintf "%02d") log)) (score m) (Array.fold_left ( + ) 0 m.pits);
  match sow { m with pits = Array.make 14 0 } 3 with _ -> () | exception Invalid_argument s -> print_endline s

(* Grundy numbers of a few games *)
let () =
  let mex l = let rec go i = if List.mem i l then go (i + 1) else i in go 0 in
  let grundy moves n =
    let g = Array.make (n + 1) 0 in
    for i = 1 to n do g.(i) <- mex (List.filter_map (fun f -> try Some (f g i) with Invalid_argument _ -> None) moves) done;
    g
  in
  let show name g = Printf.printf "%s: %s\n" name (String.concat "" (Array.to_list (Array.map (Printf.sprintf "%x") g))) in
  show "take 1 to 3" (grundy (List.init 3 (fun k g i -> g.(i - k - 1))) 20);
  show "take a square" (grundy (List.init 5 (fun k g i -> g.(i - ((k + 1) * (k + 1))))) 30);
  show "kayles" (grundy (List.concat (List.init 16 (fun a -> [ (fun g i -> g.(a) lxor g.(i - 1 - a)); (fun g i -> g.(a) lxor g.(i - 2 - a)) ]))) 30);
  let heaps = [ 7; 11; 13 ] in
  let x = List.fold_left ( lxor ) 0 heaps in
  List.iteri (fun i h -> if h lxor x < h then Printf.printf "nim: heap %d to %d\n" i (h lxor x)) heaps

(* A puzzle of 3 x 3 by iterative deepening; neighbours outside are found by exceptions *)
exception Solved of string

let () =
  let solve start =
    let board = Array.of_list start in
    let at = ref 0 in
    Array.iteri (fun i v -> if v = 0 then at := i) board;
    let distance () = let d = ref 0 in Array.iteri (fun i v -> if v > 0 then d := !d + abs ((i / 3) - ((v - 1) / 3)) + abs ((i mod 3) - ((v - 1) mod 3))) board; !d in
    let rec go left path last =
      let d = distance () in
      if d = 0 then raise (Solved path);
      if d <= left then
        List.iter
          (fun (name, back, step, ok) ->
            if name <> last && ok (!at mod 3) then
              let i = !at in
              match board.(i + step) with
              | v ->
                  board.(i) <- v;
                  board.(i + step) <- 0;
                  at := i + step;
                  go (left - 1) (path ^ String.make 1 name) back;
                  board.(i + step) <- v;
                  board.(i) <- 0;
                  at := i
              | exception Invalid_argument _ -> ())
          [ ('U', 'D', -3, fun _ -> true); ('D', 'U', 3, fun _ -> true); ('L', 'R', -1, fun c -> c > 0); ('R', 'L', 1, fun c -> c < 2) ]
    in
    try
      for limit = 0 to 20 do go limit "" ' ' done;
      "none"
    with Solved p -> p
  in
  List.iter (fun l -> Printf.printf "%s: %s\n" (String.concat "" (List.map string_of_int l)) (solve l)) [ [ 1; 2; 3; 4; 5; 6; 7; 8; 0 ]; [ 1; 2; 3; 4; 0; 6; 7; 5; 8 ]; [ 0; 1; 3; 4; 2; 5; 7; 8; 6 ]; [ 1; 3; 6; 5; 0; 2; 4; 7; 8 ]; [ 4; 1; 3; 2; 0; 5; 7; 8; 6 ] ]
