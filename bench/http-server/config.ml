(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let port = Key.(create "port" Arg.(opt int 80 (info ~doc:"TCP port the server listens on." [ "port" ])))
let main = foreign ~keys:[ Key.abstract port ] "Unikernel.Http" (stackv4 @-> kv_ro @-> job)

(* samples/http, with an address that nobody has to give out. *)
let () = register "server" [ main $ generic_stackv4 default_network $ generic_kv_ro "htdocs" ]
