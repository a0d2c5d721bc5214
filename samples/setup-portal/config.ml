(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let portal_ssid =
  let doc = Key.Arg.info ~doc:"Name of the open network that the board offers until it knows another one." ~docv:"SSID" [ "portal-ssid" ] in
  Key.(create "portal-ssid" Arg.(opt string "mirage-setup" doc))

(* The radio is first an access point and then a station, so the unikernel has it, and makes both stacks itself. *)
let main =
  foreign
    ~keys:[ Key.abstract portal_ssid; Key.abstract (Key.ssid ()); Key.abstract (Key.passphrase ()) ]
    ~packages:
      [ package "arp" ~sublibs:[ "mirage" ]; package "charrua-client" ~sublibs:[ "mirage" ];
        package "charrua-server" ~sublibs:[ "mirage" ]; package "cohttp-mirage"; package "dns"; package "duration";
        package "ethernet"; package "mirage-os"; package "tcpip" ~sublibs:[ "icmpv4"; "ipv4"; "stack-direct"; "tcp"; "udp" ];
        package "uri"; package "wifi" ]
    "Unikernel.Portal"
    (random @-> time @-> mclock @-> job)

let () = register "setup-portal" [ main $ default_random $ default_time $ default_monotonic_clock ]
