(* SPDX-License-Identifier: Apache-2.0 *)

(* A board with a name, which looks up another one's as somebody would who knows nothing of multicast DNS. *)

open Lwt.Syntax
open Dns_packet

module Named (Time : Mirage_time.S) (Stack : Tcpip.Stack.V4V6) = struct
  let port = 4000
  let group = Ipaddr.of_string_exn "224.0.0.251"

  let show ~src ~dst:_ ~src_port:_ payload =
    let shown r =
      match r.data with
      | Address ip -> Logs.info (fun m -> m "%a says: %a is %a" Ipaddr.pp src Domain_name.pp r.owner Ipaddr.pp ip)
      | _ -> ()
    in
    Option.iter (fun message -> List.iter shown message.answers) (read payload);
    Lwt.return_unit

  let seek stack names =
    Stack.listen_udp stack ~port show;
    let question name = { name = Domain_name.of_strings_exn [ name; "local" ]; kind = A; unicast = false } in
    let message = write { empty with questions = List.map question names } in
    Lwt.map ignore (Stack.UDP.write ~src_port:port ~dst:group ~dst_port:5353 (Stack.udp stack) message)

  let start () stack =
    let* () = Time.sleep_ns (Duration.of_sec 5) in
    let* () = seek stack (Key_gen.seek ()) in
    Time.sleep_ns (Duration.of_sec 1)
end
