(* SPDX-License-Identifier: Apache-2.0 *)
(* Flows: Edmonds-Karp on a matrix, Dinic on residual arcs, push-relabel; matchings; minimum cost; minimum cuts. *)

exception Found of int

let lcg seed = let s = ref seed in fun n -> s := ((!s * 3877) + 29573) mod 139968; !s mod n

let random_capacities n density seed =
  let r = lcg seed in
  Array.init n (fun i -> Array.init n (fun j -> if i <> j && r 100 < density then 1 + r 15 else 0))

(* Breadth first; the search ends by an exception as soon as it comes to the sink. *)
let edmonds_karp capacity s t =
  let n = Array.length capacity in
  let residual = Array.map Array.copy capacity in
  let total = ref 0 in
  let augment () =
    let from = Array.make n (-1) in
    from.(s) <- s;
    let queue = Queue.create () in
    Queue.add (s, max_int) queue;
    try
      while true do
        let v, flow = Queue.pop queue in
        for u = 0 to n - 1 do
          if from.(u) < 0 && residual.(v).(u) > 0 then begin
            from.(u) <- v;
            let flow = min flow residual.(v).(u) in
            if u = t then begin
              let rec back v =
                if v <> s then begin
                  let p = from.(v) in
                  residual.(p).(v) <- residual.(p).(v) - flow;
                  residual.(v).(p) <- residual.(v).(p) + flow;
                  back p
                end
              in
              back t;
              raise (Found flow)
            end;
            Queue.add (u, flow) queue
          end
        done
      done;
      false
    with
    | Found flow -> total := !total + flow; true
    | Queue.Empty -> false
  in
  while augment () do () done;
  (!total, residual)

type arc = { target : int; mutable left : int; mutable other : arc option; cost : int }

let link arcs a b capacity cost =
  let x = { target = b; left = capacity; other = None; cost } and y = { target = a; left = 0; other = None; cost = -cost } in
  x.other <- Some y;
  y.other <- Some x;
  arcs.(a) <- x :: arcs.(a);
  arcs.(b) <- y :: arcs.(b)

let other a = match a.other with Some b -> b | None -> assert false

let dinic arcs s t =
  let n = Array.length arcs in
  let level = Array.make n (-1) in
  let levels () =
    Array.fill level 0 n (-1);
    level.(s) <- 0;
    let q = Queue.create () in
    Queue.add s q;
    while not (Queue.is_empty q) do
      let v = Queue.take q in
      List.iter (fun a -> if a.left > 0 && level.(a.target) < 0 then begin level.(a.target) <- level.(v) + 1; Queue.add a.target q end) arcs.(v)
    done;
    level.(t) >= 0
  in
  let total = ref 0 in
  while levels () do
    let next = Array.copy arcs in
    let rec push v flow =
      if v = t then flow
      else
        match next.(v) with
        | [] -> 0
        | a :: rest -> (
            match if a.left > 0 && level.(a.target) = level.(v) + 1 then push a.target (min flow a.left) else 0 with
            | 0 -> next.(v) <- rest; push v flow
            | f ->
                a.left <- a.left - f;
                let b = other a in
                b.left <- b.left + f;
                f)
    in
    let rec all () = match push s max_int with 0 -> () | f -> total := !total + f; all () in
    all ()
  done;
  !total

let push_relabel capacity s t =
  let n = Array.length capacity in
  let flow = Array.make_matrix n n 0 and height = Array.make n 0 and excess = Array.make n 0 and seen = Array.make n 0 in
  let push u v =
    let d = min excess.(u) (capacity.(u).(v) - flow.(u).(v)) in
    flow.(u).(v) <- flow.(u).(v) + d;
    flow.(v).(u) <- flow.(v).(u) - d;
    excess.(u) <- excess.(u) - d;
    excess.(v) <- excess.(v) + d
  in
  let relabel u =
    let least = ref max_int in
    for v = 0 to n - 1 do
      if capacity.(u).(v) - flow.(u).(v) > 0 then least := min !least height.(v)
    done;
    if !least < max_int then height.(u) <- !least + 1
  in
  let discharge u =
    while excess.(u) > 0 do
      if seen.(u) < n then begin
        let v = seen.(u) in
        if capacity.(u).(v) - flow.(u).(v) > 0 && height.(u) > height.(v) then push u v else seen.(u) <- seen.(u) + 1
      end
      else begin
        relabel u;
        seen.(u) <- 0
      end
    done
  in
  height.(s) <- n;
  excess.(s) <- max_int / 2;
  for v = 0 to n - 1 do push s v done;
  let rec round = function
    | [] -> ()
    | u :: rest as l ->
        ignore l;
        let before = height.(u) in
        discharge u;
        if height.(u) > before then round (u :: List.filter (fun v -> v <> u && v <> s && v <> t) (List.init n Fun.id)) else round rest
  in
  round (List.filter (fun v -> v <> s && v <> t) (List.init n Fun.id));
  excess.(t)

