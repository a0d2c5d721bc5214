(* SPDX-License-Identifier: Apache-2.0 *)
(* A program with keys of every shape, which prints their values. *)

open Functoria_runtime

let key conv value info = Key.create (Arg.opt conv value info)
let hello = key Arg.string "Hello World!" (Arg.info ~docs:"APPLICATION OPTIONS" ~doc:"How to say hello." [ "hello" ])
let port = key Arg.int 8080 (Arg.info ~docv:"PORT" [ "p"; "port" ])
let portal = key (Arg.some Arg.float) None (Arg.info [ "portal" ])
let names = key (Arg.list Arg.string) [ "x"; "y" ] (Arg.info [ "names" ])
let big = key Arg.int64 (-1L) (Arg.info [ "big" ])
let color = key (Arg.enum [ ("red", 1); ("green", 2) ]) 2 (Arg.info [ "color" ])
let check = key Arg.bool true (Arg.info [ "check" ])
let verbose = Key.create (Arg.flag (Arg.info [ "v"; "verbose" ]))
let host = Key.create (Arg.key ?default:None Arg.string (Arg.info [ "H"; "host" ]))
let gateway = key (Arg.some Mirage_runtime_ipaddr.ipv4_address) None (Arg.info [ "gateway" ])
let network = key Mirage_runtime_ipaddr.ipv4 (Ipaddr.V4.Prefix.of_string_exn "10.0.0.2/24") (Arg.info [ "ipv4" ])

let domain = key (Arg.some (Mirage_runtime.Arg.of_module (module Ipaddr.V6))) None (Arg.info [ "dns" ])

let logs =
  key (Arg.list Mirage_runtime.Arg.log_threshold) []
    (Arg.info ~docs:"MIRAGE PARAMETERS" ~env:"MIRAGE_LOGS" [ "l"; "logs" ])

let terms =
  Key.[ term hello; term port; term portal; term names; term big; term color; term check; term verbose;
        term host; term gateway; term network; term domain; term logs ]

let () =
  (match Key.get hello with _ -> print_endline "no exception" | exception Invalid_argument _ -> ());
  Functoria_runtime.with_argv terms "program" (Option.get (Lwt.poll (Bootvar.argv ())));
  let show name text = Printf.printf "%s=%s\n" name text in
  show "hello" (Key.get hello);
  show "port" (string_of_int (Key.get port));
  show "portal" (match Key.get portal with None -> "none" | Some x -> string_of_float x);
  show "names" (String.concat "+" (Key.get names));
  show "big" (Int64.to_string (Key.get big));
  show "color" (string_of_int (Key.get color));
  show "check" (string_of_bool (Key.get check));
  show "verbose" (string_of_bool (Key.get verbose));
  show "host" (Key.get host);
  show "gateway" (match Key.get gateway with None -> "none" | Some ip -> Ipaddr.V4.to_string ip);
  show "ipv4" (Ipaddr.V4.Prefix.to_string (Key.get network));
  show "dns" (match Key.get domain with None -> "none" | Some ip -> Ipaddr.V6.to_string ip);
  let a = Logs.Src.create "a" and b = Logs.Src.create "b" in
  Mirage_runtime.set_level ~default:Logs.Info (Key.get logs);
  show "levels" (Logs.level_to_string (Logs.level ()) ^ " "
                 ^ Logs.level_to_string (Logs.Src.level a) ^ " " ^ Logs.level_to_string (Logs.Src.level b))
