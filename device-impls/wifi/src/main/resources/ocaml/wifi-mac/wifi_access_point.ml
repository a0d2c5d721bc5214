(* SPDX-License-Identifier: Apache-2.0 *)

module Header = Dot11_header
module Management = Dot11_management
module Action = Wifi_action
module Client = Wifi_client

type event =
  | Started
  | Station_joined of Macaddr.t
  | Station_left of Macaddr.t * string
  | Station_refused of Macaddr.t * string

type actions = event Action.t list

(* Of a protected network: the keys of its frames to many. *)
type protection = { pmk : string; mutable group : Wpa_key_data.group; mutable cipher : Wifi_cipher.t }

type t = {
  mac : Macaddr.t;
  mode : Wifi_cipher.mode;
  random : int -> string;
  channel : int;
  ssid : string;
  protection : protection option;
  clients : Client.t option array;
  mutable beacons : int;  (** since the last second *)
  mutable time_us : int64;
  mutable seconds : int;  (** since the last group key *)
}

let most_stations = 8
let key_length = 16
let group_slot id = id - 1

let group_key random id =
  let key = random key_length in
  ({ Wpa_key_data.id; key }, Wifi_cipher.create ~id ~slot:(group_slot id) key)

let create ~mac ~mode ~random ~channel (network : Wifi_network.wanted) =
  let protected_by pmk =
    let group, cipher = group_key random 1 in
    { pmk; group; cipher }
  in
  { mac; mode; random; channel; ssid = network.ssid; protection = Option.map protected_by network.psk;
    clients = Array.make most_stations None; beacons = 0; time_us = 0L; seconds = 0 }

let send_frame frame = Action.Send { frame; slot = None }
let rsn t = Option.map (fun _ -> Dot11_rsn.wpa2) t.protection
let same a b = Macaddr.compare a b = 0

(* ---- The table of stations ---- *)

let clients t = List.filter_map Fun.id (Array.to_list t.clients)
let find t mac = List.find_opt (fun (c : Client.t) -> same c.mac mac) (clients t)
let stations t = List.filter_map (fun (c : Client.t) -> if Client.may_talk c then Some c.mac else None) (clients t)

let clear_key t (client : Client.t) =
  let had = Option.is_some client.pairwise in
  client.pairwise <- None;
  if had && t.mode = Wifi_cipher.Hardware then [ Action.Clear_key (Client.slot client) ] else []

let remove t (client : Client.t) why =
  let told =
    if Client.may_talk client then [ Action.Tell (Station_left (client.mac, why)) ] else []
  in
  t.clients.(client.number) <- None;
  clear_key t client @ told

let deauthenticate t mac reason =
  send_frame (Management.deauthentication ~source:t.mac ~destination:mac ~bssid:t.mac ~reason)

let expel t (client : Client.t) reason =
  let removed = remove t client (Dot11_code.reason reason) in
  deauthenticate t client.mac reason :: removed

let free_place t =
  let rec go i = if i = most_stations then None else if Option.is_none t.clients.(i) then Some i else go (i + 1) in
  go 0

(* The station of that address, which begins anew; without one of it and without room none. *)
let admit t mac =
  let place = match find t mac with Some client -> Some client.number | None -> free_place t in
  match place with
  | None -> None
  | Some number ->
      let before = match t.clients.(number) with Some client -> remove t client "it joins again" | None -> [] in
      t.clients.(number) <- Some (Client.create mac ~number);
      Some before

(* ---- Joining ---- *)

let authentication t mac ~algorithm ~transaction =
  let answer status =
    send_frame (Management.authentication ~source:t.mac ~destination:mac ~bssid:t.mac ~transaction:2 ~status)
  in
  if transaction <> 1 || Header.is_group mac then []
  else if algorithm <> 0 then [ answer Dot11_code.unsupported_algorithm ]
  else
    match admit t mac with
    | Some before -> before @ [ answer Dot11_code.success ]
    | None -> [ answer Dot11_code.no_room; Action.Tell (Station_refused (mac, "there is no room for it")) ]

let eapol t (client : Client.t) body =
  Wifi_eapol.frame t.mode client.pairwise (Dot11_data.From_access_point t.mac) ~source:t.mac ~destination:client.mac body

let group (p : protection) : Wpa_authenticator.group = { current = p.group; last = Wifi_cipher.sent p.cipher }

