(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let number name doc = Key.create name (Key.Arg.opt Key.Arg.int 0 (Key.Arg.info ~doc [ name ]))
let bytes = number "bytes" "Bytes to move over one TCP connection."
let requests = number "requests" "HTTP requests, each on a connection of its own."
let port = Key.(create "port" Arg.(opt int 80 (info ~doc:"TCP port of the HTTP server." [ "port" ])))

let packages =
  [
    package "arp" ~sublibs:[ "mirage" ];
    package "ethernet";
    package "mirage-net-wire";
    package "tcpip" ~sublibs:[ "icmpv4"; "ipv4"; "stack-direct"; "tcp"; "udp" ];
  ]

let main =
  foreign ~packages
    ~keys:[ Key.abstract bytes; Key.abstract requests; Key.abstract port ]
    "Unikernel.Wire"
    (time @-> mclock @-> random @-> kv_ro @-> job)

let () =
  register "wire"
    [ main $ default_time $ default_monotonic_clock $ default_random $ generic_kv_ro "htdocs" ]
