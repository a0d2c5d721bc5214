(* SPDX-License-Identifier: Apache-2.0 *)

include Mirage_console_board

let log t line = log t (String.uppercase_ascii line ^ "!")
