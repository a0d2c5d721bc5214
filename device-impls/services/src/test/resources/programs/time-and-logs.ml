(* SPDX-License-Identifier: Apache-2.0 *)

(* A machine that knows the time and takes messages, and one that asks and sends. *)

open Lwt.Infix
open Stacks
open Dual
module Sntp = Sntp_mirage.Make (OS.Time) (Mirage_random_hardware) (Stack.UDP)
module Udp_log = Logs_syslog_mirage.Udp (Console_unix) (Pclock) (Stack)
module Tcp_log = Logs_syslog_mirage.Tcp (Console_unix) (Pclock) (Stack)

let ip = Ipaddr.of_string_exn

(* 2021-12-17 16:22:09.5 UTC, since 1900. *)
let now = 3_848_746_929L

let time_server stack ~stratum =
  Stack.listen_udp stack ~port:123 (fun ~src ~dst:_ ~src_port question ->
      let answer = Cstruct.create 48 in
      Cstruct.set_uint8 answer 0 0x24;
      Cstruct.set_uint8 answer 1 stratum;
      Cstruct.blit question 40 answer 24 8;
      List.iter
        (fun at ->
          Cstruct.BE.set_uint32 answer at (Int64.to_int32 now);
          Cstruct.BE.set_uint32 answer (at + 4) 0x80000000l)
        [ 32; 40 ];
      Stack.UDP.write (Stack.udp stack) ~src_port:123 ~dst:src ~dst_port:src_port answer >|= ignore)

let show = function
  | Ok ns -> Printf.printf "%Ld ms\n%!" (Int64.div ns 1_000_000L)
  | Error (`Msg why) -> Printf.printf "%s\n%!" why

let ask stack = Sntp.ask (Stack.udp stack) (ip "10.0.0.2") >|= show

let log_server stack =
  Stack.listen_udp stack ~port:514 (fun ~src:_ ~dst:_ ~src_port:_ line ->
      Lwt.return (Printf.printf "datagram %s\n%!" (Cstruct.to_string line)));
  Stack.listen_tcp stack ~port:601 (fun flow ->
      let rec go () =
        Stack.TCP.read flow >>= function
        | Ok (`Data lines) ->
            Printf.printf "line %s%!" (Cstruct.to_string lines);
            go ()
        | Ok `Eof | Error _ -> Stack.TCP.close flow
      in
      go ())

let messages () =
  Logs.warn (fun m -> m "two\nlines of %d" 2);
  Logs.err (fun m -> m ~header:"head" "an error")

(* No answer is believed that is damaged, or to another question. *)
let changed_answers () =
  Random.init 1;
  let whole = Cstruct.create 60 and believed = ref 0 in
  for _ = 1 to 100_000 do
    Cstruct.BE.set_uint64 whole 24 7L;
    for _ = 0 to 5 do
      Cstruct.set_uint8 whole (Random.int 60) (Random.int 256)
    done;
    match Sntp_message.answer ~cookie:7L (Cstruct.sub whole 0 (Random.int 61)) with
    | Some _ -> incr believed
    | None -> ()
  done;
  Printf.printf "some changed answers were believed: %b\n" (!believed > 0 && !believed < 50_000)

let main () =
  let net_a, net_b = Net.pair () in
  dual net_a "10.0.0.1/24" (Some "fd00::1/64") >>= fun a ->
  dual net_b "10.0.0.2/24" (Some "fd00::2/64") >>= fun b ->
  seconds 3 >>= fun () ->
  ask a >>= fun () ->
  time_server b ~stratum:0;
  ask a >>= fun () ->
  time_server b ~stratum:2;
  ask a >>= fun () ->
  Lwt.async (fun () -> Sntp.keep (Stack.udp a) [ ip "10.0.0.3"; ip "10.0.0.2" ]);
  seconds 10 >>= fun () ->
  let days, ps = Pclock.now_d_ps () in
  Printf.printf "day %d, second %Ld\n%!" days (Int64.div ps 1_000_000_000_000L);
  log_server b;
  Console_unix.connect "0" >>= fun console ->
  Logs.set_reporter (Udp_log.create console a ~hostname:"board" (ip "10.0.0.2") ~truncate:50 ());
  messages ();
  seconds 1 >>= fun () ->
  Tcp_log.create console a ~hostname:"board" (ip "10.0.0.2") ~port:602 () >>= fun refused ->
  print_endline (Result.get_error refused);
  Tcp_log.create console a ~hostname:"board" (ip "10.0.0.2") ~port:601 () >>= fun reporter ->
  Logs.set_reporter (Result.get_ok reporter);
  messages ();
  seconds 1 >|= fun () ->
  Logs.set_reporter Logs.nop_reporter;
  changed_answers ()

let () =
  Logs.set_level (Some Logs.Warning);
  OS.Main.run (main ())
