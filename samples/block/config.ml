(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let main = foreign "Unikernel.Main" (block @-> job)
let () = register "block" [ main $ block_of_file "diary" ]
