(* SPDX-License-Identifier: Apache-2.0 *)

(* Stations and access points of this project on one air. Argument: which of the situations below. *)

open Lwt.Syntax
module Net = Wifi_interface.Make (Air) (OS.Time)

let elapsed_ms () = Int64.to_int (Int64.div (Mclock.elapsed_ns ()) 1_000_000L)
let say fmt = Format.kasprintf (fun s -> Printf.printf "%s\n%!" s) fmt
let seconds n = OS.Time.sleep_ns (Int64.mul (Int64.of_int n) 1_000_000_000L)
let random n = Cstruct.to_string (Mirage_random_hardware.generate n)

let air = Air.create ()
let mode = ref Wifi_cipher.Hardware

let interface number =
  let radio = Air.radio air number in
  (radio, Net.create ~mode:!mode ~random radio)

let passphrase = "12345678"

let serve ?(passphrase = passphrase) ?(ssid = "home") ?channel net =
  Lwt.map (function Ok () -> () | Error why -> say "not served: %s" why) (Net.serve net ~ssid ~passphrase ?channel ())

let join ?(passphrase = passphrase) ?(ssid = "home") net =
  Lwt.map (function Ok () -> say "joined" | Error why -> say "%s" why) (Net.join net ~ssid ~passphrase ())

let watch name net = Net.watch net (fun event -> say "%s: %a" name Wifi_interface.pp_event event)

(* ---- Frames with a number ---- *)

let number frame = Cstruct.BE.get_uint16 frame 14

let put destination source i frame =
  Cstruct.blit_from_string (Macaddr.to_octets destination) 0 frame 0 6;
  Cstruct.blit_from_string (Macaddr.to_octets source) 0 frame 6 6;
  Cstruct.BE.set_uint16 frame 12 0x88B5;
  Cstruct.BE.set_uint16 frame 14 i;
  Cstruct.length frame

let send net destination ?(size = 200) i = Lwt.map ignore (Net.write net ~size (put destination (Net.mac net) i))

(* All numbers that arrive, in order. *)
let collect net =
  let got = ref [] in
  Lwt.async (fun () ->
      Lwt.map ignore (Net.listen net ~header_size:14 (fun frame -> got := number frame :: !got; Lwt.return_unit)));
  fun () -> List.rev !got

let rec send_all net destination = function
  | [] -> Lwt.return_unit
  | i :: rest ->
      let* () = send net destination ~size:(16 + (i * 13 mod 1400)) i in
      send_all net destination rest

let show name numbers = say "%s: %s" name (String.concat " " (List.map string_of_int numbers))

(* ---- Situations ---- *)

(* Both ways, to one and to all, and from station to station. *)
let talk ?passphrase () =
  let _, a = interface 1 and _, b = interface 2 and _, c = interface 3 in
  let got_a = collect a and got_b = collect b and got_c = collect c in
  let* () = serve ?passphrase ~channel:6 a in
  let* () = join ?passphrase b in
  let* () = join ?passphrase c in
  let* () = send_all b (Net.mac a) [ 1; 2; 3 ] in
  let* () = send_all a (Net.mac b) [ 11; 12; 13 ] in
  let* () = send b (Net.mac c) 21 in
  let* () = send b Macaddr.broadcast 22 in
  let* () = send a Macaddr.broadcast 23 in
  let* () = seconds 1 in
  show "a" (got_a ());
  show "b" (got_b ());
  show "c" (got_c ());
  let stats = Net.get_stats_counters b in
  say "b sent %ld, received %ld; %d stations; b hears %d dBm" stats.tx_pkts stats.rx_pkts (List.length (Net.stations a))
    (Option.value (Net.signal b) ~default:0);
  Lwt.return_unit

(* What can be read on the air. *)
let secrecy () =
  let _, a = interface 1 and _, b = interface 2 in
  let readable = ref 0 and data = ref 0 in
  let secret = String.make 40 '\x5A' in
  let contains text part =
    let n = String.length part in
    let rec at i = i + n <= String.length text && (String.equal (String.sub text i n) part || at (i + 1)) in
    at 0
  in
  air.tap <-
    (fun frame ->
      let text = Cstruct.to_string frame in
      if String.length text > 200 then incr data;
      if contains text secret then incr readable);
  let fill destination net frame = Cstruct.memset frame 0x5A; put destination (Net.mac net) 1 frame in
  let write net destination = Lwt.map ignore (Net.write net ~size:300 (fill destination net)) in
  let* () = serve a in
  let* () = join b in
  let* () = write b (Net.mac a) in
  let* () = write a (Net.mac b) in
  let* () = write a Macaddr.broadcast in
  say "%d frames, %d of them readable" !data !readable;
  Lwt.return_unit

