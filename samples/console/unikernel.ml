(* SPDX-License-Identifier: Apache-2.0 *)

(** Asks for a name on the serial line and greets it; at the end of input it says goodbye. *)

open Lwt.Syntax

module Main (Console : Mirage_console.S) (Time : Mirage_time.S) = struct
  let patience = Duration.of_sec 2

  let nobody () =
    let* () = Time.sleep_ns patience in
    Lwt.return `Nobody

  let answer console =
    let* read = Console.read console in
    match read with
    | Ok (`Data typed) -> Lwt.return (`Name (String.trim (Cstruct.to_string typed)))
    | Ok `Eof | Error _ -> Lwt.return `Nobody

  let start console () =
    let* () = Console.log console "What is your name?" in
    let* who = Lwt.pick [ answer console; nobody () ] in
    match who with
    | `Name name -> Console.log console ("Hello, " ^ name ^ "!")
    | `Nobody -> Console.log console "Nobody there. Goodbye!"
end
