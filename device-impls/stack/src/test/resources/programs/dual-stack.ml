(* SPDX-License-Identifier: Apache-2.0 *)

(* Two dual stacks: addresses are detected, data goes over both versions, a large datagram in fragments, an echo is
   answered, and an address that is there twice is not used. *)

open Lwt.Infix
open Stacks
open Dual

let addresses stack =
  String.concat " " (List.map Ipaddr.to_string (Stack.IP.get_ip (Stack.ip stack)))

let echo_server stack =
  Stack.listen_tcp stack ~port:7 (fun flow ->
      Stack.TCP.read flow >>= function
      | Ok (`Data bytes) -> Stack.TCP.write flow bytes >>= fun _ -> Stack.TCP.close flow
      | _ -> Lwt.return_unit)

let ask stack address =
  Stack.TCP.create_connection (Stack.tcp stack) (Ipaddr.of_string_exn address, 7) >>= function
  | Error e -> Lwt.return (Format.asprintf "%a" Stack.TCP.pp_error e)
  | Ok flow -> (
      Stack.TCP.write flow (Cstruct.of_string ("hello " ^ address)) >>= fun _ ->
      Stack.TCP.read flow >>= function
      | Ok (`Data bytes) -> Stack.TCP.close flow >|= fun () -> Cstruct.to_string bytes
      | _ -> Lwt.return "no answer")

let large_datagram a b =
  let got, arrived = Lwt.wait () in
  let text = bytes 4000 in
  Stack.listen_udp b ~port:9 (fun ~src ~dst:_ ~src_port:_ payload ->
      let right = String.equal (Cstruct.to_string payload) text in
      Lwt.wakeup_later arrived (Printf.sprintf "%s %b" (Ipaddr.to_string src) right);
      Lwt.return_unit);
  Stack.UDP.write (Stack.udp a) ~dst:(Ipaddr.of_string_exn "fd00::2") ~dst_port:9 (Cstruct.of_string text)
  >>= fun _ -> got

let main () =
  let net_a, net_b = Net.pair () in
  dual net_a "10.0.0.1/24" (Some "fd00::1/64") >>= fun a ->
  dual net_b "10.0.0.2/24" (Some "fd00::2/64") >>= fun b ->
  print_endline (addresses a);
  seconds 3 >>= fun () ->
  print_endline (addresses a);
  echo_server b;
  Lwt_list.iter_s
    (fun address -> ask a address >|= print_endline)
    [ "10.0.0.2"; "fd00::2"; "fe80::ff:fe00:2"; "2001:db8::1" ]
  >>= fun () ->
  large_datagram a b >>= fun line ->
  print_endline line;
  (* Two machines with the same address, one after the other. *)
  let net_c, net_d = Net.pair () in
  dual net_c "10.0.0.3/24" (Some "fd00::3/64") >>= fun c ->
  seconds 3 >>= fun () ->
  dual net_d "10.0.0.4/24" (Some "fd00::3/64") >>= fun d ->
  seconds 3 >|= fun () ->
  print_endline (addresses c);
  print_endline (addresses d)

let () = OS.Main.run (main ())
