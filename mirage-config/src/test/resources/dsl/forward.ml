(* SPDX-License-Identifier: Apache-2.0 *)
(* request: graph esp32 *)
open Mirage

(* Names of MirageOS 4 that cost nothing. *)
let speed = Key.(create "speed" Arg.(opt int 1 (info [ "speed" ])))

let unikernel =
  main ~pos:__POS__ ~local_libs:[] ~keys:[ key speed ] ~deps:[ dep app_info ] "Unikernel.Main" (ethernet @-> job)

let () =
  run ();
  register "forward" [ unikernel $ ethif default_network; noop ]
