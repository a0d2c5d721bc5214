(* SPDX-License-Identifier: Apache-2.0 *)

let elapsed_ns = Mirage_board.monotonic_ns
let period_ns () = None
