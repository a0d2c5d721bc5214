(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let names =
  let doc = Key.Arg.info ~doc:"Names to look up." ~docv:"NAME,..." [ "names" ] in
  Key.(create "names" Arg.(opt (list string) [ "mirage.io" ] doc))

let main =
  foreign
    ~keys:[ Key.abstract names ]
    ~packages:[ package "conduit"; package "uri" ]
    "Unikernel.Lookup" (resolver @-> job)

(* An address and a server by DHCP, unless --resolver names one. *)
let stack = generic_stackv4v6 ~dhcp_key:(Key.pure true) default_network
let () = register "dns-lookup" [ main $ resolver_dns stack ]
