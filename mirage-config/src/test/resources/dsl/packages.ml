(* SPDX-License-Identifier: Apache-2.0 *)
(* request: graph esp32 *)
(* request: graph unix *)
open Mirage

let jar = jar "org.example:console-led:1.2"

let main =
  impl
    (object
       inherit
         [_] foreign
           ~packages:[ package "never-seen" ]
           "Unikernel.Main" (time @-> job)

       method! packages =
         Key.(if_ is_unix)
           [ package ~min:"1.9.0" "fmt"; package ~sublibs:[ "lwt" ] "logs"; jar ]
           [ package ~min:"1.10.0" ~max:"2.0.0" "fmt"; package ~build:true "bos"; jar ]
    end)

let packages =
  [ package ~min:"1.2" ~max:"2.0.0~beta" "fmt"; package ~ocamlfind:[] "logs"; package ~pin:"git+https://a" "x";
    package "x"; jar ]

let () = register ~packages "packages" [ main $ default_time ]
