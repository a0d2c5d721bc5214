(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

(* samples/http with an address of its own, and a job beside it that tells what lives. *)
let port = Key.(create "port" Arg.(opt int 80 (info ~doc:"TCP port the server listens on." [ "port" ])))
let http = foreign ~keys:[ Key.abstract port ] "Unikernel.Http" (stackv4 @-> kv_ro @-> job)
let watch = foreign ~packages:[ package "duration" ] "Watch.Watch" (time @-> job)

let () =
  register "soak-server"
    [ http $ generic_stackv4 default_network $ generic_kv_ro "htdocs"; watch $ default_time ]