let () =
  List.iter
    (fun (n, density, seed) ->
      let c = random_capacities n density seed in
      let a, residual = edmonds_karp c 0 (n - 1) in
      let arcs = Array.make n [] in
      Array.iteri (fun i -> Array.iteri (fun j x -> if x > 0 then link arcs i j x 0)) c;
      let b = dinic arcs 0 (n - 1) and d = push_relabel c 0 (n - 1) in
      (* the cut *)
      let side = Array.make n false in
      let rec reach v = if not side.(v) then begin side.(v) <- true; Array.iteri (fun u x -> if x > 0 then reach u) residual.(v) end in
      reach 0;
      let cut = ref 0 in
      Array.iteri (fun i row -> Array.iteri (fun j x -> if side.(i) && not side.(j) then cut := !cut + x) row) c;
      Printf.printf "%d nodes: %d%s, cut %d\n" n a (if a = b && b = d then "" else Printf.sprintf " but %d and %d" b d) !cut)
    [ (2, 100, 1); (5, 60, 2); (8, 40, 3); (14, 30, 8); (20, 20, 13); (6, 5, 5) ]

(* Bipartite matching: Kuhn, and Dinic with a source and a sink *)
let () =
  List.iter
    (fun (n, m, density, seed) ->
      let r = lcg seed in
      let likes = Array.init n (fun _ -> List.filter (fun _ -> r 100 < density) (List.init m Fun.id)) in
      let taken = Array.make m (-1) in
      let rec assign seen i = List.exists (fun j -> if seen.(j) then false else begin seen.(j) <- true; if taken.(j) < 0 || assign seen taken.(j) then begin taken.(j) <- i; true end else false end) likes.(i) in
      let kuhn = ref 0 in
      for i = 0 to n - 1 do if assign (Array.make m false) i then incr kuhn done;
      let arcs = Array.make (n + m + 2) [] in
      for i = 0 to n - 1 do
        link arcs (n + m) i 1 0;
        List.iter (fun j -> link arcs i (n + j) 1 0) likes.(i)
      done;
      for j = 0 to m - 1 do link arcs (n + j) (n + m + 1) 1 0 done;
      let flow = dinic arcs (n + m) (n + m + 1) in
      let valid = ref true in
      Array.iteri (fun j i -> if i >= 0 && not (List.mem j likes.(i)) then valid := false) taken;
      Printf.printf "%d x %d: %d pairs%s\n" n m !kuhn (if flow = !kuhn && !valid then "" else " WRONG"))
    [ (4, 4, 50, 1); (10, 8, 25, 2); (16, 16, 12, 3); (12, 20, 8, 4) ]

(* Assignment at least cost: successive shortest paths by Bellman-Ford; against all permutations *)
let () =
  let n = 5 in
  let r = lcg 77 in
  for _ = 1 to 4 do
    let cost = Array.init n (fun _ -> Array.init n (fun _ -> r 50 - 10)) in
    let arcs = Array.make ((2 * n) + 2) [] in
    let s = 2 * n and t = (2 * n) + 1 in
    for i = 0 to n - 1 do
      link arcs s i 1 0;
      link arcs (n + i) t 1 0;
      for j = 0 to n - 1 do link arcs i (n + j) 1 cost.(i).(j) done
    done;
    let total = ref 0 in
    (try
       while true do
         let dist = Array.make (t + 1) None and by = Array.make (t + 1) None in
         dist.(s) <- Some 0;
         let changed = ref true in
         while !changed do
           changed := false;
           Array.iteri
             (fun v l ->
               match dist.(v) with
               | None -> ()
               | Some d ->
                   List.iter
                     (fun a ->
                       if a.left > 0 then
                         match dist.(a.target) with
                         | Some e when e <= d + a.cost -> ()
                         | _ -> dist.(a.target) <- Some (d + a.cost); by.(a.target) <- Some a; changed := true)
                     l)
             arcs
         done;
         match dist.(t) with
         | None -> raise Exit
         | Some d ->
             total := !total + d;
             let v = ref t in
             while !v <> s do
               let a = Option.get by.(!v) in
               a.left <- a.left - 1;
               (other a).left <- (other a).left + 1;
               v := (other a).target
             done
       done
     with Exit -> ());
    let best = ref max_int in
    let rec permute i used sum = if i = n then best := min !best sum else for j = 0 to n - 1 do if used land (1 lsl j) = 0 then permute (i + 1) (used lor (1 lsl j)) (sum + cost.(i).(j)) done in
    permute 0 0 0;
    Printf.printf "cost %d%s\n" !total (if !total = !best then "" else Printf.sprintf ", best %d" !best)
  done
