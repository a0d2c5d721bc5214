(* SPDX-License-Identifier: Apache-2.0 *)

(** A task of random length against a timeout of two seconds: the loser is cancelled. *)

open Lwt.Syntax

module Timeout (Console : Mirage_console.S) (Time : Mirage_time.S) (Random : Mirage_random.S) = struct
  let limit = Duration.of_sec 2

  (** [within limit task] is the task's result, or [None] when it takes longer; then the task is cancelled. *)
  let within limit task =
    let expired =
      let* () = Time.sleep_ns limit in
      Lwt.return_none
    in
    Lwt.pick [ expired; Lwt.map Option.some task ]

  let start console () () =
    let milliseconds = Randomconv.int ~bound:3000 Random.generate in
    let task =
      let* () = Time.sleep_ns (Duration.of_ms milliseconds) in
      Lwt.return "Heads"
    in
    let* result = within limit task in
    match result with
    | Some side -> Console.log console (Printf.sprintf "Returned %S after %d ms" side milliseconds)
    | None -> Console.log console (Printf.sprintf "Cancelled a task of %d ms" milliseconds)
end
