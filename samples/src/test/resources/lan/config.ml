(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let main =
  foreign
    ~packages:[ package "charrua-server" ~sublibs:[ "mirage" ]; package "duration" ]
    "Unikernel.Lan" (time @-> mclock @-> network @-> job)

let () = register "lan" [ main $ default_time $ default_monotonic_clock $ default_network ]
