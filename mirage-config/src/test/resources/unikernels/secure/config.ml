(* SPDX-License-Identifier: Apache-2.0 *)
open Mirage

let main = foreign "Unikernel.Main" (conduit @-> job)
let () = register "secure" [ main $ conduit_direct ~tls:true (generic_stackv4v6 default_network) ]