let tick_handshake t (client : Client.t) =
  match (client.phase, t.protection) with
  | Associated (Some authenticator), Some p ->
      if Wpa_authenticator.is_given_up authenticator then
        let why =
          if Wpa_authenticator.has_wrong_key authenticator then "it has another passphrase"
          else "it does not answer the handshake"
        in
        let refused = if Client.may_talk client then [] else [ Action.Tell (Station_refused (client.mac, why)) ] in
        refused @ expel t client Dot11_code.handshake_timeout
      else Option.fold ~none:[] ~some:(eapol t client) (Wpa_authenticator.tick authenticator (group p))
  | (Associated _ | Authenticated), _ -> []

let associate t (client : Client.t) ~ssid ~element =
  let answer status =
    send_frame
      (Management.association_response ~station:client.mac ~bssid:t.mac ~status ~aid:(Client.aid client)
         ~privacy:(Option.is_some t.protection))
  in
  let cleared = clear_key t client in
  if ssid <> Some t.ssid then [ answer Dot11_code.unspecified ]
  else
    match t.protection with
    | None ->
        client.phase <- Associated None;
        [ answer Dot11_code.success; Action.Tell (Station_joined client.mac) ]
    | Some p -> (
        match Option.map (fun e -> (e, Dot11_rsn.parse (Cstruct.of_string e))) element with
        | Some (element, Ok rsn) when Dot11_rsn.unusable rsn = None ->
            let authenticator =
              Wpa_authenticator.create ~pmk:p.pmk ~own:t.mac ~peer:client.mac ~random:t.random ~announced:Dot11_rsn.wpa2
                ~sent:element
            in
            client.phase <- Associated (Some authenticator);
            let answered = answer Dot11_code.success in
            cleared @ (answered :: tick_handshake t client)
        | Some _ | None -> [ answer Dot11_code.invalid_element ])

let probed t mac ssid =
  if ssid = None || ssid = Some t.ssid then
    [ send_frame
        (Management.probe_response ~bssid:t.mac ~station:mac ~timestamp_us:t.time_us ~channel:t.channel ~ssid:t.ssid
           ~rsn:(rsn t)) ]
  else []

let management t (header : Header.t) frame =
  let mac = header.address2 in
  match (Management.parse header frame, find t mac) with
  | Some (Probe_request ssid), _ when not (Header.is_group mac) -> probed t mac ssid
  | Some _, _ when not (same header.address1 t.mac) -> []
  | Some (Authentication { algorithm; transaction; status = _ }), _ -> authentication t mac ~algorithm ~transaction
  | Some (Association_request { ssid; rsn }), Some client -> associate t client ~ssid ~element:rsn
  | Some (Association_request _), None -> [ deauthenticate t mac Dot11_code.not_authenticated ]
  | Some (Disassociation reason | Deauthentication reason), Some client -> remove t client (Dot11_code.reason reason)
  | _ -> []

(* ---- Frames to stations ---- *)

let direction t = Dot11_data.From_access_point t.mac

let send_by t key buffer =
  match (Dot11_data.of_ethernet (direction t) ~secured:(Option.is_some key) buffer, key) with
  | None, _ -> []
  | Some frame, None -> [ send_frame frame ]
  | Some frame, Some key -> [ Wifi_cipher.seal t.mode key frame ]

let send t buffer =
  if Cstruct.length buffer < Dot11_data.overhead then []
  else
    let destination = Dot11_data.destination (Cstruct.shift buffer Dot11_data.front) in
    if Header.is_group destination then
      if stations t = [] then [] else send_by t (Option.map (fun p -> p.cipher) t.protection) buffer
    else
      match find t destination with
      | Some client when Client.may_talk client -> send_by t client.pairwise buffer
      | Some _ | None -> []

(* ---- Frames of stations ---- *)

let install t (client : Client.t) secret =
  let key = Wifi_cipher.create ~id:0 ~slot:(Client.slot client) secret in
  client.pairwise <- Some key;
  Wifi_cipher.set t.mode key ~address:client.mac ~group:false

let handshake t (client : Client.t) body =
  match (client.phase, t.protection) with
  | Associated (Some authenticator), Some p -> (
      match Wpa_authenticator.receive authenticator (group p) body with
      | Nothing _ | Group_key_taken -> []
      | Send frame -> eapol t client frame
      | Established secret -> install t client secret @ [ Action.Tell (Station_joined client.mac) ])
  | (Associated _ | Authenticated), _ -> []

