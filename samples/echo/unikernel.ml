(* SPDX-License-Identifier: Apache-2.0 *)

(** Ten lines arrive through a mailbox at random times, and are written out in the order of their arrival. *)

open Lwt.Syntax

module Echo (Console : Mirage_console.S) (Time : Mirage_time.S) (Random : Mirage_random.S) = struct
  let lines = 10

  let random_line () =
    let* () = Time.sleep_ns (Duration.of_ms (Randomconv.int ~bound:2500 Random.generate)) in
    let letters = Randomconv.int ~bound:20 Random.generate in
    Lwt.return (String.make letters 'a')

  let start console () () =
    let mailbox = Lwt_mvar.create_empty () in
    let rec produce = function
      | 0 -> Lwt.return_unit
      | left ->
          let* line = random_line () in
          let* () = Lwt_mvar.put mailbox line in
          produce (left - 1)
    in
    let rec echo = function
      | 0 -> Lwt.return_unit
      | left ->
          let* line = Lwt_mvar.take mailbox in
          let* () = Console.log console line in
          echo (left - 1)
    in
    Lwt.join [ produce lines; echo lines ]
end
