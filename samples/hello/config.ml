(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let main = foreign ~packages:[ package "duration" ] "Unikernel.Hello" (time @-> job)
let () = register "hello" [ main $ default_time ]
