(* SPDX-License-Identifier: Apache-2.0 *)
(* Simulations driven by events: a bank with several queues, lifts as state machines, a network with loss and windows, a cellular road, processes as continuations. *)

(* A calendar of events: a pairing heap of (time, sequence, action) *)
module Calendar = struct
  type event = { time : int; order : int; action : unit -> unit }
  type heap = Empty | Node of event * heap list
  type t = { mutable heap : heap; mutable now : int; mutable order : int; mutable done_ : int }

  let create () = { heap = Empty; now = 0; order = 0; done_ = 0 }
  let before a b = a.time < b.time || (a.time = b.time && a.order < b.order)

  let merge a b =
    match (a, b) with Empty, h | h, Empty -> h | Node (x, l), Node (y, m) -> if before x y then Node (x, b :: l) else Node (y, a :: m)

  let at t time action =
    if time < t.now then invalid_arg "Calendar.at: in the past";
    t.order <- t.order + 1;
    t.heap <- merge (Node ({ time; order = t.order; action }, [])) t.heap

  let after t delay action = at t (t.now + delay) action

  let rec pairs = function [] -> Empty | [ h ] -> h | a :: b :: l -> merge (merge a b) (pairs l)

  let run ?(until = max_int) t =
    let rec go () =
      match t.heap with
      | Node (e, l) when e.time <= until ->
          t.heap <- pairs l;
          t.now <- e.time;
          t.done_ <- t.done_ + 1;
          e.action ();
          go ()
      | _ -> ()
    in
    go ()
end

let random =
  let s = ref 20211 in
  fun n ->
    s := ((!s * 1366) + 150889) mod 714025;
    !s mod n

(* exponential times by a table, so that no last digit matters *)
let exponential mean = match random 16 with 0 -> 0 | k -> mean * [| 0; 0; 1; 2; 2; 3; 4; 5; 6; 8; 9; 11; 14; 18; 24; 33 |].(k) / 9

(* A bank *)
let bank tellers queues =
  let t = Calendar.create () in
  let lines = Array.init queues (fun _ -> Queue.create ()) and idle = ref tellers in
  let served = ref 0 and waited = ref 0 and worst = ref 0 and balked = ref 0 in
  let rec serve arrived =
    let wait = t.Calendar.now - arrived in
    waited := !waited + wait;
    worst := max !worst wait;
    Calendar.after t (40 + exponential 100) (fun () ->
        incr served;
        let longest = Array.fold_left (fun best q -> if Queue.length q > Queue.length best then q else best) lines.(0) lines in
        match Queue.take longest with arrived -> serve arrived | exception Queue.Empty -> incr idle)
  in
  let rec arrive () =
    (if !idle > 0 then begin
       decr idle;
       serve t.Calendar.now
     end
     else
       let shortest = Array.fold_left (fun best q -> if Queue.length q < Queue.length best then q else best) lines.(0) lines in
       if Queue.length shortest >= 6 then incr balked else Queue.add t.Calendar.now shortest);
    if t.Calendar.now < 20000 then Calendar.after t (exponential 45) arrive
  in
  Calendar.at t 0 arrive;
  Calendar.run t;
  Printf.printf "%d tellers, %d queues: %d served, %d went away, waited %.2f at most %d, %d events\n" tellers queues !served !balked (float !waited /. float (max 1 !served)) !worst t.Calendar.done_

let () =
  List.iter (fun (a, b) -> bank a b) [ (1, 1); (3, 1); (3, 3); (5, 1) ];
  let t = Calendar.create () in
  Calendar.at t 5 (fun () -> try Calendar.at t 4 ignore with Invalid_argument m -> print_endline m);
  Calendar.run t

(* A lift *)
type direction = Up | Down
type lift_state = Idle | Moving of direction | Open of int

let lift floors people =
  let up = Array.make floors [] and down = Array.make floors [] and inside = ref [] in
  let floor = ref 0 and state = ref Idle and time = ref 0 and total = ref 0 and left = ref people in
  let people = Array.init people (fun i -> (i * 7 + random 40, random floors, random floors)) in
  let log = Buffer.create 100 in
  let wanted f = up.(f) <> [] || down.(f) <> [] || List.exists (fun (_, d) -> d = f) !inside in
  let any p = let rec go f = f < floors && ((p f && wanted f) || go (f + 1)) in go 0 in
  while !left > 0 do
    Array.iter
      (fun (t, from, target) ->
        if t = !time then
          if from = target then decr left else if target > from then up.(from) <- (t, target) :: up.(from) else down.(from) <- (t, target) :: down.(from))
      people;
    (state :=
       match !state with
       | Open 0 -> if any (fun f -> f > !floor) then Moving Up else if any (fun f -> f < !floor) then Moving Down else if wanted !floor then Open 1 else Idle
       | Open n -> 
           let out, stay = List.partition (fun (_, d) -> d = !floor) !inside in
           List.iter (fun (t, _) -> decr left; total := !total + !time - t) out;
           inside := up.(!floor) @ down.(!floor) @ stay;
           up.(!floor) <- [];
           down.(!floor) <- [];
           Open (n - 1)
       | Idle -> if wanted !floor then Open 1 else if any (fun f -> f > !floor) then Moving Up else if any (fun f -> f < !floor) then Moving Down else Idle
       | Moving d as moving -> (
           (floor := match d with Up -> !floor + 1 | Down -> !floor - 1);
           if wanted !floor then begin
             if Buffer.length log < 60 then Printf.bprintf log " %d@%d" !floor !time;
             Open 2
           end
           else
             match d with
             | Up when not (any (fun f -> f > !floor)) -> Moving Down
             | Down when not (any (fun f -> f < !floor)) -> Moving Up
             | _ -> moving));
    incr time;
    if !time > 5000 then failwith "stuck"
  done;
  Printf.printf "lift of %d floors:%s ... %d steps, %d in all\n" floors (Buffer.contents log) !time !total

