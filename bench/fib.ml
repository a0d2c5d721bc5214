(* SPDX-License-Identifier: Apache-2.0 *)
(* recursive calls, integer compare/add *)
let rec fib n = if n < 2 then n else fib (n-1) + fib (n-2)
let () = print_string "fib "; print_int (fib 27); print_newline ()
