(* SPDX-License-Identifier: Apache-2.0 *)

(** The board's console, but {!log} writes capitals. *)

include module type of struct
  include Mirage_console_board
end
