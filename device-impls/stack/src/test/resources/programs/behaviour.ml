(* SPDX-License-Identifier: Apache-2.0 *)

(* What TCP does in situations that a transfer does not reach. Argument: which. *)

open Lwt.Infix
open Stacks

let say fmt = Printf.ksprintf (fun s -> Printf.printf "%d ms: %s\n%!" (elapsed_ms ()) s) fmt

let count_frames host =
  let n = ref 0 in
  Net.tap host.net (fun _ -> incr n);
  n

let show_read flow =
  Tcpv4.read flow >|= function
  | Ok (`Data bytes) -> say "%d bytes" (Cstruct.length bytes)
  | Ok `Eof -> say "end"
  | Error e -> say "%s" (Format.asprintf "%a" Tcpv4.pp_error e)

let show_left (a, b) =
  let counts host = Printf.sprintf "%d+%d" (fst (left host)) (snd (left host)) in
  say "left %s %s" (counts a) (counts b)

(* A reader that waits a quarter of an hour: the window closes, is probed, and opens; nobody gives up. *)
let zero_window () =
  pair () >>= fun hosts ->
  connected hosts >>= fun (flow, other) ->
  let data = bytes 100_000 in
  let writing = Tcpv4.write flow (text data) >>= fun r -> written r; Tcpv4.close flow in
  let frames = count_frames (fst hosts) in
  seconds 900 >>= fun () ->
  Printf.printf "probed %b\n" (!frames > 20 && !frames < 100);
  read_all other >>= fun got ->
  Printf.printf "right %b\n" (String.equal got data);
  Tcpv4.close other >>= fun () -> writing

(* Keep-alive finds a dead peer: 10 s of silence, 3 probes a second apart. *)
let keepalive () =
  pair () >>= fun hosts ->
  let keepalive =
    { Tcpip.Tcp.Keepalive.after = Duration.of_sec 10; interval = Duration.of_sec 1; probes = 3 }
  in
  connected ~keepalive hosts >>= fun (flow, _) ->
  let frames = count_frames (fst hosts) in
  seconds 35 >>= fun () ->
  Printf.printf "%d probes answered\n" !frames;
  Net.set_faults (fst hosts).net cut;
  show_read flow >>= fun () ->
  Net.set_faults (fst hosts).net perfect;
  seconds 1 >|= fun () -> show_left hosts

(* The same when the writer has closed: a reader that never comes is given up. *)
let closed_at_zero_window () =
  pair () >>= fun hosts ->
  connected hosts >>= fun (flow, other) ->
  Tcpv4.write flow (text (bytes 40_000)) >|= written >>= fun () ->
  seconds 600 >>= fun () ->
  show_left hosts;
  Tcpv4.close flow >>= fun () ->
  seconds 240 >>= fun () ->
  show_left hosts;
  Tcpv4.close other

(* A reset is sent once. Where it is lost, who listens with keep-alive finds out, and nobody else. *)
let lost_reset () =
  let run name keepalive =
    pair () >>= fun (a, b) ->
    Tcpv4.listen b.tcp ~port:7 ?keepalive (fun flow -> Tcpv4.read flow >|= ignore);
    connect a >>= fun flow ->
    seconds 1 >>= fun () ->
    Net.set_faults a.net cut;
    Tcpv4.abort flow;
    seconds 1 >>= fun () ->
    Net.set_faults a.net perfect;
    seconds 3600 >|= fun () -> Printf.printf "%s: %d left\n" name (fst (left b))
  in
  let keepalive =
    { Tcpip.Tcp.Keepalive.after = Duration.of_sec 10; interval = Duration.of_sec 1; probes = 3 }
  in
  run "silent" None >>= fun () -> run "keep-alive" (Some keepalive)

(* Small writes: with Nagle's algorithm they go together while one is on its way, without it each alone. *)
let nagle () =
  let faults = { perfect with delay_ns = 50_000_000L } in
  pair ~faults () >>= fun hosts ->
  connected hosts >>= fun (flow, other) ->
  let frames = count_frames (fst hosts) in
  let run name write =
    frames := 0;
    Lwt_list.iter_s (fun _ -> write flow (text "x") >|= written) (List.init 20 Fun.id) >>= fun () ->
    seconds 1 >|= fun () -> Printf.printf "%s: %d segments\n" name !frames
  in
  Lwt.async (fun () -> read_all other >|= ignore);
  run "Nagle" Tcpv4.write >>= fun () -> run "without" Tcpv4.write_nodelay

(* One segment is acknowledged after a while, two at once. *)
let delayed_ack () =
  pair () >>= fun hosts ->
  connected hosts >>= fun (flow, _) ->
  seconds 1 >>= fun () ->
  let _, b = hosts in
  let frames = count_frames b in
  let write n = Tcpv4.write_nodelay flow (text (bytes n)) >|= written in
  write 100 >>= fun () ->
  ms 39 >>= fun () ->
  Printf.printf "after 39 ms %d\n" !frames;
  ms 2 >>= fun () ->
  Printf.printf "after 41 ms %d\n" !frames;
  write 1448 >>= fun () ->
  write 1448 >>= fun () ->
  ms 1 >|= fun () -> Printf.printf "after two %d\n" !frames

(* The peer is gone in the middle of a write. *)
let dead_peer () =
  pair () >>= fun hosts ->
  connected hosts >>= fun (flow, _) ->
  Net.set_faults (fst hosts).net cut;
  let writing = Tcpv4.write flow (text (bytes 100_000)) in
  show_read flow >>= fun () ->
  writing >>= fun r ->
  (match r with Ok () -> say "written" | Error e -> say "%s" (Format.asprintf "%a" Tcpv4.pp_write_error e));
  seconds 200 >|= fun () -> show_left hosts

(* Nobody listens; nobody is there. *)
let refused () =
  pair () >>= fun (a, b) ->
  let try_to address =
    Tcpv4.create_connection a.tcp (address, 7) >|= function
    | Ok _ -> say "open"
    | Error e -> say "%s" (Format.asprintf "%a" Tcpv4.pp_error e)
  in
  try_to b_ip >>= fun () ->
  try_to (Ipaddr.V4.of_string_exn "10.0.0.9") >>= fun () ->
  try_to (Ipaddr.V4.of_string_exn "192.168.1.1") >|= fun () -> show_left (a, b)

(* An abort reaches a reader as an error, not as an end. *)
let reset () =
  pair () >>= fun hosts ->
  connected hosts >>= fun (flow, other) ->
  let reading = show_read flow in
  Tcpv4.abort other;
  reading >>= fun () ->
  Tcpv4.write flow (text "x") >>= fun r ->
  (match r with Ok () -> say "written" | Error e -> say "%s" (Format.asprintf "%a" Tcpv4.pp_write_error e));
  show_left hosts;
  Lwt.return_unit

(* One side closes, the other goes on for a while. *)
let half_close () =
  pair () >>= fun hosts ->
  connected hosts >>= fun (flow, other) ->
  Tcpv4.close flow >>= fun () ->
  show_read other >>= fun () ->
  seconds 30 >>= fun () ->
  Tcpv4.write other (text "still here") >|= written >>= fun () ->
  show_read flow >>= fun () ->
  Tcpv4.close other >>= fun () ->
  show_read flow >>= fun () ->
  show_left hosts;
  seconds 61 >|= fun () -> show_left hosts

(* A peer that never closes is reset a minute after it was last heard of. *)
let never_closed () =
  pair () >>= fun hosts ->
  connected hosts >>= fun (flow, other) ->
  Tcpv4.close flow >>= fun () ->
  seconds 59 >>= fun () ->
  show_left hosts;
  seconds 2 >>= fun () ->
  show_left hosts;
  show_read other >>= fun () -> show_read other

(* A thousand connections one after the other, closed by either side. *)
let many () =
  pair () >>= fun (a, b) ->
  let served = ref 0 and most = ref 0 in
  Tcpv4.listen b.tcp ~port:7 (fun flow ->
      Tcpv4.read flow >>= fun _ ->
      incr served;
      Tcpv4.close flow);
  let rec go n =
    if n = 0 then Lwt.return_unit
    else
      connect a >>= fun flow ->
      Tcpv4.write flow (text "hello") >|= written >>= fun () ->
      (if n mod 2 = 0 then Tcpv4.close flow else Lwt.return_unit) >>= fun () ->
      read_all flow >>= fun _ ->
      Tcpv4.close flow >>= fun () ->
      ms 1 >>= fun () ->
      most := max !most (max (snd (left a)) (snd (left b)));
      go (n - 1)
  in
  go 1000 >>= fun () ->
  Printf.printf "%d served, %d in TIME-WAIT at most\n" !served !most;
  seconds 70 >|= fun () ->
  Printf.printf "left %d %d\n" (fst (left a) + snd (left a)) (fst (left b) + snd (left b))

(* ---- Segments of a peer that plays by its own rules ---- *)

let segment ?(flags = Tcp_segment.ack) ?(src_port = 4000) ?(options = Tcp_segment.no_options) ?(payload = "")
    ?(ack = 0l) seq =
  { Tcp_segment.src_port; dst_port = 7; seq = Tcp_sequence.of_int32 seq; ack = Tcp_sequence.of_int32 ack; flags;
    window = 1000; options; payload = text payload }

(* Puts it into a frame of 10.0.0.3. *)
let stranger = Ipaddr.V4.of_string_exn "10.0.0.3"

let inject b (s : Tcp_segment.t) =
  let size = Tcp_segment.header_size s.options in
  let message = Cstruct.append (Cstruct.create size) s.payload in
  Tcp_segment.write s message;
  let pseudo = Tcpip_checksum.sum (Ipv4_packet.pseudoheader ~src:stranger ~dst:b_ip `TCP 0) in
  Tcp_segment.set_checksum ~pseudo message (Cstruct.length message);
  let packet = Cstruct.append (Cstruct.create 20) message in
  let header = { Ipv4_packet.src = stranger; dst = b_ip; id = 1; more_fragments = false; offset = 0; ttl = 64; proto = 6 } in
  Ipv4_packet.write header ~length:(Cstruct.length packet) packet;
  let ethernet =
    Ethernet.Packet.make_cstruct
      { source = Macaddr.of_string_exn "02:00:00:00:00:03"; destination = Net.mac b.net; ethertype = `IPv4 }
  in
  Net.inject b.net (Cstruct.append ethernet packet)

(* What b sends to the stranger, the last first. *)
let answers b =
  let sent = ref [] in
  Net.tap b.net (fun frame ->
      match Ipv4_packet.read (Cstruct.shift frame 14) with
      | Some ({ proto = 6; dst; _ }, payload) when Ipaddr.V4.compare dst stranger = 0 ->
          Option.iter (fun s -> sent := s :: !sent) (Tcp_segment.read payload)
      | _ -> ());
  sent

(* A host b, of two, that knows where the stranger is. *)
let with_stranger () =
  pair () >>= fun (a, b) ->
  let arp =
    Arp_packet.encode
      { operation = Request; source_mac = Macaddr.of_string_exn "02:00:00:00:00:03"; source_ip = stranger;
        target_mac = Macaddr.broadcast; target_ip = b_ip }
  in
  let ethernet =
    Ethernet.Packet.make_cstruct
      { source = Macaddr.of_string_exn "02:00:00:00:00:03"; destination = Macaddr.broadcast; ethertype = `ARP }
  in
  Net.inject b.net (Cstruct.append ethernet arp) >|= fun () -> (a, b, answers b)

(* A connection of the stranger, whose next number is [next]. Gives b's. *)
let handshake ?(next = 101l) b answers =
  inject b (segment ~flags:Tcp_segment.syn (Int32.pred next)) >>= fun () ->
  let syn_ack : Tcp_segment.t = List.hd !answers in
  let own = Int32.succ (Tcp_sequence.to_int32 syn_ack.seq) in
  inject b (segment ~ack:own next) >|= fun () -> own

let describe (s : Tcp_segment.t) =
  let flag bit name = if Tcp_segment.has s bit then name else "" in
  Tcp_segment.(flag syn "SYN " ^ flag rst "RST " ^ flag ack "ACK ")
  ^ Format.asprintf "%a" Tcp_sequence.pp s.ack

let show answers =
  print_endline (match !answers with [] -> "no answer" | l -> String.concat ", " (List.rev_map describe l));
  answers := []

(* RFC 5961: resets and SYNs that are not exactly right are answered by a challenge, at most one in half a second. *)
let blind () =
  with_stranger () >>= fun (_, b, answers) ->
  Tcpv4.listen b.tcp ~port:7 (fun flow -> show_read flow);
  handshake b answers >>= fun ack ->
  answers := [];
  let rst = Tcp_segment.rst in
  inject b (segment ~flags:rst 500l) >>= fun () ->
  show answers;
  inject b (segment ~flags:rst 501l) >>= fun () ->
  show answers;
  ms 600 >>= fun () ->
  inject b (segment ~flags:Tcp_segment.syn 600l) >>= fun () ->
  show answers;
  ms 600 >>= fun () ->
  inject b (segment ~ack:(Int32.add ack 5000l) ~payload:"evil" 101l) >>= fun () ->
  show answers;
  inject b (segment ~flags:rst 100_000l) >>= fun () ->
  show answers;
  Printf.printf "connections %d\n" (fst (left b));
  inject b (segment ~flags:rst 101l) >>= fun () ->
  ms 1 >|= fun () -> Printf.printf "connections %d\n" (fst (left b))

(* A thousand SYNs whose sender does not care for the answers, then one that does. *)
let flood () =
  with_stranger () >>= fun (_, b, answers) ->
  Tcpv4.listen b.tcp ~port:7 (fun flow -> show_read flow);
  let rec go n =
    if n = 0 then Lwt.return_unit
    else inject b (segment ~src_port:(5000 + n) ~flags:Tcp_segment.syn 1l) >>= fun () -> go (n - 1)
  in
  go 1000 >>= fun () ->
  Printf.printf "half open %d\n" (fst (left b));
  handshake b answers >>= fun ack ->
  inject b (segment ~ack ~payload:"hello" 101l) >>= fun () ->
  ms 1 >>= fun () ->
  seconds 40 >|= fun () -> Printf.printf "connections %d\n" (fst (left b))

(* Old sequence numbers after data, gaps, overlaps: the bytes are those of the numbers, wherever these wrap. *)
let overlaps () =
  let run next =
    with_stranger () >>= fun (_, b, answers) ->
    Tcpv4.listen b.tcp ~port:7 (fun flow -> read_all flow >|= print_endline);
    handshake ~next b answers >>= fun ack ->
    let at n = Int32.add next (Int32.of_int n) in
    let send (n, payload) = inject b (segment ~ack ~payload (at n)) in
    Lwt_list.iter_s send
      [ (4, "efg"); (10, "klm"); (5, "fghij"); (0, "ab"); (1, "bcdefgh"); (0, "abc"); (12, "mno"); (9, "jk") ]
    >>= fun () ->
    inject b (segment ~flags:(Tcp_segment.fin lor Tcp_segment.ack) ~ack (at 15)) >>= fun () -> ms 1
  in
  Lwt_list.iter_s run [ 101l; -7l; Int32.sub Int32.max_int 6l; 0x3ffffff8l; -0x40000008l ]

(* As many connections as there may be: one more is answered by RST. When one is closed there is room again. *)
let limit () =
  with_stranger () >>= fun (a, b, answers) ->
  let flows = ref [] in
  Tcpv4.listen b.tcp ~port:7 (fun flow ->
      flows := flow :: !flows;
      Lwt.return_unit);
  let rec open_all n = if n = 0 then Lwt.return_unit else connect a >>= fun _ -> open_all (n - 1) in
  open_all 64 >>= fun () ->
  ms 1 >>= fun () ->
  (Tcpv4.create_connection a.tcp (b_ip, 7) >|= function
   | Ok _ -> print_endline "open"
   | Error e -> print_endline (Format.asprintf "%a" Tcpv4.pp_error e))
  >>= fun () ->
  inject b (segment ~flags:Tcp_segment.syn 100l) >>= fun () ->
  show answers;
  Tcpv4.abort (List.hd !flows);
  inject b (segment ~flags:Tcp_segment.syn 100l) >|= fun () -> show answers

let scripts =
  [ ("zero-window", zero_window); ("closed-at-zero-window", closed_at_zero_window); ("keepalive", keepalive); ("lost-reset", lost_reset); ("nagle", nagle); ("delayed-ack", delayed_ack);
    ("dead-peer", dead_peer); ("refused", refused); ("reset", reset); ("half-close", half_close);
    ("never-closed", never_closed); ("many", many); ("limit", limit); ("blind", blind); ("flood", flood);
    ("overlaps", overlaps) ]

let () = OS.Main.run (Bootvar.argv () >>= fun argv -> (List.assoc argv.(1) scripts) ())
