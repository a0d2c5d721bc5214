(* SPDX-License-Identifier: Apache-2.0 *)

open Lwt.Syntax

(* Sends back what it gets (RFC 862). *)
module Echo (Stack : Tcpip.Stack.V4) = struct
  module Tcp = Stack.TCPV4

  let finish flow count =
    let peer, port = Tcp.dst flow in
    Logs.info (fun m -> m "%d bytes from %a port %d" count Ipaddr.V4.pp peer port);
    Tcp.close flow

  let rec echo count flow =
    let* data = Tcp.read flow in
    match data with
    | Ok (`Data buffer) -> (
        let* sent = Tcp.write flow buffer in
        match sent with Ok () -> echo (count + Cstruct.length buffer) flow | Error _ -> finish flow count)
    | Ok `Eof | Error _ -> finish flow count

  let start stack =
    let port = Key_gen.port () in
    Tcp.listen (Stack.tcpv4 stack) ~port (echo 0);
    List.iter
      (fun ip -> Logs.info (fun m -> m "echoing on %a port %d" Ipaddr.V4.pp ip port))
      (Stack.IPV4.get_ip (Stack.ipv4 stack));
    Stack.listen stack
end
