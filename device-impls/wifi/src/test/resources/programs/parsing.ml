(* SPDX-License-Identifier: Apache-2.0 *)

(* What frames written by others mean here. *)

let say fmt = Format.kasprintf print_endline fmt
let element body = Cstruct.of_string body

let network ?(privacy = true) ?rsn ?(wpa = false) name =
  let a = { Dot11_management.ssid = "x"; channel = Some 4; privacy; rsn; wpa } in
  match (Wifi_network.seen a ~bssid:Macaddr.broadcast ~channel:3 ~rssi:(-70)).security with
  | Unprotected -> say "%s: open" name
  | Wpa2 _ -> say "%s: WPA2" name
  | Unusable why -> say "%s: %s" name why

let suites group pairwise management capabilities =
  Printf.sprintf "\001\000\x00\x0F\xAC%c\001\000\x00\x0F\xAC%c%c\000%s%s" group pairwise
    (Char.chr (List.length management))
    (String.concat "" (List.map (fun m -> Printf.sprintf "\x00\x0F\xAC%c" m) management))
    capabilities

let networks () =
  network "plain" ~privacy:false;
  network "wep";
  network "wpa" ~wpa:true;
  network "wpa2" ~rsn:Dot11_rsn.wpa2;
  network "mixed wpa2 and wpa3" ~rsn:(suites '\004' '\004' [ '\002'; '\008' ] "\x80\x00");
  network "wpa3" ~rsn:(suites '\004' '\004' [ '\008' ] "\xC0\x00");
  network "enterprise" ~rsn:(suites '\004' '\004' [ '\001' ] "\x00\x00");
  network "tkip for all" ~rsn:(suites '\002' '\004' [ '\002' ] "\x00\x00");
  network "tkip" ~rsn:(suites '\002' '\002' [ '\002' ] "\x00\x00");
  network "protected management" ~rsn:(suites '\004' '\004' [ '\002' ] "\x40\x00");
  network "sha256" ~rsn:(suites '\004' '\004' [ '\006' ] "");
  network "defaults" ~rsn:"\001\000";
  network "cut" ~rsn:(String.sub Dot11_rsn.wpa2 0 9);
  network "another version" ~rsn:"\002\000";
  network "many suites" ~rsn:"\001\000\x00\x0F\xAC\004\255\255\x00\x0F\xAC\004"

let elements () =
  let ssid text = match Dot11_element.ssid (element text) with Some s -> say "ssid %S" s | None -> say "no ssid" in
  ssid "\000\003abc";
  ssid "\001\001x\000\003abc";
  ssid "\000\003\000\000\000";
  ssid ("\000\033" ^ String.make 33 'x');
  ssid "\001\200abc\000\001a";
  ssid ""

(* To an access point with QoS, and between access points. *)
let data () =
  let body = "\xAA\xAA\x03\x00\x00\x00\x08\x00payload" in
  let frame ?(quality = "") control flags body =
    Printf.sprintf "%c%c\000\000%s%s%s\000\000%s%s" (Char.chr control) (Char.chr flags) (String.make 6 '\002')
      (String.make 6 '\004') (String.make 6 '\006') quality body
  in
  let show name text =
    let frame = Cstruct.of_string text in
    match Dot11_header.parse frame with
    | None -> say "%s: no header" name
    | Some header -> (
        match Dot11_data.to_ethernet header frame with
        | Some e ->
            say "%s: %a to %a, %S" name Macaddr.pp (Dot11_header.address e 6) Macaddr.pp (Dot11_header.address e 0)
              (Cstruct.to_string e ~off:12)
        | None -> say "%s: no Ethernet frame" name)
  in
  show "to the access point" (frame 0x08 0x01 body);
  show "from it" (frame 0x08 0x02 body);
  show "quality" (frame 0x88 0x02 ~quality:"\x05\x00" body);
  show "aggregate" (frame 0x88 0x02 ~quality:"\x85\x00" body);
  show "fragment" (frame 0x08 0x06 body);
  show "null" (frame 0x48 0x02 body);
  show "other LLC" (frame 0x08 0x02 "\x42\x42\x03 spanning tree");
  show "between access points" (frame 0x08 0x03 ("\008\008\008\008\008\008" ^ body));
  show "control" (frame 0xD4 0x00 body);
  show "short" "\x08\x02\000"

(* All beginnings of a frame are read, and none raises. *)
let beginnings () =
  let bssid = Macaddr.of_octets_exn "\002\000\000\000\001\001" in
  let whole = Dot11_management.beacon ~bssid ~timestamp_us:1L ~channel:6 ~ssid:"home" ~rsn:(Some Dot11_rsn.wpa2) in
  let one n =
    let frame = Cstruct.sub whole 0 n in
    match Option.bind (Dot11_header.parse frame) (fun header -> Dot11_management.parse header frame) with
    | Some (Beacon { ssid = "home"; rsn; _ }) -> if Option.is_some rsn then `Whole else `Named
    | Some _ -> `Unnamed
    | None -> `Nothing
  in
  let all = List.init (Cstruct.length whole + 1) one in
  let count what = List.length (List.filter (( = ) what) all) in
  say "nothing %d, without a name %d, with a name %d, whole %d" (count `Nothing) (count `Unnamed) (count `Named)
    (count `Whole)

let () =
  networks ();
  elements ();
  data ();
  beginnings ();
  say "%s; %s; %s" (Dot11_code.reason 15) (Dot11_code.reason 4711) (Dot11_code.status 17)
