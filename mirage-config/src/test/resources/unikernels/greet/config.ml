(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let greeting =
  Key.(create "greeting" Arg.(opt string "Hello" (info ~doc:"What to say." ~docv:"TEXT" [ "greeting" ])))

let main = foreign ~keys:[ Key.abstract greeting ] "Unikernel.Main" (time @-> job)
let () = register "greet" [ main $ default_time ]
