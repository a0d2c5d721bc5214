(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let main = foreign "Unikernel.Main" (kv_ro @-> job)
let () = register "kv_ro" [ main $ generic_kv_ro "data" ]
