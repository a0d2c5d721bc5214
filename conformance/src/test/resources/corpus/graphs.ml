(* SPDX-License-Identifier: Apache-2.0 *)
(* Searches in graphs: union-find with Kruskal and Prim, Dijkstra, Bellman-Ford, Floyd-Warshall, A* on a maze, topological orders, components, bridges. *)

let lcg seed = let s = ref seed in fun n -> s := ((!s * 811) + 28411) land 0x1FFFF; (!s lsr 3) mod n

type graph = { n : int; succ : (int * int) list array }

let random_graph ?(directed = true) n m seed =
  let r = lcg seed in
  let succ = Array.make n [] in
  for _ = 1 to m do
    let a = r n in
    let b = r n in
    let w = 1 + r 20 in
    if a <> b && not (List.mem_assoc b succ.(a)) then begin
      succ.(a) <- (b, w) :: succ.(a);
      if not directed then succ.(b) <- (a, w) :: succ.(b)
    end
  done;
  { n; succ }

let edges g = List.concat (Array.to_list (Array.mapi (fun a l -> List.map (fun (b, w) -> (w, a, b)) l) g.succ))

(* Shortest paths four ways *)
let infinity = max_int

let dijkstra g s =
  let module Q = Set.Make (struct type t = int * int let compare = compare end) in
  let dist = Array.make g.n infinity and from = Array.make g.n (-1) in
  dist.(s) <- 0;
  let rec go q =
    match Q.min_elt q with
    | exception Not_found -> ()
    | (d, v) as e ->
        go
          (List.fold_left
             (fun q (u, w) ->
               if d + w < dist.(u) then begin
                 let q = Q.remove (dist.(u), u) q in
                 dist.(u) <- d + w;
                 from.(u) <- v;
                 Q.add (d + w, u) q
               end
               else q)
             (Q.remove e q) g.succ.(v))
  in
  go (Q.singleton (0, s));
  (dist, from)

exception Negative_cycle of int

let bellman_ford g s =
  let dist = Array.make g.n infinity in
  dist.(s) <- 0;
  let edges = edges g in
  let rec round k =
    let changed = ref (-1) in
    List.iter (fun (w, a, b) -> if dist.(a) <> infinity && dist.(a) + w < dist.(b) then begin dist.(b) <- dist.(a) + w; changed := b end) edges;
    if !changed >= 0 then if k = g.n then raise (Negative_cycle !changed) else round (k + 1)
  in
  round 1;
  dist

let floyd g =
  let d = Array.init g.n (fun i -> Array.init g.n (fun j -> if i = j then 0 else try List.assoc j g.succ.(i) with Not_found -> infinity)) in
  for k = 0 to g.n - 1 do
    for i = 0 to g.n - 1 do
      if d.(i).(k) <> infinity then
        for j = 0 to g.n - 1 do
          if d.(k).(j) <> infinity && d.(i).(k) + d.(k).(j) < d.(i).(j) then d.(i).(j) <- d.(i).(k) + d.(k).(j)
        done
    done
  done;
  d

let () =
  List.iter
    (fun (n, m, seed) ->
      let g = random_graph n m seed in
      let all = floyd g in
      let reached = ref 0 and far = ref 0 in
      for s = 0 to n - 1 do
        let d, from = dijkstra g s in
        if s mod 4 = 0 && bellman_ford g s <> d then Printf.printf "%d: Bellman and Dijkstra differ\n" s;
        if d <> all.(s) then Printf.printf "%d: Floyd and Dijkstra differ\n" s;
        Array.iteri
          (fun v x ->
            if x <> infinity then begin
              incr reached;
              far := max !far x;
              (* the way back is as long *)
              let rec back v len = if v = s then len else back from.(v) (len + List.assoc v g.succ.(from.(v))) in
              match back v 0 with len when len = x -> () | len -> Printf.printf "%d to %d: %d, not %d\n" s v len x | exception (Not_found | Invalid_argument _) -> Printf.printf "%d to %d: no way\n" s v
            end)
          d
      done;
      Printf.printf "%d nodes, %d pairs, farthest %d\n" n !reached !far)
    [ (1, 0, 1); (8, 14, 5); (18, 45, 9); (26, 60, 77) ];
  match bellman_ford { n = 4; succ = [| [ (1, 4) ]; [ (2, -3) ]; [ (3, 1); (1, 2) ]; [] |] } 0 with
  | d -> Printf.printf "%d\n" d.(3)
  | exception Negative_cycle v -> Printf.printf "a cycle through %d has no end\n" v

