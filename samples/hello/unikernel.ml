(* SPDX-License-Identifier: Apache-2.0 *)

(** Four log lines, one a second. *)

open Lwt.Syntax

module Hello (Time : Mirage_time.S) = struct
  let rounds = 4

  let start () =
    let rec greet round =
      if round > rounds then Lwt.return_unit
      else begin
        Logs.info (fun m -> m "hello %d of %d" round rounds);
        let* () = Time.sleep_ns (Duration.of_sec 1) in
        greet (round + 1)
      end
    in
    greet 1
end
