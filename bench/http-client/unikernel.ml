(* SPDX-License-Identifier: Apache-2.0 *)

(* Asks 10.0.0.2 over HTTP again and again, for what that costs the server: [./mirage bench net]. *)

open Lwt.Syntax

module Ask (Stack : Tcpip.Stack.V4) = struct
  module Tcp = Stack.TCPV4

  let server = Ipaddr.V4.of_string_exn "10.0.0.2"
  let ok pp = function Ok x -> x | Error e -> failwith (Format.asprintf "%a" pp e)

  let request =
    "GET /index.html HTTP/1.1\r\nHost: 10.0.0.2\r\nUser-Agent: bench\r\nAccept: */*\r\nConnection: close\r\n\r\n"

  let rec count flow n =
    let* data = Tcp.read flow in
    match ok Tcp.pp_error data with
    | `Data bytes -> count flow (n + Cstruct.length bytes)
    | `Eof -> Lwt.return n

  let rec ask tcp left bytes =
    if left = 0 then Lwt.return bytes
    else
      let* opened = Tcp.create_connection tcp (server, 80) in
      let flow = ok Tcp.pp_error opened in
      let* written = Tcp.write flow (Cstruct.of_string request) in
      ok Tcp.pp_write_error written;
      let* n = count flow 0 in
      let* () = Tcp.close flow in
      ask tcp (left - 1) (bytes + n)

  let start stack =
    let requests = Key_gen.requests () in
    let+ bytes = ask (Stack.tcpv4 stack) requests 0 in
    Logs.app (fun m -> m "%d answers of %d bytes" requests (bytes / max 1 requests))
end
