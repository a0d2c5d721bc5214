(* SPDX-License-Identifier: Apache-2.0 *)
(* request: graph esp32 *)
(* request: graph unix *)
(* request: graph unix net=direct dhcp=true ipv4=192.168.0.9/16 *)
(* request: graph esp32 network=wifi *)
(* request: graph unix network=wifi net=direct *)
open Mirage

let main = foreign "Unikernel.Main" (stackv4 @-> stackv4v6 @-> job)
let inner = generic_stackv4v6 ~group:"inner" (netif ~group:"inner" "1")
let () = register ~reporter:no_reporter ~argv:no_argv "network" [ main $ generic_stackv4 default_network $ inner ]
