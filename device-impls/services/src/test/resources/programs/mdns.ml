(* SPDX-License-Identifier: Apache-2.0 *)

(* The responder of multicast DNS, by hand and on a wire. *)

open Lwt.Infix
open Stacks
open Dual
open Dns_packet
module R = Mdns_responder
module Mdns = Mdns_mirage.Make (Mirage_random_hardware) (OS.Time) (Mclock) (Stack)

let ip = Ipaddr.of_string_exn
let other = ip "10.0.0.9"
let name = Mdns_records.local

let show_record r =
  let data =
    match r.data with
    | Address ip -> Ipaddr.to_string ip
    | Pointer name -> Domain_name.to_string name
    | Only kinds -> "only " ^ String.concat "," (List.map (fun k -> string_of_int (Dns_packet.number k)) kinds)
    | Bytes _ -> "bytes"
  in
  Printf.sprintf "%s=%s/%Ld%s" (Domain_name.to_string r.owner) data r.ttl (if r.unique then "!" else "")

let show_message m =
  let part what list = if list = [] then "" else what ^ String.concat " " list in
  String.concat ""
    [ part "? " (List.map (fun q -> Domain_name.to_string q.name ^ " ") m.questions); part "" (List.map show_record m.answers);
      part "proposes " (List.map show_record m.authorities) ]

(* What is sent is what is read again. *)
let through message =
  match read (write message) with
  | Some again when again = message -> message
  | _ -> failwith "a message is not read as it was written"

let show now : R.action -> unit = function
  | Multicast m -> Printf.printf "%5Ld all: %s\n" now (show_message (through m))
  | Reply m -> Printf.printf "%5Ld one: %s\n" now (show_message (through m))
  | Tell (Claimed n) -> Printf.printf "%5Ld has %s\n" now (Domain_name.to_string n)
  | Tell (Taken (n, next)) ->
      Printf.printf "%5Ld lost %s for %s\n" now (Domain_name.to_string n) (Domain_name.to_string next)

let host hostname addresses = R.create ~hostname ~addresses:(List.map ip addresses) ~random:(fun _ -> 0) ~now:0L

let rec until t time =
  let next = R.next t in
  if Int64.compare next time <= 0 then begin
    List.iter (show next) (R.wake t ~now:next);
    until t time
  end

let hear t ?(port = 5353) now message =
  until t now;
  List.iter (show now) (R.receive t ~now ~from:other ~port message)

let ask ?(unicast = false) ?(known = []) ?(truncated = false) kind name =
  { empty with questions = [ { name; kind; unicast } ]; answers = known; truncated }

let is ?(ttl = 120L) owner address = { owner; ttl; unique = true; data = Address (ip address) }
let says answers = { empty with response = true; authoritative = true; answers }
let title = Printf.printf "-- %s\n"
let board = name "board"

let questions () =
  title "probes, announcements, answers";
  let t = host "board" [ "10.0.0.1"; "fe80::1" ] in
  hear t 100L (ask A board);
  hear t 5000L (ask A (name "BOARD"));
  hear t 5500L (ask A board);
  hear t 7000L (ask AAAA board);
  hear t 9000L (ask Any board);
  hear t 11000L (ask PTR (Domain_name.of_string_exn "1.0.0.10.in-addr.arpa"));
  hear t 12000L (ask TXT board);
  hear t 13000L (ask A (name "other"));
  title "known answers";
  hear t 15000L (ask A board ~known:[ is board "10.0.0.1" ]);
  hear t 16000L (ask A board ~known:[ is ~ttl:59L board "10.0.0.1" ]);
  hear t 18000L (ask A board ~truncated:true);
  hear t 18100L { empty with answers = [ is board "10.0.0.1" ] };
  until t 20000L;
  hear t 21000L (ask A board ~truncated:true);
  until t 23000L;
  title "answers to one";
  hear t 24000L (ask A board ~unicast:true);
  hear t 60000L (ask A board ~unicast:true);
  hear t 61000L ~port:40000 { (ask A board) with id = 77 };
  title "addresses change, and the end";
  List.iter (show 70000L) (R.set_addresses t ~now:70000L [ ip "10.0.0.3" ]);
  until t 75000L;
  List.iter (show 75000L) (R.stop t);
  hear t 76000L (ask A board)