(* To the host, to other stations, or both. The copy has room for the header of the way back. *)
let forward t ethernet =
  let copy () =
    let buffer = Cstruct.create (Dot11_data.front + Cstruct.length ethernet) in
    Cstruct.blit ethernet 0 buffer Dot11_data.front (Cstruct.length ethernet);
    buffer
  in
  let destination = Dot11_data.destination ethernet in
  if Header.is_group destination then
    let out = send t (copy ()) in
    out @ [ Action.Deliver ethernet ]
  else if Option.is_some (find t destination) then send t (copy ())
  else [ Action.Deliver ethernet ]

let take t (client : Client.t) (header : Header.t) frame =
  match Dot11_data.to_ethernet header frame with
  | None -> []
  | Some ethernet -> (
      match Wifi_eapol.body ethernet with
      | Some body -> handshake t client body
      | None ->
          let right = header.secured = Option.is_some t.protection in
          let own_address = same client.mac (Header.address ethernet 6) in
          if Client.may_talk client && right && own_address then forward t ethernet else [])

let is_again (client : Client.t) (header : Header.t) =
  let again = header.retry && header.sequence = client.last in
  client.last <- header.sequence;
  again

let data t (header : Header.t) (received : Action.received) =
  if (not header.to_ds) || header.from_ds || not (same header.address1 t.mac) then []
  else
    match find t header.address2 with
    | None -> if Header.is_group header.address2 then [] else [ deauthenticate t header.address2 Dot11_code.not_associated ]
    | Some client -> (
        client.idle <- 0;
        if is_again client header then []
        else if not header.secured then take t client header received.frame
        else
          match Option.bind client.pairwise (fun key -> Wifi_cipher.unseal key header received) with
          | None -> []
          | Some frame -> take t client header frame)

let frame t (received : Action.received) =
  match Header.parse received.frame with
  | None -> []
  | Some ({ kind = Header.Management; _ } as header) -> management t header received.frame
  | Some ({ kind = Header.Data; _ } as header) -> data t header received

(* ---- Time ---- *)

let beacon_ms = 102
let beacon_us = 102_400L
let beacons_a_second = 10
let hour = 3600
let idle_longest = 300
let joining_longest = 10

let beacon t =
  t.time_us <- Int64.add t.time_us beacon_us;
  send_frame
    (Management.beacon ~bssid:t.mac ~timestamp_us:t.time_us ~channel:t.channel ~ssid:t.ssid ~rsn:(rsn t))

let set_group_key t p = Wifi_cipher.set t.mode p.cipher ~address:t.mac ~group:true

let rekey t =
  t.seconds <- 0;
  match t.protection with
  | None -> []
  | Some p ->
      let group, cipher = group_key t.random (3 - p.group.id) in
      p.group <- group;
      p.cipher <- cipher;
      let tell (client : Client.t) =
        match client.phase with
        | Associated (Some authenticator) ->
            Wpa_authenticator.rekey authenticator;
            tick_handshake t client
        | Associated None | Authenticated -> []
      in
      let told = List.concat_map tell (clients t) in
      set_group_key t p @ told

let each_second t =
  t.beacons <- 0;
  t.seconds <- t.seconds + 1;
  let one (client : Client.t) =
    client.idle <- client.idle + 1;
    let longest = if Client.may_talk client then idle_longest else joining_longest in
    if client.idle > longest then expel t client Dot11_code.inactivity else tick_handshake t client
  in
  let told = List.concat_map one (clients t) in
  if t.seconds >= hour then told @ rekey t else told

let wake t =
  t.beacons <- t.beacons + 1;
  let first = Action.[ beacon t; Wake beacon_ms ] in
  if t.beacons >= beacons_a_second then first @ each_second t else first

let start t =
  [ Action.Tune t.channel; Action.Filter (Access_point t.mac) ]
  @ Option.fold ~none:[] ~some:(set_group_key t) t.protection
  @ (Action.Tell Started :: wake t)

let stop t =
  let group = match (t.protection, t.mode) with Some _, Hardware -> Action.[ Clear_key 0; Clear_key 1 ] | _ -> [] in
  List.concat_map (fun client -> expel t client Dot11_code.leaving) (clients t) @ group
