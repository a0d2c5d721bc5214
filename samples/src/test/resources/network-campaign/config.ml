(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let number key doc = Key.create key (Key.Arg.opt Key.Arg.int 0 (Key.Arg.info ~doc [ key ]))
let loss = number "loss" "Frames of a hundred that are lost, each way."
let delay = number "delay" "Milliseconds a frame takes, each way, a fifth more or less: some overtake others."

let main =
  foreign
    ~keys:[ Key.abstract loss; Key.abstract delay ]
    ~packages:
      [ package "duration"; package "ethernet"; package ~sublibs:[ "mirage" ] "arp";
        package ~sublibs:[ "ipv4"; "icmpv4"; "udp"; "tcp"; "stack-direct" ] "tcpip" ]
    "Unikernel.Campaign" (time @-> mclock @-> random @-> network @-> job)

let () =
  register "campaign"
    [ main $ default_time $ default_monotonic_clock $ default_random $ default_network ]
