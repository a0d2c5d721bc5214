(* SPDX-License-Identifier: Apache-2.0 *)

(* ARP, IPv4, ICMP and UDP. Argument: which. *)

open Lwt.Infix
open Stacks

let ip = Ipaddr.V4.of_string_exn

(* ---- ICMP ---- *)

(* Echoes, also one in fragments, over a wire that doubles and reorders. *)
let ping () =
  let faults = { Mirage_net_wire.perfect with duplication = 500; reordering = 500; delay_ns = 1_000_000L } in
  pair ~faults () >>= fun (a, b) ->
  let answers = ref [] in
  Net.tap b.net (fun frame ->
      match Ipv4_packet.read (Cstruct.shift frame 14) with
      | Some ({ proto = 1; offset = 0; _ }, payload) -> answers := Cstruct.length payload :: !answers
      | _ -> ());
  let ask size =
    let rest = Icmpv4_packet.echo ~identifier:7 ~sequence:size in
    let data = Cstruct.of_string (bytes size) in
    let message = Icmpv4_packet.(make { kind = echo_request; code = 0; rest; data }) in
    Icmp.write a.icmp ~dst:b_ip message >|= ok Icmp.pp_error
  in
  Lwt_list.iter_s ask [ 0; 56; 5000 ] >>= fun () ->
  seconds 1 >|= fun () ->
  List.iter (Printf.printf "answer %d\n") (List.sort_uniq compare !answers)

(* ---- Reassembly ---- *)

let piece offset length = Cstruct.of_string (String.sub (bytes 10_000) offset length)

(* Pieces in any order, twice, overlapping, too many: the bytes are right or nothing, and memory is bounded. *)
let reassembly () =
  let t = Ip_reassembly.create () in
  let add ?(now = 0L) key offset length ~last =
    Ip_reassembly.add t ~now key ~offset ~last (piece offset length)
  in
  let show name = function
    | Some whole ->
        let n = Cstruct.length whole in
        Printf.printf "%s: %d bytes, right %b\n" name n (String.equal (Cstruct.to_string whole) (bytes n))
    | None -> Printf.printf "%s: nothing\n" name
  in
  ignore (add 1 2000 1000 ~last:true);
  ignore (add 1 0 1000 ~last:false);
  ignore (add 1 0 1000 ~last:false);
  show "in any order" (add 1 1000 1000 ~last:false);
  ignore (add 2 0 1000 ~last:false);
  ignore (add 2 992 1000 ~last:false);
  show "overlapping" (add 2 1992 8 ~last:true);
  ignore (add 3 0 1000 ~last:false);
  show "after half a minute" (add ~now:31_000_000_000L 3 1000 8 ~last:true);
  ignore (add 4 0 1001 ~last:false);
  show "of odd length" (add 4 1001 8 ~last:true);
  for key = 10 to 1000 do ignore (add key 0 8000 ~last:false) done;
  Printf.printf "kept %b\n" (Ip_reassembly.bytes t <= 32768);
  for i = 1 to 100 do ignore (add 2000 (i * 8) 8 ~last:false) done;
  show "in too many pieces" (add 2000 0 8 ~last:false);
  Lwt.return_unit

(* ---- ARP ---- *)

