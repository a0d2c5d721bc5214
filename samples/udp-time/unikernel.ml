(* SPDX-License-Identifier: Apache-2.0 *)

open Lwt.Syntax

(* Answers every datagram with the time, as text (RFC 867). *)
module Daytime (Clock : Mirage_clock.PCLOCK) (Stack : Tcpip.Stack.V4) = struct
  module Udp = Stack.UDPV4

  let now () = Ptime.to_rfc3339 ~frac_s:3 (Ptime.v (Clock.now_d_ps ())) ^ "\n"

  let answer udp port ~src ~dst:_ ~src_port _ =
    let+ sent = Udp.write udp ~src_port:port ~dst:src ~dst_port:src_port (Cstruct.of_string (now ())) in
    match sent with
    | Ok () -> Logs.info (fun m -> m "told %a port %d" Ipaddr.V4.pp src src_port)
    | Error e -> Logs.warn (fun m -> m "%a: %a" Ipaddr.V4.pp src Udp.pp_error e)

  let start () stack =
    let port = Key_gen.port () in
    Stack.listen_udpv4 stack ~port (answer (Stack.udpv4 stack) port);
    List.iter
      (fun ip -> Logs.info (fun m -> m "telling the time on %a port %d" Ipaddr.V4.pp ip port))
      (Stack.IPV4.get_ip (Stack.ipv4 stack));
    Stack.listen stack
end
