(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let packages = [ package "randomconv" ]
let main = foreign ~packages "Unikernel.Main" (random @-> job)
let () = register "prng" [ main $ default_random ]
