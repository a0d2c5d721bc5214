(* SPDX-License-Identifier: Apache-2.0 *)

open Lwt.Syntax

module Watch (Time : Mirage_time.S) = struct
  let rec start time =
    let* () = Time.sleep_ns (Duration.of_hour 1) in
    Gc.full_major ();
    Logs.app (fun m -> m "%d words live" (Gc.stat ()).live_words);
    start time
end
