(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let packages = [ jar "org.example:loud-console:1.0" ]
let main = foreign ~packages "Unikernel.Main" (console @-> job)
let () = register "loud" [ main $ default_console ]
