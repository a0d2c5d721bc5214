(* SPDX-License-Identifier: Apache-2.0 *)

open Lwt.Syntax

(* Asks the server for a page again and again; at the end it says how many times the answer was the first one. *)
module Ask (Stack : Tcpip.Stack.V4) (Time : Mirage_time.S) = struct
  module Tcp = Stack.TCPV4

  let server = (Ipaddr.V4.of_string_exn "10.0.0.1", 80)
  let request = "GET /index.html HTTP/1.1\r\nHost: 10.0.0.1\r\nConnection: close\r\n\r\n"

  let rec rest flow parts =
    let* data = Tcp.read flow in
    match data with
    | Ok (`Data bytes) -> rest flow (Cstruct.to_string bytes :: parts)
    | Ok `Eof -> Lwt.return (String.concat "" (List.rev parts))
    | Error e -> Lwt.return (Format.asprintf "read: %a" Tcp.pp_error e)

  let ask tcp =
    let* opened = Tcp.create_connection tcp server in
    match opened with
    | Error e -> Lwt.return (Format.asprintf "open: %a" Tcp.pp_error e)
    | Ok flow ->
        let* _ = Tcp.write flow (Cstruct.of_string request) in
        let* answer = rest flow [] in
        Lwt.map (fun () -> answer) (Tcp.close flow)

  let rec again tcp first left good =
    if left = 0 then Lwt.return good
    else
      let* () = Time.sleep_ns (Duration.of_sec 10) in
      let* answer = ask tcp in
      let same = String.equal answer first in
      if not same then Logs.app (fun m -> m "%s" answer);
      again tcp first (left - 1) (if same then good + 1 else good)

  let start stack () =
    let tcp = Stack.tcpv4 stack and requests = Key_gen.requests () in
    let* () = Time.sleep_ns (Duration.of_sec 20) in
    let* first = ask tcp in
    let+ good = again tcp first (requests - 1) 1 in
    Logs.app (fun m -> m "%d of %d answers of %d bytes" good requests (String.length first))
end
