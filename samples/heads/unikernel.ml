(* SPDX-License-Identifier: Apache-2.0 *)

(** Two threads at once: one is ready after a second, the other after two; the program ends when both have. *)

open Lwt.Syntax

module Heads (Console : Mirage_console.S) (Time : Mirage_time.S) = struct
  let start console () =
    let after seconds text =
      let* () = Time.sleep_ns (Duration.of_sec seconds) in
      Console.log console text
    in
    let* () = Lwt.join [ after 2 "Tails"; after 1 "Heads" ] in
    Console.log console "Finished"
end
