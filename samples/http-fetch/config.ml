(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let uri =
  let doc = Key.Arg.info ~doc:"What to fetch." ~docv:"URI" [ "uri" ] in
  Key.(create "uri" Arg.(opt string "http://10.0.2.2:8000/" doc))

let main =
  foreign
    ~keys:[ Key.abstract uri ]
    ~packages:[ package "cohttp-mirage"; package "duration"; package "uri" ]
    "Unikernel.Fetch" (time @-> http_client @-> job)

let () =
  (* An address by DHCP, on every target. *)
  let stack = generic_stackv4v6 ~dhcp_key:(Key.pure true) default_network in
  register "http-fetch" [ main $ default_time $ cohttp_client (resolver_dns stack) (conduit_direct stack) ]
