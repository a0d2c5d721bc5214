(* SPDX-License-Identifier: Apache-2.0 *)

(** Says hello in the way the console decides. *)

module Main (Console : Mirage_console.S) = struct
  let start console = Console.log console "hello from outside"
end
