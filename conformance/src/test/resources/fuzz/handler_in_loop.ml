(* SPDX-License-Identifier: Apache-2.0 *)
(* A row found in front of the inner loop is read behind a handler that has run. *)
let () =
  let n = 4 + Array.length Sys.argv in
  let total = ref 0 in
  for round = 1 to 30 do
    let g = Array.init n (fun x -> Array.make n (x + round)) in
    let h = Array.init n (fun _ -> Array.make n 0) in
    for x = 0 to n - 1 do
      for y = 0 to n * 40 - 1 do
        let v = try g.(x).(y) with Invalid_argument _ -> 1 in
        h.(x).(y mod n) <- h.(x).(y mod n) + v
      done
    done;
    Array.iter (fun r -> Array.iter (fun v -> total := !total + v) r) h
  done;
  Printf.printf "%d\n" !total
