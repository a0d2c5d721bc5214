(* SPDX-License-Identifier: Apache-2.0 *)

open Lwt.Syntax

(* An interface whose cable loses frames, and holds the others up for different times. *)
module Make (Time : Mirage_time.S) (Net : Mirage_net.S) = struct
  include Net

  let lost () = Random.int 100 < Key_gen.loss ()

  let held_up () =
    let delay = Key_gen.delay () in
    if delay = 0 then Lwt.return_unit
    else Time.sleep_ns (Duration.of_us ((delay * 800) + Random.int (delay * 400)))

  let write net ~size fill =
    if Key_gen.loss () = 0 && Key_gen.delay () = 0 then Net.write net ~size fill
    else begin
      let buffer = Cstruct.create size in
      let length = fill buffer in
      let send () =
        let* () = held_up () in
        Lwt.map ignore (Net.write net ~size:length (fun to_ -> Cstruct.blit buffer 0 to_ 0 length; length))
      in
      if not (lost ()) then Lwt.async send;
      Lwt.return (Ok ())
    end

  let listen net ~header_size receive =
    Net.listen net ~header_size (fun frame ->
        if lost () then Lwt.return_unit
        else
          let* () = held_up () in
          receive frame)
end
