(* SPDX-License-Identifier: Apache-2.0 *)
(* request: graph esp32 *)
(* request: graph unix *)
open Mirage

let number = Key.(match_ (value target)) (function #Key.mode_unix -> 1 | #Key.mode_xen | #Key.mode_solo5 -> 2)
let () = register "match" [ match_impl number ~default:noop [ (1, foreign "One" job) ] ]
