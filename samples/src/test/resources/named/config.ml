(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let seek =
  let doc = Key.Arg.info ~doc:"Names in .local to look up." ~docv:"NAME,..." [ "seek" ] in
  Key.(create "seek" Arg.(opt (list string) [] doc))

let main =
  foreign
    ~keys:[ Key.abstract seek ]
    ~packages:[ package "dns"; package "domain-name"; package "duration" ]
    "Unikernel.Named" (time @-> stackv4v6 @-> job)

let () =
  let stack = generic_stackv4v6 default_network in
  register "named" [ main $ default_time $ stack; mdns ~hostname:"board" stack ]
