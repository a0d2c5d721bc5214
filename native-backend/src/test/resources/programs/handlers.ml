(* What is the same in each turn of a loop, and a handler in the loop: a raise makes an exception, which may move blocks. *)
let rows n = Array.init n (fun x -> Array.make n x)

let items g n =
  let total = ref 0 in
  for x = 0 to n - 1 do
    for y = 0 to n * 40 do
      total := !total + (try g.(x).(y) with Invalid_argument _ -> 1)
    done
  done;
  !total

let stores g n =
  for x = 0 to n - 1 do
    for y = 0 to 3000 do
      try g.(x).(y) <- 1 with Invalid_argument _ -> g.(x).(0) <- g.(x).(0) + 1
    done
  done

let bytes b s n =
  let total = ref 0l in
  for i = 0 to n do
    try
      for j = i to n do
        try
          total := Int32.add !total (Bytes.get_int32_le b (i + j));
          Bytes.set b j s.[j]
        with Invalid_argument _ -> total := Int32.add !total (Bytes.get_int32_le b i)
      done
    with Invalid_argument _ -> total := Int32.pred !total
  done;
  !total

let divide a n =
  let total = ref 0 in
  for i = 0 to n do
    try total := !total + (a.(i) / (a.(n) - i)) with Division_by_zero -> total := !total + a.(i)
  done;
  !total

let () =
  let g = rows 5 in
  stores g 5;
  Printf.printf "%d %ld %d\n" (items g 5) (bytes (Bytes.make 40 'a') "characters" 12) (divide [| 1; 2; 3 |] 2)
