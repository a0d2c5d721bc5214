(* SPDX-License-Identifier: Apache-2.0 *)
(* request: graph esp32 port=many *)
(* request: keys esp32 *)
open Mirage

let key called option = Key.(abstract (create called Arg.(opt int 1 (info [ option ]))))

let keys = [ key "port" "port"; key "port" "other-port"; key "loud" "logs"; key "o-ne" "a"; key "o_ne" "b" ]

let picky =
  impl
    (object
       inherit base_configurable
       method ty = job
       method name = "picky"
       method module_name = "Picky"
       method! connect _ _ = function [ _ ] -> "return ()" | _ -> failwith "connect wants one argument"
    end)

let packages =
  [ package ~pin:"git+https://a" "x"; package ~pin:"git+https://b" "x"; package ~min:"2" ~max:"1" "y" ]

let main = foreign ~deps:[ abstract picky ] "Unikernel.Main" (block @-> stackv4 @-> job)

let () =
  register ~keys ~packages "contradictions"
    [ foreign "unikernel.Main" job; main $ block_of_xenstore_id "51712" $ qubes_ipv4_stack default_network ]