let arp host (packet : Arp_packet.t) =
  let header =
    Ethernet.Packet.make_cstruct
      { source = packet.source_mac; destination = Macaddr.broadcast; ethertype = `ARP }
  in
  Net.inject host.net (Cstruct.append header (Arp_packet.encode packet))

let other = Macaddr.of_string_exn "02:00:00:00:00:09"

let claim source_ip =
  { Arp_packet.operation = Request; source_mac = other; source_ip; target_mac = other; target_ip = source_ip }

(* Somebody else claims our address: it is defended, but not more often than every ten seconds. *)
let conflict () =
  pair () >>= fun (a, _) ->
  let announcements = ref 0 in
  Net.tap a.net (fun frame ->
      match Arp_packet.decode (Cstruct.shift frame 14) with
      | Ok { source_ip; target_ip; _ } when source_ip = a_ip && target_ip = a_ip -> incr announcements
      | _ -> ());
  let rec claims n = if n = 0 then Lwt.return_unit else arp a (claim a_ip) >>= fun () -> seconds 1 >>= fun () -> claims (n - 1) in
  claims 5 >>= fun () ->
  Printf.printf "defended %d\n" !announcements;
  claims 10 >|= fun () -> Printf.printf "defended %d\n" !announcements

(* Another machine has our MAC address; what a bridge sends back of our own frames is no such machine. *)
let twin () =
  pair () >>= fun (a, _) ->
  let from source_ip = arp a { (claim source_ip) with source_mac = Net.mac a.net } in
  let warned () = Printf.printf "warned %d\n" (Logs.warn_count ()) in
  from a_ip >>= fun () ->
  from Ipaddr.V4.any >|= warned >>= fun () ->
  from (ip "10.0.0.3") >>= fun () ->
  from (ip "10.0.0.3") >|= warned >>= fun () ->
  seconds 11 >>= fun () -> from (ip "10.0.0.3") >|= warned

(* An address that moves to another machine is followed; ten thousand that nobody asked for are not kept. *)
let learning () =
  pair () >>= fun (a, b) ->
  let show () =
    Arpv4.query a.arp b_ip >|= function
    | Ok mac -> print_endline (Macaddr.to_string mac)
    | Error e -> print_endline (Format.asprintf "%a" Arpv4.pp_error e)
  in
  show () >>= fun () ->
  arp a (claim b_ip) >>= fun () ->
  show () >>= fun () ->
  let rec strangers n =
    if n = 0 then Lwt.return_unit
    else
      let source_ip = Ipaddr.V4.of_int32 (Int32.of_int (0x0a010000 + n)) in
      arp a { (claim source_ip) with target_ip = a_ip } >>= fun () -> strangers (n - 1)
  in
  strangers 10_000 >>= fun () ->
  let known = List.length (String.split_on_char ',' (Format.asprintf "%a" Arpv4.pp a.arp)) - 1 in
  Printf.printf "%d known\n" known;
  ignore b;
  seconds 301 >|= fun () -> Format.printf "%a@." Arpv4.pp a.arp

(* ---- UDP ---- *)

let udp () =
  pair () >>= fun (a, b) ->
  Udpv4.listen b.udp ~port:9 (fun ~src ~dst ~src_port payload ->
      Printf.printf "%s to %s: %d from %d\n" (Ipaddr.V4.to_string src) (Ipaddr.V4.to_string dst)
        (Cstruct.length payload) src_port;
      Lwt.return_unit);
  let send dst size =
    Udpv4.write ~src_port:5 ~dst ~dst_port:9 a.udp (Cstruct.of_string (bytes size)) >|= function
    | Ok () -> ()
    | Error e -> print_endline (Format.asprintf "%a" Udpv4.pp_error e)
  in
  send b_ip 0 >>= fun () ->
  send b_ip 1472 >>= fun () ->
  send b_ip 9000 >>= fun () ->
  send b_ip 65_500 >>= fun () ->
  send Ipaddr.V4.broadcast 1 >>= fun () ->
  send (ip "10.0.0.255") 2 >>= fun () ->
  send (ip "224.0.0.1") 3 >>= fun () ->
  send (ip "10.0.1.1") 4 >>= fun () ->
  ms 10 >>= fun () ->
  Udpv4.unlisten b.udp ~port:9;
  send b_ip 5 >>= fun () -> ms 10

let scripts =
  [ ("ping", ping); ("reassembly", reassembly); ("conflict", conflict); ("twin", twin); ("learning", learning); ("udp", udp) ]

let () = OS.Main.run (Bootvar.argv () >>= fun argv -> (List.assoc argv.(1) scripts) ())
