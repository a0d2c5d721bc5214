(* SPDX-License-Identifier: Apache-2.0 *)

module Main (Time : Mirage_time.S) = struct
  let start () =
    print_endline (Key_gen.greeting ());
    Lwt.bind (Time.sleep_ns 1000L) (fun () -> if Key_gen.greeting () = "fail" then exit 3 else Lwt.return_unit)
end
