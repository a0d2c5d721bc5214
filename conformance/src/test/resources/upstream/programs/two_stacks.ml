(* SPDX-License-Identifier: Apache-2.0 *)
(* Two network stacks on one virtual wire: a connection, much data both ways, datagrams, a ping, a port that is closed. *)

open Lwt.Infix

module Time = struct
  let sleep_ns = Lwt_main.sleep_ns
end

module Random = Mirage_random_test

module Wire = Basic_backend.Make
module V = Vnetif.Make (Wire)
module E = Ethernet.Make (V)
module A = Arp.Make (E) (Time)
module Ip = Static_ipv4.Make (Random) (Mclock) (E) (A)
module Icmp = Icmpv4.Make (Ip)
module U = Udp.Make (Ip) (Random)
module T = Tcp.Flow.Make (Ip) (Time) (Mclock) (Random)
module Stack = Tcpip_stack_direct.Make (Time) (Random) (V) (E) (A) (Ip) (Icmp) (U) (T)

let stack wire address =
  V.connect wire >>= fun net ->
  E.connect net >>= fun ethernet ->
  A.connect ethernet >>= fun arp ->
  Ip.connect ~cidr:(Ipaddr.V4.Prefix.of_string_exn address) ethernet arp >>= fun ip ->
  Icmp.connect ip >>= fun icmp ->
  U.connect ip >>= fun udp ->
  T.connect ip >>= fun tcp -> Stack.connect net ethernet arp ip icmp udp tcp

let size = 100_000
let chunk n = Cstruct.of_string (String.init 1000 (fun i -> Char.chr ((n + i) land 255)))

let ok what = function
  | Ok x -> Lwt.return x
  | Error _ -> Lwt.fail_with what

let rec send flow n =
  if n = size then Stack.TCPV4.close flow
  else Stack.TCPV4.write flow (chunk n) >>= ok "write" >>= fun () -> send flow (n + 1000)

let rec receive flow n sum =
  Stack.TCPV4.read flow >>= ok "read" >>= function
  | `Eof -> Lwt.return (n, sum)
  | `Data data ->
    let sum = ref sum in
    for i = 0 to Cstruct.length data - 1 do
      sum := ((!sum * 31) + Cstruct.get_uint8 data i) land 0xffffff
    done;
    receive flow (n + Cstruct.length data) !sum

let main () =
  let wire = Wire.create ~use_async_readers:true ~yield:Lwt.pause () in
  let server = Ipaddr.V4.of_string_exn "10.0.0.1" in
  stack wire "10.0.0.1/24" >>= fun a ->
  stack wire "10.0.0.2/24" >>= fun b ->
  Lwt.async (fun () -> Stack.listen a);
  Lwt.async (fun () -> Stack.listen b);
  let done_, finished = Lwt.wait () in
  Stack.TCPV4.listen (Stack.tcpv4 a) ~port:80 (fun flow ->
      receive flow 0 0 >>= fun got ->
      Printf.printf "server got %d bytes, sum %d\n%!" (fst got) (snd got);
      Lwt.wakeup finished ();
      send flow (size / 2));
  Stack.TCPV4.create_connection (Stack.tcpv4 b) (server, 80) >>= ok "connect" >>= fun flow ->
  Lwt.both (send flow 0) done_ >>= fun _ ->
  receive flow 0 0 >>= fun (n, sum) ->
  Printf.printf "client got %d bytes, sum %d\n%!" n sum;
  Stack.TCPV4.create_connection (Stack.tcpv4 b) (server, 81) >>= fun refused ->
  Printf.printf "port 81: %s\n%!" (match refused with Ok _ -> "open" | Error _ -> "closed");
  let echoed, echo = Lwt.wait () in
  Stack.UDPV4.listen (Stack.udpv4 a) ~port:7 (fun ~src ~dst:_ ~src_port data ->
      Stack.UDPV4.write ~src_port:7 ~dst:src ~dst_port:src_port (Stack.udpv4 a) data >|= fun _ -> ());
  Stack.UDPV4.listen (Stack.udpv4 b) ~port:4242 (fun ~src:_ ~dst:_ ~src_port data ->
      Lwt.wakeup echo (src_port, Cstruct.to_string data);
      Lwt.return_unit);
  Stack.UDPV4.write ~src_port:4242 ~dst:server ~dst_port:7 (Stack.udpv4 b) (Cstruct.of_string "over the wire") >>= ok "datagram"
  >>= fun () ->
  echoed >|= fun (port, text) -> Printf.printf "from port %d: %s\n%!" port text

let () =
  Lwt_main.run (main ());
  Printf.printf "# heap top %d KB\n" ((Gc.quick_stat ()).top_heap_words * (Sys.word_size / 8) / 1024)