let conflicts () =
  title "the name is taken";
  let t = host "board" [ "10.0.0.1" ] in
  hear t 300L (says [ is board "10.0.0.7" ]);
  hear t 700L (says [ is (name "board-2") "10.0.0.7" ]);
  until t 3500L;
  title "two probe at a time";
  let probe address = { (ask Any board ~unicast:true) with authorities = [ { (is board address) with unique = false } ] } in
  let t = host "board" [ "10.0.0.5" ] in
  hear t 100L (probe "10.0.0.4");
  hear t 300L (probe "10.0.0.5");
  hear t 400L (probe "10.0.0.6");
  hear t 800L (says [ is board "10.0.0.6" ]);
  until t 3500L;
  title "a conflict later, and who does not defend";
  let t = host "board" [ "10.0.0.5" ] in
  until t 5000L;
  hear t 6000L (says [ is board "10.0.0.5" ]);
  hear t 6100L (says [ is ~ttl:0L board "10.0.0.8" ]);
  hear t 6200L (says [ is board "10.0.0.8" ]);
  until t 9000L;
  hear t 9100L (says [ is board "10.0.0.8" ]);
  hear t 9200L (says [ is board "10.0.0.8" ]);
  until t 12000L;
  title "a long name, and no names";
  let t = host (String.make 63 'x') [ "10.0.0.5" ] in
  hear t 10L (says [ is (name (String.make 63 'x')) "10.0.0.7" ]);
  List.iter
    (fun n -> print_endline (match R.check n with Ok () -> "right" | Error why -> why))
    [ "Board-1"; ""; String.make 64 'x'; "a.b"; "-a" ]

(* Two hosts on a wire that want one name. *)
let on_a_wire () =
  title "on a wire";
  let net_a, net_b = Net.pair () in
  dual net_a "10.0.0.1/24" None >>= fun a ->
  dual net_b "10.0.0.2/24" None >>= fun b ->
  let heard = ref [] in
  Mdns.start ~hostname:"twin" a;
  seconds 3 >>= fun () ->
  Mdns.start ~hostname:"twin" b;
  seconds 3 >>= fun () ->
  (* A resolver that knows nothing of multicast asks from a port of its own. *)
  Stack.listen_udp b ~port:4000 (fun ~src ~dst:_ ~src_port payload ->
      Option.iter (fun m -> heard := Printf.sprintf "%s:%d %s" (Ipaddr.to_string src) src_port (show_message m) :: !heard) (read payload);
      nothing);
  let question name = write (ask A (Mdns_records.local name)) in
  let send name = Stack.UDP.write ~src_port:4000 ~dst:(ip "224.0.0.251") ~dst_port:5353 (Stack.udp b) (question name) >|= ignore in
  send "twin" >>= fun () ->
  send "nobody" >>= fun () ->
  seconds 1 >|= fun () -> List.iter print_endline (List.rev !heard)

let mutations () =
  let random = Random.State.make [| 7 |] in
  let below n = Random.State.int random n in
  let t = ref (host "board" [ "10.0.0.1"; "fe80::1" ]) in
  let wholes =
    List.map (fun m -> Cstruct.to_string (write m))
      [ ask A board ~known:[ is board "10.0.0.1" ]; says [ is board "10.0.0.7"; is board "10.0.0.1" ];
        { (ask Any board ~unicast:true) with authorities = [ is board "10.0.0.4" ] };
        says [ { (is board "10.0.0.1") with data = Only [ A; AAAA ] }; { (is board "10.0.0.1") with data = Pointer board } ] ]
  in
  let damaged = ref 0 and actions = ref 0 in
  for i = 1 to 100_000 do
    let bytes = Bytes.of_string (List.nth wholes (below (List.length wholes))) in
    for _ = 0 to below 4 do
      Bytes.set bytes (below (Bytes.length bytes)) (Char.chr (below 256))
    done;
    (* One that has lost its name has little to say to these. *)
    if i mod 500 = 0 then t := host "board" [ "10.0.0.1"; "fe80::1" ];
    let now = Int64.of_int (50 * (i mod 500)) in
    actions := !actions + List.length (R.wake !t ~now);
    match read (Cstruct.of_bytes bytes) with
    | None -> incr damaged
    | Some m ->
        ignore (write m);
        actions := !actions + List.length (R.receive !t ~now ~from:other ~port:5353 m)
  done;
  Printf.printf "some damaged %b, some answered %b\n" (!damaged > 1000) (!actions > 1000)

let () =
  Logs.set_level (Some Logs.Warning);
  Logs.set_reporter (Logs.format_reporter ~app:Format.std_formatter ~dst:Format.std_formatter ());
  questions ();
  conflicts ();
  mutations ();
  OS.Main.run (on_a_wire ())
