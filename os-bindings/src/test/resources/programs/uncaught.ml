(* SPDX-License-Identifier: Apache-2.0 *)
let rec f x = if x = 0 then raise (Invalid_argument "deep") else 1 + f (x - 1)
let () = at_exit (fun () -> print_endline "at exit")
let () = print_int (f 2)
