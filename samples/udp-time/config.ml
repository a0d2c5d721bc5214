(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let port =
  Key.(create "port" Arg.(opt int 13 (info ~doc:"UDP port the server listens on." [ "port" ])))

let main =
  foreign ~keys:[ Key.abstract port ] ~packages:[ package "ptime" ] "Unikernel.Daytime"
    (pclock @-> stackv4 @-> job)

let () = register "udp-time" [ main $ default_posix_clock $ generic_stackv4 default_network ]
