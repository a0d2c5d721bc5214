(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let main = foreign ~packages:[ package "duration"; package "wifi" ] "Unikernel.Scan" (time @-> job)
let () = register "wifi-scan" [ main $ default_time ]
