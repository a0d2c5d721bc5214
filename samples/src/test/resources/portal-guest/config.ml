(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let typed key default =
  let doc = Key.Arg.info ~doc:"What is typed into the form." ~docv:"TEXT" [ key ] in
  Key.abstract (Key.create key Key.Arg.(opt string default doc))

let main =
  foreign
    ~keys:[ typed "type-ssid" "home"; typed "type-passphrase" "" ]
    ~packages:[ package "cohttp-mirage"; package "uri" ]
    "Unikernel.Guest" (stackv4v6 @-> http_client @-> job)

let () =
  let stack = generic_stackv4v6 ~dhcp_key:(Key.pure true) (wifi ()) in
  register "portal-guest" [ main $ stack $ cohttp_client (resolver_dns stack) (conduit_direct stack) ]
