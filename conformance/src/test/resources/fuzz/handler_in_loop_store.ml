(* SPDX-License-Identifier: Apache-2.0 *)
(* The same with stores. *)
let () =
  let n = 3 + Array.length Sys.argv in
  let h = Array.init n (fun _ -> [| 0 |]) in
  for x = 0 to n - 1 do
    for y = 0 to 3000 do
      try h.(x).(y) <- 1 with Invalid_argument _ -> h.(x).(0) <- h.(x).(0) + 1
    done
  done;
  Array.iter (fun r -> Printf.printf "%d " r.(0)) h;
  print_newline ()
