(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let packages = [ package "duration"; package "randomconv" ]
let main = foreign ~packages "Unikernel.Echo" (console @-> time @-> random @-> job)
let () = register "echo" [ main $ default_console $ default_time $ default_random ]
