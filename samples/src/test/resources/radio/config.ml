(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let main = foreign ~packages:[ package "wifi-radio"; package "duration" ] "Unikernel.Raw" (time @-> job)
let () = register "radio" [ main $ default_time ]