(* Union-find; two spanning trees *)
module Union = struct
  let create n = Array.init n (fun _ -> -1)
  let rec find u i = if u.(i) < 0 then i else (let r = find u u.(i) in u.(i) <- r; r)

  let union u a b =
    let a = find u a and b = find u b in
    a <> b
    && begin
         let a, b = if u.(a) <= u.(b) then (a, b) else (b, a) in
         u.(a) <- u.(a) + u.(b);
         u.(b) <- a;
         true
       end
end

let () =
  let g = random_graph ~directed:false 40 90 31 in
  let u = Union.create g.n in
  let kruskal = List.fold_left (fun sum (w, a, b) -> if Union.union u a b then sum + w else sum) 0 (List.sort compare (edges g)) in
  let prim = ref 0 and inside = Array.make g.n false in
  for s = 0 to g.n - 1 do
    let best = Array.make g.n infinity in
    if not inside.(s) then best.(s) <- 0;
    let continue = ref true in
    while !continue do
      let v = ref (-1) in
      for i = 0 to g.n - 1 do
        if (not inside.(i)) && best.(i) < infinity && (!v < 0 || best.(i) < best.(!v)) then v := i
      done;
      match inside.(!v) <- true with
      | () ->
          prim := !prim + best.(!v);
          List.iter (fun (b, w) -> if (not inside.(b)) && w < best.(b) then best.(b) <- w) g.succ.(!v)
      | exception Invalid_argument _ -> continue := false
    done
  done;
  Printf.printf "spanning: %d and %d, %d parts\n" kruskal !prim (Array.fold_left (fun n x -> if x < 0 then n + 1 else n) 0 u)

(* A* on a maze, borders by exceptions *)
let maze =
  [| "..........#.........."; ".########.#.########."; ".#......#.#.#......#."; ".#.####.#...#.####.#."; ".#.#..#.#####.#....#."; ".#.#....#.....#.####."; ".#.######.#####......"; ".#........#...#.####."; ".##########.#.#.#...."; "............#...#.##." |]

let () =
  let h = Array.length maze and w = String.length maze.(0) in
  let solve (sx, sy) (tx, ty) use =
    let cost = Array.make_matrix h w (-1) and closed = ref 0 in
    let module Q = Map.Make (struct type t = int * int * int let compare = compare end) in
    let guess x y = use * (abs (x - tx) + abs (y - ty)) in
    let rec go q =
      match Q.min_binding q with
      | exception Not_found -> None
      | ((_, x, y) as key), c ->
          if x = tx && y = ty then Some c
          else begin
            incr closed;
            let q = ref (Q.remove key q) in
            List.iter
              (fun (dx, dy) ->
                let x = x + dx and y = y + dy in
                match maze.(y).[x] with
                | '#' -> ()
                | _ when cost.(y).(x) < 0 || c + 1 < cost.(y).(x) ->
                    cost.(y).(x) <- c + 1;
                    q := Q.add (c + 1 + guess x y, x, y) (c + 1) !q
                | _ | (exception Invalid_argument _) -> ())
              [ (1, 0); (-1, 0); (0, 1); (0, -1) ];
            go !q
          end
    in
    cost.(sy).(sx) <- 0;
    let r = go (Q.singleton (guess sx sy, sx, sy) 0) in
    (r, !closed)
  in
  List.iter
    (fun (a, b) ->
      let r, n = solve a b 1 and r', n' = solve a b 0 in
      Printf.printf "(%d,%d) to (%d,%d): %s with %d, %s\n" (fst a) (snd a) (fst b) (snd b)
        (match r with Some c -> string_of_int c ^ " steps" | None -> "no way") n
        (if r = r' && n <= n' then "right" else "WRONG"))
    [ ((0, 0), (20, 9)); ((4, 4), (17, 4)); ((11, 0), (11, 7)); ((9, 0), (11, 0)); ((0, 0), (0, 0)); ((2, 2), (99, 99)) ]

(* Topological orders, cycles by an exception that carries them *)
exception Cycle of string list

let order deps =
  let state = Hashtbl.create 16 and out = ref [] in
  let rec visit path v =
    match Hashtbl.find_opt state v with
    | Some `Done -> ()
    | Some `Open ->
        let rec upto = function [] -> [] | x :: l -> if x = v then [ x ] else x :: upto l in
        raise (Cycle (v :: upto path))
    | None ->
        Hashtbl.add state v `Open;
        List.iter (visit (v :: path)) (try List.assoc v deps with Not_found -> []);
        Hashtbl.replace state v `Done;
        out := v :: !out
  in
  List.iter (fun (v, _) -> visit [] v) deps;
  List.rev !out

