(* SPDX-License-Identifier: Apache-2.0 *)

module Header = Dot11_header

let ccmp_header = 8
let snap = 8
let ethernet = 14
let overhead = Header.size + ccmp_header + snap
let front = overhead - ethernet

type direction = To_access_point of Macaddr.t | From_access_point of Macaddr.t

(* DSAP and SSAP SNAP, unnumbered information; the organisation code 0 says that an Ethernet type follows. The tunnel of
   IEEE 802.1H is for two types that nobody uses; it is understood. *)
let rfc1042 = "\xAA\xAA\x03\x00\x00\x00"
let tunnel = "\xAA\xAA\x03\x00\x00\xF8"
let destination frame = Header.address frame 0

let of_ethernet direction ~secured buffer =
  if Cstruct.length buffer < overhead then None
  else
    let frame = Cstruct.shift buffer front in
    let ethertype = Cstruct.BE.get_uint16 frame 12 in
    if ethertype < 0x600 then None
    else begin
      let destination = Header.address frame 0 and source = Header.address frame 6 in
      let frame = if secured then buffer else Cstruct.shift buffer ccmp_header in
      (match direction with
      | To_access_point bssid ->
          Header.write frame Header.Data ~subtype:0 ~to_ds:true ~address1:bssid ~address2:source ~address3:destination ()
      | From_access_point bssid ->
          Header.write frame Header.Data ~subtype:0 ~from_ds:true ~address1:destination ~address2:bssid
            ~address3:source ());
      if secured then Header.set_secured frame;
      Cstruct.blit_from_string rfc1042 0 buffer (overhead - snap) 6;
      Cstruct.BE.set_uint16 buffer (overhead - 2) ethertype;
      Some frame
    end

(* Subtypes with bit 2 have no data; 9.2.4.1.3. *)
let has_data (header : Header.t) = header.kind = Header.Data && header.subtype land 4 = 0
let is_quality (header : Header.t) = header.subtype land 8 <> 0

(* QoS control, bit 7: the body is an aggregate. Its place is behind the three addresses: a fourth is refused before. *)
let is_aggregate (header : Header.t) frame = is_quality header && Cstruct.get_uint8 frame Header.size land 0x80 <> 0

let addresses (header : Header.t) =
  match (header.to_ds, header.from_ds) with
  | true, false -> Some (header.address3, header.address2)
  | false, true -> Some (header.address1, header.address3)
  | false, false -> Some (header.address1, header.address2)
  | true, true -> None

let to_ethernet (header : Header.t) frame =
  let llc = header.length + if header.secured then ccmp_header else 0 in
  let payload = llc + snap in
  if (not (has_data header)) || header.more_fragments || header.fragment <> 0 || Cstruct.length frame < payload then None
  else
    match addresses header with
    | Some (destination, source) when not (is_aggregate header frame) ->
        let code = Cstruct.to_string frame ~off:llc ~len:6 in
        if String.equal code rfc1042 || String.equal code tunnel then begin
          let start = payload - ethernet in
          let result = Cstruct.shift frame start in
          Cstruct.blit_from_string (Macaddr.to_octets destination) 0 result 0 6;
          Cstruct.blit_from_string (Macaddr.to_octets source) 0 result 6 6;
          Some result
        end
        else None
    | Some _ | None -> None

let null ~source ~bssid ~power_management =
  let frame = Cstruct.create Header.size in
  Header.write frame Header.Data ~subtype:4 ~to_ds:true ~power_management ~address1:bssid ~address2:source
    ~address3:bssid ();
  frame
