(* SPDX-License-Identifier: Apache-2.0 *)
(* More references from old to young than any table has place for. *)
let old = Array.make 5000 (ref 0)
let weak = Weak.create 600
let fields = Array.init 3000 (fun i -> ref (ref 0))
let () = Gc.full_major ()
let () =
  for round = 1 to 5 do
    let young = ref round in
    Array.fill old 0 5000 young;
    Array.blit old 10 old 0 4000;
    let kept = Array.init 200 (fun i -> ref i) in
    for i = 0 to 599 do Weak.set weak i (Some kept.(i mod 200)) done;
    let a = ref 1 and b = old.(0) in
    for i = 0 to 2999 do fields.(i).contents <- a; if i mod 7 = 0 then fields.(i).contents <- b done;
    for _ = 1 to 4000 do fields.(3).contents <- a; fields.(3).contents <- (Sys.opaque_identity old.(1)) done;
    Gc.minor ();
    let sum = Array.fold_left (fun s r -> s + !r) 0 old in
    let s2 = Array.fold_left (fun s r -> s + !(!r)) 0 fields in
    let alive = ref 0 in
    for i = 0 to 599 do match Weak.get weak i with Some r when !r = i mod 200 -> incr alive | _ -> () done;
    Printf.printf "%d %d %d %d\n%!" sum s2 !alive (Array.length kept);
    if round = 3 then Gc.compact ()
  done;
  Gc.full_major ();
  let dead = ref 0 in
  for i = 0 to 599 do if not (Weak.check weak i) then incr dead done;
  Printf.printf "dead %d\n" !dead
