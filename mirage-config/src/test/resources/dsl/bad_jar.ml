(* SPDX-License-Identifier: Apache-2.0 *)
(* request: graph esp32 *)
open Mirage

let () = register "jar" ~packages:[ jar "org.example:console" ] []
