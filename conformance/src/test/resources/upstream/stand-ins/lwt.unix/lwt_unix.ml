(* SPDX-License-Identifier: Apache-2.0 *)
exception Timeout

type file_descr = Unix.file_descr
type open_flag = Unix.open_flag = O_RDONLY | O_RDWR

let openfile name flags mode : file_descr Lwt.t = Lwt.return (Unix.openfile name flags mode)
let close (_ : file_descr) = Lwt.return_unit

let sleep seconds = Lwt_main.sleep_ns (Int64.of_float (seconds *. 1e9))
let yield = Lwt.pause
let timeout seconds = Lwt.bind (sleep seconds) (fun () -> Lwt.fail Timeout)
let with_timeout seconds f = Lwt.pick [ timeout seconds; Lwt.apply f () ]
