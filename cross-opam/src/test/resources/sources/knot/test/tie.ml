(* SPDX-License-Identifier: Apache-2.0 *)
let () = Printf.printf "%f %d\n" (Unix.time ()) (Knot.tie 1)
