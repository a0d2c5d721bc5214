(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let () = register "radio" [ foreign ~packages:[ package "wifi" ] "Unikernel.Radio" job ]
