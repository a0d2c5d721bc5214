(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let main = foreign ~packages:[ package "duration" ] "Unikernel.Heads" (console @-> time @-> job)
let () = register "heads" [ main $ default_console $ default_time ]
