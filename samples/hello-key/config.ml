(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let greeting =
  let doc = Key.Arg.info ~doc:"What to say." ~docv:"TEXT" [ "hello" ] in
  Key.(create "hello" Arg.(opt string "Hello World!" doc))

let main =
  foreign
    ~keys:[ Key.abstract greeting ]
    ~packages:[ package "duration" ]
    "Unikernel.Hello" (time @-> job)

let () = register "hello-key" [ main $ default_time ]
