(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let requests = Key.(create "requests" Arg.(opt int 10 (info ~doc:"How many, one each ten seconds." [ "requests" ])))

let main =
  foreign
    ~keys:[ Key.abstract requests ]
    ~packages:[ package "duration" ]
    "Unikernel.Ask" (stackv4 @-> time @-> job)

let () = register "soak-client" [ main $ generic_stackv4 default_network $ default_time ]
