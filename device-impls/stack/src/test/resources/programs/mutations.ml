(* SPDX-License-Identifier: Apache-2.0 *)

(* Frames of real traffic, changed at random, mostly with their checksums made right again, are thrown at a stack with open
   connections. Nothing may be raised, memory must not grow, and afterwards the stack works as before.
   Arguments: seed, number of frames. *)

open Lwt.Infix
open Stacks
open Dual

let random = ref (Random.State.make [| 1 |])
let below n = Random.State.int !random n

(* ---- Traffic ---- *)

let corpus : string array ref = ref [||]
let frames = ref []
let record net = Net.tap net (fun frame -> frames := Cstruct.to_string frame :: !frames)
let v4 = Ipaddr.of_string_exn "10.0.0.2"
let v6 = Ipaddr.of_string_exn "fd00::2"

let echo flow =
  let rec go () =
    Stack.TCP.read flow >>= function
    | Ok (`Data bytes) -> Stack.TCP.write flow bytes >>= fun _ -> go ()
    | Ok `Eof | Error _ -> Stack.TCP.close flow
  in
  go ()

let conversation stack address =
  Stack.TCP.create_connection (Stack.tcp stack) (address, 7) >>= fun r ->
  let flow = match r with Ok flow -> flow | Error _ -> failwith "no connection" in
  let rec go n =
    if n = 0 then Lwt.return flow
    else
      Stack.TCP.write flow (Cstruct.of_string (bytes (300 * n))) >>= fun _ ->
      Stack.TCP.read flow >>= fun _ -> go (n - 1)
  in
  go 6

let closed flow = Stack.TCP.close flow

let datagrams stack address =
  let send n = Stack.UDP.write (Stack.udp stack) ~dst:address ~dst_port:9 (Cstruct.of_string (bytes n)) >|= ignore in
  Lwt_list.iter_s send [ 0; 10; 1000; 4000 ]

let traffic a b =
  Stack.listen_tcp b ~port:7 echo;
  Stack.listen_udp b ~port:9 (fun ~src:_ ~dst:_ ~src_port:_ _ -> Lwt.return_unit);
  seconds 5 >>= fun () ->
  conversation a v4 >>= closed >>= fun () ->
  conversation a v6 >>= closed >>= fun () ->
  datagrams a v4 >>= fun () ->
  datagrams a v6 >>= fun () ->
  conversation a v4 >>= fun open4 -> conversation a v6 >|= fun open6 -> [ open4; open6 ]

(* ---- Changes ---- *)

let interesting = [| '\000'; '\001'; '\127'; '\128'; '\255' |]

let change_byte bytes =
  if Bytes.length bytes > 0 then begin
    (* Headers more often than what they carry. *)
    let at = below (if below 4 = 0 then Bytes.length bytes else min 94 (Bytes.length bytes)) in
    let byte = if below 2 = 0 then Char.chr (below 256) else interesting.(below 5) in
    Bytes.set bytes at byte
  end

let change text =
  let bytes = Bytes.of_string text in
  match below 8 with
  | 0 -> Bytes.sub bytes 0 (below (Bytes.length bytes + 1))
  | 1 -> Bytes.cat bytes (Bytes.init (below 60) (fun _ -> Char.chr (below 256)))
  | 2 ->
      let other = Bytes.of_string !corpus.(below (Array.length !corpus)) in
      let at = below (min (Bytes.length bytes) (Bytes.length other)) in
      Bytes.cat (Bytes.sub bytes 0 at) (Bytes.sub other at (Bytes.length other - at))
  | _ ->
      for _ = 0 to below 4 do change_byte bytes done;
      bytes

let set_sum buffer at ~pseudo =
  if Cstruct.length buffer >= at + 2 then begin
    Cstruct.BE.set_uint16 buffer at 0;
    let init = Tcpip_checksum.sum pseudo in
    Cstruct.BE.set_uint16 buffer at Tcpip_checksum.(finish (sum ~init buffer))
  end

let repair_upper proto payload ~pseudo =
  let pseudo = pseudo proto (Cstruct.length payload) in
  match proto with
  | 1 -> set_sum payload 2 ~pseudo:Cstruct.empty
  | 6 -> set_sum payload 16 ~pseudo
  | 17 -> set_sum payload 6 ~pseudo
  | 58 -> set_sum payload 2 ~pseudo
  | _ -> ()

let repair4 packet =
  let header = (Cstruct.get_uint8 packet 0 land 15) * 4 and length = Cstruct.BE.get_uint16 packet 2 in
  if header >= 20 && length >= header && length <= Cstruct.length packet then begin
    let pseudo proto length =
      let buffer = Cstruct.create 12 in
      Cstruct.blit packet 12 buffer 0 8;
      Cstruct.BE.set_uint16 buffer 8 proto;
      Cstruct.BE.set_uint16 buffer 10 length;
      buffer
    in
    repair_upper (Cstruct.get_uint8 packet 9) (Cstruct.sub packet header (length - header)) ~pseudo;
    set_sum (Cstruct.sub packet 0 header) 10 ~pseudo:Cstruct.empty
  end

let repair6 packet =
  match Ipv6_packet.read packet with
  | Some (header, payload) ->
      let pseudo = Ipv6_packet.pseudoheader ~src:header.src ~dst:header.dst in
      repair_upper header.proto payload ~pseudo
  | None -> ()

let repair frame =
  if Cstruct.length frame > 14 + 20 then
    let packet = Cstruct.shift frame 14 in
    match Cstruct.BE.get_uint16 frame 12 with
    | 0x0800 -> repair4 packet
    | 0x86dd -> repair6 packet
    | _ -> ()

let next () =
  let frame = Cstruct.of_bytes (change !corpus.(below (Array.length !corpus))) in
  if below 5 > 0 then repair frame;
  frame

(* ---- ---- *)

let live_words () =
  Gc.full_major ();
  (Gc.stat ()).live_words

let rec throw net n =
  if n = 0 then Lwt.return_unit
  else begin
    if n mod 8 = 0 then Dhcp_answers.one ~below ~now:(Mclock.elapsed_ns ());
    Net.inject net (next ()) >>= fun () ->
    (if n mod 64 = 0 then ms (below 400) else Lwt.return_unit) >>= fun () -> throw net (n - 1)
  end

let main () =
  Bootvar.argv () >>= fun argv ->
  random := Random.State.make [| int_of_string argv.(1) |];
  let count = int_of_string argv.(2) in
  let net_a, net_b = Net.pair () in
  record net_a;
  dual net_a "10.0.0.1/24" (Some "fd00::1/64") >>= fun a ->
  dual net_b "10.0.0.2/24" (Some "fd00::2/64") >>= fun b ->
  traffic a b >>= fun flows ->
  Net.tap net_a ignore;
  corpus := Array.of_list !frames;
  throw net_b (count / 2) >>= fun () ->
  let half = live_words () in
  throw net_b (count / 2) >>= fun () ->
  let full = live_words () in
  if full > half + (half / 10) + 50_000 then
    failwith (Printf.sprintf "memory grows: %d words after one half, %d after the other" half full);
  Lwt_list.iter_s closed flows >>= fun () ->
  seconds 900 >>= fun () ->
  let { Tcp46.connections; time_wait; _ } = Tcp46.counts (Stack.tcp b) in
  Printf.printf "left %d %d\n" connections time_wait;
  conversation a v4 >>= closed >|= fun () -> print_endline "works"

(* What a stack logs as an error is a failure here: it catches what a frame raises. *)
let reporter =
  let report _ level ~over k msgf =
    let finish text =
      if level = Logs.Error then failwith text;
      over ();
      k ()
    in
    msgf (fun ?header:_ ?tags:_ format -> Format.kasprintf finish format)
  in
  { Logs.report }

let () =
  Logs.set_level (Some Logs.Error);
  Logs.set_reporter reporter;
  OS.Main.run (main ())
