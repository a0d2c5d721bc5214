(* SPDX-License-Identifier: Apache-2.0 *)
exception Timeout

let sleep seconds = Lwt_main.sleep_ns (Int64.of_float (seconds *. 1e9))
let yield = Lwt.pause
let timeout seconds = Lwt.bind (sleep seconds) (fun () -> Lwt.fail Timeout)
let with_timeout seconds f = Lwt.pick [ timeout seconds; Lwt.apply f () ]