(* One frame in ten is lost, and one acknowledgement in ten. *)
let lossy () =
  let _, a = interface 1 and _, b = interface 2 in
  let* () = serve a in
  air.loss <- 100;
  let* () = join b in
  let got_a = collect a and got_b = collect b in
  let numbers = List.init 1000 succ in
  let* () = Lwt.join [ send_all b (Net.mac a) numbers; send_all a (Net.mac b) numbers ] in
  let* () = seconds 1 in
  let rec rising = function x :: (y :: _ as rest) -> x < y && rising rest | _ -> true in
  let judge name got = say "%s: most %b, in order and once %b" name (List.length got >= 990) (rising got) in
  judge "a" (got_a ());
  judge "b" (got_b ());
  Lwt.return_unit

let wrong () =
  let _, a = interface 1 and _, b = interface 2 in
  let* () = serve a in
  watch "ap" a;
  let* () = join ~passphrase:"87654321" b in
  say "%d stations" (List.length (Net.stations a));
  let* () = seconds 20 in
  let* () = join b in
  seconds 1

let vanishing () =
  let radio, a = interface 1 and _, b = interface 2 in
  let* () = serve a in
  let* () = join b in
  Net.watch b (fun event -> say "%d s: %a" (elapsed_ms () / 1000) Wifi_interface.pp_event event);
  let* () = seconds 5 in
  radio.on <- false;
  let* () = seconds 60 in
  radio.on <- true;
  let* () = seconds 60 in
  say "linked %b" (Option.is_some (Net.access_point b));
  (* It comes back without knowing us: a frame of ours tells. *)
  let* () = Net.leave a in
  let* () = serve a in
  let* () = send b (Net.mac a) 1 in
  let* () = seconds 5 in
  say "linked %b" (Option.is_some (Net.access_point b));
  let* () = Net.leave b in
  let* () = seconds 1 in
  say "%d stations" (List.length (Net.stations a));
  Lwt.return_unit

let unfit () =
  let _, a = interface 1 and _, b = interface 2 in
  let* () = serve a in
  let* () = join ~passphrase:"" b in
  let* () = join ~ssid:"elsewhere" b in
  let* () = serve ~passphrase:"" a in
  let* () = join b in
  let* () = join ~passphrase:"short" b in
  let* () = join ~passphrase:"caf\xC3\xA9 au lait" b in
  let* () = join ~ssid:(String.make 33 'x') b in
  serve ~ssid:"" a

let looking () =
  let _, a = interface 1 and _, b = interface 2 and far, c = interface 3 in
  far.rssi <- -80;
  let got = collect b in
  let* () = serve ~channel:3 a in
  let* () = serve ~channel:11 ~ssid:"other" ~passphrase:"" c in
  let* networks = Net.scan b () in
  List.iter (fun n -> say "%a" Wifi_network.pp_seen n) networks;
  let* () = join b in
  let before = elapsed_ms () in
  let looking = Net.scan b () in
  (* Sent when it is back. *)
  let* () = send b (Net.mac a) 1 in
  say "sent %b" (elapsed_ms () - before > 500);
  let* networks = looking in
  let* () = send a (Net.mac b) 2 in
  say "%d heard, linked %b" (List.length networks) (Option.is_some (Net.access_point b));
  let* () = seconds 1 in
  show "b" (got ());
  Lwt.return_unit

(* A station becomes an access point and a station again, also while it looks around. *)
let changing () =
  let _, a = interface 1 and _, b = interface 2 in
  let looking = Net.scan a () in
  let* () = serve a in
  let* networks = looking in
  say "%d networks" (List.length networks);
  let* nothing = Net.scan a () in
  let* () = join b in
  let* () = Net.leave a in
  let* () = seconds 1 in
  say "%d networks, linked %b" (List.length nothing) (Option.is_some (Net.access_point b));
  let* () = serve ~passphrase:"another one" b in
  let* () = join ~passphrase:"another one" a in
  let got = collect b in
  let* () = send a (Net.mac b) 7 in
  let* () = seconds 1 in
  show "b" (got ());
  let* () = Net.disconnect a in
  let* after = Net.write a ~size:60 (put (Net.mac b) (Net.mac a) 8) in
  let* () = seconds 1 in
  say "over %b, %d stations" (after = Error `Disconnected) (List.length (Net.stations b));
  Lwt.return_unit

(* Nine stations, eight places. *)
let crowd () =
  let _, a = interface 1 in
  let* () = serve a in
  let rec more n =
    if n > 10 then Lwt.return_unit
    else
      let _, station = interface n in
      let* () = join station in
      more (n + 1)
  in
  let* () = more 2 in
  say "%d stations" (List.length (Net.stations a));
  Lwt.return_unit

let situations =
  [ ("open", talk ~passphrase:""); ("wpa2", talk ?passphrase:None); ("secrecy", secrecy); ("lossy", lossy);
    ("wrong", wrong); ("vanishing", vanishing); ("unfit", unfit); ("looking", looking);
    ("crowd", crowd); ("changing", changing) ]

let () =
  let arguments = String.split_on_char ' ' (Sys.getenv "BOARD_ARGS") in
  if List.mem "software" arguments then mode := Wifi_cipher.Software;
  OS.Main.run ((List.assoc (List.hd arguments) situations) ())
