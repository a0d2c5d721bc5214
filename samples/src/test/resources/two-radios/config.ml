(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let main = foreign ~packages:[ package "wifi-radio"; package "duration" ] "Unikernel.Ball" (time @-> job)
let () = register "two-radios" [ main $ default_time ]
