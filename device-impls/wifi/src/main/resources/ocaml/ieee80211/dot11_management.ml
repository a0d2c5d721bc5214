(* SPDX-License-Identifier: Apache-2.0 *)

module Header = Dot11_header
module Element = Dot11_element

type announcement = {
  ssid : string;
  channel : int option;
  privacy : bool;
  rsn : string option;
  wpa : bool;
}

type t =
  | Beacon of announcement
  | Probe_response of announcement
  | Probe_request of string option
  | Authentication of { algorithm : int; transaction : int; status : int }
  | Association_request of { ssid : string option; rsn : string option }
  | Association_response of { status : int; aid : int }
  | Disassociation of int
  | Deauthentication of int

(* Subtypes, table 9-1. *)
let association_request_type = 0
let association_response_type = 1
let reassociation_request_type = 2
let reassociation_response_type = 3
let probe_request_type = 4
let probe_response_type = 5
let beacon_type = 8
let disassociation_type = 10
let authentication_type = 11
let deauthentication_type = 12

(* Capabilities, 9.4.1.4. *)
let infrastructure = 0x0001
let private_network = 0x0010
let short_slot = 0x0400
let beacon_interval_tu = 100
let named elements = match Element.ssid elements with Some "" -> None | other -> other
let rsn elements = Option.map Cstruct.to_string (Element.rsn elements)

let is_wpa elements =
  match Element.find Element.vendor elements with
  | Some body -> Cstruct.length body >= 4 && String.equal (Cstruct.to_string body ~off:0 ~len:4) Element.wpa_type
  | None -> false

let announcement body =
  let elements = Cstruct.shift body 12 in
  { ssid = Option.value (Element.ssid elements) ~default:""; channel = Element.channel elements;
    privacy = Cstruct.LE.get_uint16 body 10 land private_network <> 0; rsn = rsn elements; wpa = is_wpa elements }

(* The frames, and how many bytes of fixed fields each has. *)
let parse (header : Header.t) frame =
  let body = Cstruct.shift frame header.length in
  let having bytes make = if Cstruct.length body < bytes then None else Some (make ()) in
  let field at = Cstruct.LE.get_uint16 body at in
  let subtype = header.subtype in
  if header.kind <> Header.Management || header.secured then None
  else if subtype = beacon_type then having 12 (fun () -> Beacon (announcement body))
  else if subtype = probe_response_type then having 12 (fun () -> Probe_response (announcement body))
  else if subtype = probe_request_type then Some (Probe_request (named body))
  else if subtype = authentication_type then
    having 6 (fun () -> Authentication { algorithm = field 0; transaction = field 2; status = field 4 })
  else if subtype = association_request_type || subtype = reassociation_request_type then
    (* A renewed association names the access point it leaves. *)
    let fixed = if subtype = association_request_type then 4 else 10 in
    having fixed (fun () ->
        let elements = Cstruct.shift body fixed in
        Association_request { ssid = named elements; rsn = rsn elements })
  else if subtype = association_response_type || subtype = reassociation_response_type then
    having 6 (fun () -> Association_response { status = field 2; aid = field 4 land 0x3FFF })
  else if subtype = disassociation_type then having 2 (fun () -> Disassociation (field 0))
  else if subtype = deauthentication_type then having 2 (fun () -> Deauthentication (field 0))
  else None

(* ---- Writing ---- *)

let frame subtype ~destination ~source ~bssid body =
  let frame = Cstruct.create (Header.size + String.length body) in
  Header.write frame Header.Management ~subtype ~address1:destination ~address2:source ~address3:bssid ();
  Cstruct.blit_from_string body 0 frame Header.size (String.length body);
  frame

let fields numbers =
  let bytes = Bytes.create (2 * List.length numbers) in
  List.iteri (fun i number -> Bytes.set_uint16_le bytes (2 * i) number) numbers;
  Bytes.unsafe_to_string bytes

let capabilities privacy = infrastructure lor short_slot lor if privacy then private_network else 0

let announced ~timestamp_us ~channel ~ssid ~rsn ~tim =
  let timestamp = Bytes.create 8 in
  Bytes.set_int64_le timestamp 0 timestamp_us;
  String.concat ""
    [ Bytes.unsafe_to_string timestamp; fields [ beacon_interval_tu; capabilities (Option.is_some rsn) ];
      Element.build_ssid ssid; Element.build_rates; Element.build_channel channel;
      (if tim then Element.build_tim else ""); Element.build_more_rates;
      Option.fold ~none:"" ~some:Element.build_rsn rsn ]

let beacon ~bssid ~timestamp_us ~channel ~ssid ~rsn =
  frame beacon_type ~destination:Macaddr.broadcast ~source:bssid ~bssid
    (announced ~timestamp_us ~channel ~ssid ~rsn ~tim:true)

let probe_response ~bssid ~station ~timestamp_us ~channel ~ssid ~rsn =
  frame probe_response_type ~destination:station ~source:bssid ~bssid
    (announced ~timestamp_us ~channel ~ssid ~rsn ~tim:false)

let probe_request ~source ?(bssid = Macaddr.broadcast) ~ssid () =
  frame probe_request_type ~destination:bssid ~source ~bssid
    (Element.build_ssid ssid ^ Element.build_rates ^ Element.build_more_rates)

let authentication ~source ~destination ~bssid ~transaction ~status =
  frame authentication_type ~destination ~source ~bssid (fields [ 0; transaction; status ])

let listen_interval = 10

let association_request ~source ~bssid ~ssid ~rsn =
  frame association_request_type ~destination:bssid ~source ~bssid
    (String.concat ""
       [ fields [ capabilities (Option.is_some rsn); listen_interval ]; Element.build_ssid ssid; Element.build_rates;
         Element.build_more_rates; Option.fold ~none:"" ~some:Element.build_rsn rsn ])

(* 9.4.1.8: the two high bits of an AID are set. *)
let association_response ~station ~bssid ~status ~aid ~privacy =
  frame association_response_type ~destination:station ~source:bssid ~bssid
    (fields [ capabilities privacy; status; aid lor 0xC000 ] ^ Element.build_rates ^ Element.build_more_rates)

let deauthentication ~source ~destination ~bssid ~reason =
  frame deauthentication_type ~destination ~source ~bssid (fields [ reason ])
