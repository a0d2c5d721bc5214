(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let requests =
  Key.(create "requests" Arg.(opt int 0 (info ~doc:"HTTP requests, each on a connection of its own." [ "requests" ])))

let main = foreign ~keys:[ Key.abstract requests ] "Unikernel.Ask" (stackv4 @-> job)
let () = register "client" [ main $ generic_stackv4 default_network ]
