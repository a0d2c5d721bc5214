(* SPDX-License-Identifier: Apache-2.0 *)

(* Two chips throw a number to and fro, without an access point: the one with the lower address begins. *)

open Lwt.Syntax

let last = 20
let lower = Macaddr.of_string_exn "24:0a:c4:00:01:10"
let higher = Macaddr.of_string_exn "24:0a:c4:00:02:20"

module Ball (Time : Mirage_time.S) = struct
  let throw radio own other n =
    let frame = Cstruct.create 28 in
    Cstruct.set_uint8 frame 0 0x08;
    List.iteri
      (fun i address -> Cstruct.blit_from_string (Macaddr.to_octets address) 0 frame (4 + (6 * i)) 6)
      [ other; own; own ];
    Cstruct.BE.set_uint32 frame 24 (Int32.of_int n);
    let+ result = Radio.send radio frame in
    if result = `Not_acknowledged then Logs.warn (fun m -> m "%d is lost" n)

  (* A number that was thrown again because its acknowledgement was lost has been caught already. *)
  let rec catch radio caught =
    let* received = Radio.receive radio in
    let n = Int32.to_int (Cstruct.BE.get_uint32 received.frame 24) in
    if n <= caught then catch radio caught else Lwt.return n

  let rec play radio own other caught =
    let* n = catch radio caught in
    if n = last then Lwt.return n
    else
      let* () = throw radio own other (n + 1) in
      if n + 1 = last then Lwt.return last else play radio own other n

  let start _ =
    let* radio = Radio.connect () in
    let own = Radio.mac radio in
    Radio.set_channel radio 3;
    Radio.set_filter radio (Station { bssid = lower });
    let begins = Macaddr.compare own lower = 0 in
    let other = if begins then higher else lower in
    let* () = if begins then Lwt.bind (Time.sleep_ns (Duration.of_ms 100)) (fun () -> throw radio own other 1) else Lwt.return_unit in
    let* n = play radio own other 0 in
    let* () = Time.sleep_ns (Duration.of_ms 100) in
    let { Radio.missed; damaged; retries; failed } = Radio.counters radio in
    Logs.info (fun m -> m "%d; missed %d, damaged %d, retries %d, failed %d" n missed damaged retries failed);
    Lwt.return_unit
end
