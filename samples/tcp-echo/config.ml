(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let port =
  Key.(create "port" Arg.(opt int 7 (info ~doc:"TCP port the server listens on." [ "port" ])))

let main = foreign ~keys:[ Key.abstract port ] "Unikernel.Echo" (stackv4 @-> job)
let () = register "tcp-echo" [ main $ generic_stackv4 default_network ]
