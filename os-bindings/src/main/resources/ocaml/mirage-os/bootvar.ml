(* SPDX-License-Identifier: Apache-2.0 *)

let argv () = Lwt.return (Array.append [| "mirage" |] (Mirage_board.boot_args ()))
