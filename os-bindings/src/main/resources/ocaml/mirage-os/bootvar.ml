(* SPDX-License-Identifier: Apache-2.0 *)

let argv () = Lwt.return (Mirage_board.boot_args ())
