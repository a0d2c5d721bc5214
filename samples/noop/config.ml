(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let () = register "noop" [ foreign "Unikernel" job ]
