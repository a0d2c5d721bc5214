(* SPDX-License-Identifier: Apache-2.0 *)
let now () = Unix.gettimeofday ()
