(* SPDX-License-Identifier: Apache-2.0 *)

(** The console of the chip. *)

include module type of struct
  include Mirage_console_board
end
