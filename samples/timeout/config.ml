(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let packages = [ package "duration"; package "randomconv" ]
let main = foreign ~packages "Unikernel.Timeout" (console @-> time @-> random @-> job)
let () = register "timeout" [ main $ default_console $ default_time $ default_random ]
