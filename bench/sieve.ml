(* SPDX-License-Identifier: Apache-2.0 *)
(* Eratosthenes: Bytes and bool array *)
let n = 16384
let sieve_bytes () =
  let b = Bytes.make (n + 1) '\001' in
  let i = ref 2 in
  while !i * !i <= n do
    if Bytes.get b !i <> '\000' then begin
      let j = ref (!i * !i) in
      while !j <= n do Bytes.set b !j '\000'; j := !j + !i done
    end;
    incr i
  done;
  let c = ref 0 in
  for k = 2 to n do if Bytes.get b k <> '\000' then incr c done;
  !c
let sieve_array () =
  let b = Array.make (n + 1) true in
  let i = ref 2 in
  while !i * !i <= n do
    if b.(!i) then begin
      let j = ref (!i * !i) in
      while !j <= n do b.(!j) <- false; j := !j + !i done
    end;
    incr i
  done;
  let c = ref 0 in
  for k = 2 to n do if b.(k) then incr c done;
  !c
let () =
  let s = ref 0 in
  for _ = 1 to 8 do s := !s + sieve_bytes () + sieve_array () done;
  print_string "sieve "; print_int !s; print_newline ()
