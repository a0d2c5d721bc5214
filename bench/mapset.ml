(* SPDX-License-Identifier: Apache-2.0 *)
(* functional maps and sets (functors, polymorphic compare on strings) *)
module IM = Map.Make (struct type t = int let compare (a : int) b = compare a b end)
module SS = Set.Make (String)
let () =
  let x = ref 11 in
  let rnd k = x := (!x * 421 + 1663) mod 7875; !x mod k in
  let m = ref IM.empty in
  for _ = 1 to 6000 do
    let k = rnd 1500 in
    m := IM.update k (function None -> Some 1 | Some c -> Some (c + 1)) !m;
    if rnd 4 = 0 then m := IM.remove (rnd 1500) !m
  done;
  let s1 = IM.fold (fun k v acc -> (acc * 7 + k * v) land 0xFFFFFF) !m 0 in
  let m2 = IM.filter (fun k _ -> k land 1 = 0) !m in
  let m3 = IM.union (fun _ a b -> Some (a + b)) m2 (IM.map (fun v -> v * 3) !m) in
  let s2 = IM.fold (fun k v acc -> (acc * 5 + k + v) land 0xFFFFFF) m3 0 in
  let st = ref SS.empty in
  for _ = 1 to 1500 do st := SS.add (string_of_int (rnd 900)) !st done;
  let s3 = SS.fold (fun s acc -> (acc * 3 + String.length s + Char.code s.[0]) land 0xFFFFFF) !st 0 in
  print_string "mapset "; print_int (IM.cardinal !m); print_char ' '; print_int s1; print_char ' ';
  print_int s2; print_char ' '; print_int (SS.cardinal !st); print_char ' '; print_int s3; print_newline ()
