(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let port =
  Key.(create "port" Arg.(opt int 80 (info ~doc:"TCP port the server listens on." [ "port" ])))

let main = foreign ~keys:[ Key.abstract port ] "Unikernel.Http" (stackv4 @-> kv_ro @-> job)

(* An address by DHCP, on every target. *)
let stack = generic_stackv4 ~dhcp_key:(Key.pure true) default_network
let () = register "http" [ main $ stack $ generic_kv_ro "htdocs" ]
