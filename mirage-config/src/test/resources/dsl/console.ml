(* SPDX-License-Identifier: Apache-2.0 *)
(* request: graph esp32 *)
open Mirage

(* A device named twice is one node; a functor that gets all its arguments from two places is one application. *)
let main = foreign ~packages:[ package "duration" ] "Unikernel.Main" (console @-> time @-> job)
let partial = main $ default_console
let () = register "console" [ partial $ default_time; main $ default_console $ default_time ]
