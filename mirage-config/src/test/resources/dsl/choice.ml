(* SPDX-License-Identifier: Apache-2.0 *)
(* request: graph esp32 *)
(* request: graph unix data-kv_ro=direct speed=fast *)
(* request: graph esp32 data-kv_ro=fat block=file *)
open Mirage

let data = generic_kv_ro ~group:"data" "files"
let certificates = generic_kv_ro ~key:Key.(value (kv_ro ~group:"certs" ())) "tls"

let speed =
  let cases = [ ("slow", 1); ("fast", 2) ] in
  let serialize = Fmt.int in
  let names = Key.Arg.conv ~conv:(Cmdliner.Arg.enum cases) ~serialize ~runtime_conv:"int" in
  Key.(create "speed" Arg.(opt ~stage:`Configure names 1 (info [ "speed" ])))

let worker =
  match_impl (Key.value speed) ~default:(foreign "Slow.Main" (kv_ro @-> kv_ro @-> block @-> job))
    [ (2, foreign "Fast.Main" (kv_ro @-> kv_ro @-> block @-> job)) ]

let storage = if_impl Key.is_unix (block_of_file "disk.img") (generic_block "storage")
let () = register "choice" [ worker $ data $ certificates $ storage ]
