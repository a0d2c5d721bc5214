(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let main = foreign ~packages:[ package "wifi"; package "duration" ] "Unikernel.Pair" (time @-> job)
let () = register "wifi-pair" [ main $ default_time ]