let () = List.iter (fun (f, p) -> try lift f p with Failure m -> print_endline m) [ (2, 5); (6, 20); (12, 40) ]

(* Go-back-n over a channel that loses *)
type packet = Data of { seq : int; payload : char } | Ack of int

let transfer ~window ~loss text =
  let t = Calendar.create () in
  let n = String.length text in
  let received = Buffer.create n and base = ref 0 and next = ref 0 and sent = ref 0 and lost = ref 0 and timer = ref 0 in
  let send handler p = incr sent; if random 100 < loss then incr lost else Calendar.after t (5 + random 3) (fun () -> handler p) in
  let rec sender = function
    | Ack k when k > !base ->
        base := k;
        if !next < k then next := k;
        start ();
        fill ()
    | Ack _ -> ()
    | Data _ -> assert false
  and receiver = function
    | Data { seq; payload } ->
        if seq = Buffer.length received then Buffer.add_char received payload;
        send sender (Ack (Buffer.length received))
    | Ack _ -> assert false
  and fill () =
    try
      while !next < !base + window do
        let payload = text.[!next] in
        send receiver (Data { seq = !next; payload });
        incr next
      done
    with Invalid_argument _ -> ()
  and start () =
    incr timer;
    let mine = !timer in
    Calendar.after t 30 (fun () ->
        if mine = !timer && !base < n then begin
          next := !base;
          fill ();
          start ()
        end)
  in
  fill ();
  start ();
  Calendar.run ~until:50000 t;
  Printf.printf "window %d, %d%% lost: %s at %d, %d packets, %d lost\n" window loss (if Buffer.contents received = text then "all" else "only " ^ string_of_int (Buffer.length received)) t.Calendar.now !sent !lost

let () = List.iter (fun (window, loss) -> transfer ~window ~loss "The quick brown fox jumps over the lazy dog, again and again.") [ (1, 0); (4, 0); (4, 20); (16, 20); (8, 60); (1, 100) ]

(* Processes: continuations on the calendar, with a resource and messages *)
type 'a promise = { mutable value : 'a option; mutable waiting : ('a -> unit) list }

let () =
  let t = Calendar.create () in
  let sleep n k = Calendar.after t n (fun () -> k ()) in
  let promise () = { value = None; waiting = [] } in
  let fill p v = match p.value with Some _ -> invalid_arg "filled twice" | None -> p.value <- Some v; List.iter (fun k -> Calendar.after t 0 (fun () -> k v)) (List.rev p.waiting) in
  let wait p k = match p.value with Some v -> k v | None -> p.waiting <- k :: p.waiting in
  let forks = Array.init 5 (fun _ -> ref None) in
  let rec acquire i k = match !(forks.(i)) with None -> forks.(i) := Some (promise ()); k () | Some p -> wait p (fun () -> acquire i k) in
  let release i = match !(forks.(i)) with Some p -> forks.(i) := None; fill p () | None -> invalid_arg "release" in
  let log = Array.make 5 0 in
  let finished = Array.init 5 (fun _ -> promise ()) in
  let rec philosopher id meals k =
    if meals = 0 then k ()
    else
      let a = min id ((id + 1) mod 5) and b = max id ((id + 1) mod 5) in
      sleep (3 + random 10) (fun () ->
          acquire a (fun () ->
              acquire b (fun () ->
                  sleep (2 + random 5) (fun () ->
                      log.(id) <- log.(id) + t.Calendar.now;
                      release b;
                      release a;
                      philosopher id (meals - 1) k))))
  in
  for id = 0 to 4 do
    philosopher id 15 (fun () -> fill finished.(id) id)
  done;
  let rec join i acc k = if i = 5 then k acc else wait finished.(i) (fun v -> join (i + 1) (v :: acc) k) in
  join 0 [] (fun l -> Printf.printf "philosophers %s finished at %d\n" (String.concat "," (List.map string_of_int l)) t.Calendar.now);
  Calendar.run t;
  Array.iter (Printf.printf "%d ") log;
  print_newline ();
  match fill finished.(0) 0 with () -> () | exception Invalid_argument m -> print_endline m

(* Traffic on a ring *)
let () =
  List.iter
    (fun cars ->
      let length = 50 in
      let road = Array.make length (-1) in
      for i = 0 to cars - 1 do road.(i * length / cars) <- 0 done;
      let flow = ref 0 in
      for _ = 1 to 40 do
        let next = Array.make length (-1) in
        Array.iteri
          (fun i v ->
            if v >= 0 then begin
              let rec gap k = if k > 6 || road.((i + k) mod length) >= 0 then k - 1 else gap (k + 1) in
              let v = min (min (v + 1) 5) (gap 1) in
              let v = if v > 0 && random 4 = 0 then v - 1 else v in
              flow := !flow + v;
              next.((i + v) mod length) <- v
            end)
          road;
        Array.blit next 0 road 0 length
      done;
      Printf.printf "%2d cars: %d\n" cars !flow)
    [ 3; 8; 15; 25; 40 ]
