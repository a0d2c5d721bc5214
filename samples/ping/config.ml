(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let peer =
  let doc = Key.Arg.info ~doc:"Address to ask; without one others are only answered." ~docv:"IP" [ "peer" ] in
  Key.(create "peer" Arg.(opt (some ipv4_address) None doc))

let rounds =
  let doc = Key.Arg.info ~doc:"How many times to ask." ~docv:"N" [ "rounds" ] in
  Key.(create "rounds" Arg.(opt int 4 doc))

let main =
  foreign
    ~keys:[ Key.abstract peer; Key.abstract rounds ]
    ~packages:[ package "duration"; package ~sublibs:[ "icmpv4" ] "tcpip" ]
    "Unikernel.Ping"
    (time @-> mclock @-> network @-> ethernet @-> arpv4 @-> ipv4 @-> job)

let () =
  let network = default_network in
  let frames = etif network in
  let addresses = arp frames in
  register "ping"
    [ main $ default_time $ default_monotonic_clock $ network $ frames $ addresses $ create_ipv4 frames addresses ]
