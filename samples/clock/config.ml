(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let rounds =
  let doc = Key.Arg.info ~doc:"How many seconds to speak; 0 is for ever." ~docv:"N" [ "rounds" ] in
  Key.(create "rounds" Arg.(opt int 5 doc))

let main =
  foreign
    ~keys:[ Key.abstract rounds ]
    ~packages:[ package "duration"; package "ptime" ]
    "Unikernel.Main" (time @-> pclock @-> mclock @-> job)

let () =
  register "clock" [ main $ default_time $ default_posix_clock $ default_monotonic_clock ]