let () =
  let deps = [ ("app", [ "lwt"; "logs"; "net" ]); ("net", [ "lwt"; "ip"; "cstruct" ]); ("ip", [ "cstruct"; "fmt" ]); ("logs", [ "fmt" ]); ("lwt", []); ("fmt", [ "stdlib" ]) ] in
  print_endline (String.concat " " (order deps));
  match order (("stdlib", [ "net" ]) :: deps) with l -> print_endline (String.concat " " l) | exception Cycle l -> Printf.printf "cycle %s\n" (String.concat " < " l)

(* Strong components: Tarjan and Kosaraju *)
let tarjan g =
  let index = Array.make g.n (-1) and low = Array.make g.n 0 and on = Array.make g.n false in
  let stack = Stack.create () and next = ref 0 and parts = ref [] in
  let rec visit v =
    index.(v) <- !next;
    low.(v) <- !next;
    incr next;
    Stack.push v stack;
    on.(v) <- true;
    List.iter (fun (u, _) -> if index.(u) < 0 then begin visit u; low.(v) <- min low.(v) low.(u) end else if on.(u) then low.(v) <- min low.(v) index.(u)) g.succ.(v);
    if low.(v) = index.(v) then begin
      let rec pop acc = let u = Stack.pop stack in on.(u) <- false; if u = v then u :: acc else pop (u :: acc) in
      parts := List.sort compare (pop []) :: !parts
    end
  in
  for v = 0 to g.n - 1 do if index.(v) < 0 then visit v done;
  List.sort compare !parts

let kosaraju g =
  let back = Array.make g.n [] in
  List.iter (fun (_, a, b) -> back.(b) <- (a, 0) :: back.(b)) (edges g);
  let walk succ seen v = let out = ref [] in let rec go v = if not seen.(v) then begin seen.(v) <- true; List.iter (fun (u, _) -> go u) succ.(v); out := v :: !out end in go v; !out in
  let seen = Array.make g.n false in
  let finished = List.concat_map (fun v -> walk g.succ seen v) (List.init g.n Fun.id |> List.rev) in
  ignore finished;
  let seen = Array.make g.n false in
  let stack = ref [] in
  for v = 0 to g.n - 1 do stack := walk g.succ seen v @ !stack done;
  let seen = Array.make g.n false in
  List.sort compare (List.filter_map (fun v -> match walk back seen v with [] -> None | l -> Some (List.sort compare l)) !stack)

let () =
  List.iter
    (fun (n, m, seed) ->
      let g = random_graph n m seed in
      let t = tarjan g in
      Printf.printf "%d strong parts of %d, largest %d, %s\n" (List.length t) n (List.fold_left (fun k l -> max k (List.length l)) 0 t) (if t = kosaraju g then "both ways" else "NOT both ways"))
    [ (10, 12, 3); (30, 45, 4); (60, 90, 6) ]

(* Bridges and cut vertices *)
let () =
  let g = random_graph ~directed:false 24 27 17 in
  let enter = Array.make g.n 0 and low = Array.make g.n 0 and time = ref 0 in
  let bridges = ref [] and cuts = ref [] in
  let rec visit parent v =
    incr time;
    enter.(v) <- !time;
    low.(v) <- !time;
    let sons = ref 0 in
    List.iter
      (fun (u, _) ->
        if enter.(u) = 0 then begin
          incr sons;
          visit v u;
          low.(v) <- min low.(v) low.(u);
          if low.(u) > enter.(v) then bridges := (min u v, max u v) :: !bridges;
          if low.(u) >= enter.(v) && parent >= 0 && not (List.mem v !cuts) then cuts := v :: !cuts
        end
        else if u <> parent then low.(v) <- min low.(v) enter.(u))
      g.succ.(v);
    if parent < 0 && !sons > 1 then cuts := v :: !cuts
  in
  for v = 0 to g.n - 1 do if enter.(v) = 0 then visit (-1) v done;
  Printf.printf "bridges %s\n" (String.concat " " (List.map (fun (a, b) -> Printf.sprintf "%d-%d" a b) (List.sort compare !bridges)));
  Printf.printf "cuts %s\n" (String.concat " " (List.map string_of_int (List.sort compare !cuts)))
