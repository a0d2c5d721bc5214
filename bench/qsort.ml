(* SPDX-License-Identifier: Apache-2.0 *)
(* quicksort on an int array filled by a small LCG *)
let n = 8000
let fill a seed =
  let x = ref seed in
  for i = 0 to n - 1 do
    x := (!x * 421 + 54773) mod 259200;
    a.(i) <- !x
  done
let rec qsort (a : int array) lo hi =
  if lo < hi then begin
    let p = a.((lo + hi) / 2) in
    let i = ref lo and j = ref hi in
    while !i <= !j do
      while a.(!i) < p do incr i done;
      while a.(!j) > p do decr j done;
      if !i <= !j then begin
        let t = a.(!i) in
        a.(!i) <- a.(!j); a.(!j) <- t;
        incr i; decr j
      end
    done;
    qsort a lo !j;
    qsort a !i hi
  end
let () =
  let a = Array.make n 0 in
  let s = ref 0 in
  for r = 1 to 6 do
    fill a (r * 1009);
    qsort a 0 (n - 1);
    for i = 1 to n - 1 do
      if a.(i-1) > a.(i) then failwith "not sorted"
    done;
    let h = ref 0 in
    for i = 0 to n - 1 do h := (!h * 31 + a.(i)) land 0xFFFFF done;
    s := !s + !h
  done;
  print_string "qsort "; print_int !s; print_newline ()
