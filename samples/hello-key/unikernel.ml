(* SPDX-License-Identifier: Apache-2.0 *)

(** Says what the key [--hello] holds: given to [mirage configure] it is the default, given at boot it wins. *)

open Lwt.Syntax

module Hello (Time : Mirage_time.S) = struct
  let start () =
    let rec greet = function
      | 0 -> Lwt.return_unit
      | left ->
          Logs.info (fun m -> m "%s" (Key_gen.hello ()));
          let* () = Time.sleep_ns (Duration.of_sec 1) in
          greet (left - 1)
    in
    greet 4
end
