(* SPDX-License-Identifier: Apache-2.0 *)

module Header = Dot11_header
module Management = Dot11_management
module Action = Wifi_action
module Link = Wifi_link
module Network = Wifi_network

type event =
  | Joining of Network.seen
  | Joined of Network.seen
  | Lost of Wifi_failure.t
  | Not_joined of Wifi_failure.t * int
  | Left
  | Seen of Network.seen list

type actions = event Action.t list

type state =
  | Idle
  | Searching of Wifi_scan.t
  | Authenticating of Network.seen * int  (** how often it was asked *)
  | Associating of Network.seen * int
  | Shaking_hands of Link.t * int  (** for how many seconds *)
  | Connected of Link.t
  | Waiting  (** for the next try *)

type t = {
  own : Link.own;
  random : int -> string;
  mutable wanted : Network.wanted option;
  mutable state : state;
  mutable failures : int;  (** in a row *)
  mutable channel : int;  (** where the network was heard last *)
  mutable asked : string option;  (** a survey that has to wait: for which SSID *)
  mutable survey : (string * Wifi_scan.t) option;  (** for which SSID *)
}

let create ~mac ~mode ~random =
  { own = { mac; mode }; random; wanted = None; state = Idle; failures = 0; channel = 1; asked = None; survey = None }

let send_frame frame = Action.Send { frame; slot = None }
let patience = 200
let tries = 4
let second = 1000

(* ---- Surveys ---- *)

let may_survey t =
  match t.state with
  | Idle | Connected _ | Waiting -> true
  | Searching _ | Authenticating _ | Associating _ | Shaking_hands _ -> false

let null t (link : Link.t) ~power_management =
  send_frame (Dot11_data.null ~source:t.own.mac ~bssid:link.access_point.bssid ~power_management)

let begin_survey t =
  match t.asked with
  | Some ssid when may_survey t && Option.is_none t.survey ->
      let scan, actions = Wifi_scan.start ~mac:t.own.mac ~ssid () in
      t.asked <- None;
      t.survey <- Some (ssid, scan);
      (match t.state with Connected link -> [ null t link ~power_management:true ] | _ -> []) @ actions
  | Some _ | None -> []

(* Back to what the survey has interrupted. *)
let end_survey t scan =
  t.survey <- None;
  let back =
    match t.state with
    | Connected link ->
        link.heard <- true;
        Action.
          [ Tune link.access_point.channel; Filter (Station link.access_point.bssid);
            null t link ~power_management:false; Wake second ]
    | Waiting -> [ Action.Wake second ]
    | Idle | Searching _ | Authenticating _ | Associating _ | Shaking_hands _ -> []
  in
  (Action.Tell (Seen (Wifi_scan.found scan)) :: back) @ begin_survey t

(* It begins again when there is a link. *)
let postpone_survey t =
  match t.survey with
  | None -> ()
  | Some (ssid, _) ->
      t.survey <- None;
      t.asked <- Some ssid

let survey t ?(ssid = "") () =
  t.asked <- Some ssid;
  begin_survey t

(* ---- Looking for the network ---- *)

let search t (wanted : Network.wanted) =
  let scan, actions = Wifi_scan.start ~mac:t.own.mac ~first:t.channel ~ssid:wanted.ssid () in
  t.state <- Searching scan;
  actions

let longest_wait = 60_000

(* A second, two, four ...: and a quarter more or less, so that all boards of a house do not come back at once. *)
let wait t =
  let base = min longest_wait (second lsl min 6 t.failures) in
  (base * 3 / 4) + (base * Char.code (t.random 1).[0] / 512)

let fail t failure =
  let delay = wait t in
  t.failures <- t.failures + 1;
  t.state <- Waiting;
  Action.[ Tell (Not_joined (failure, delay)); Wake delay ] @ begin_survey t

let authenticate t (access_point : Network.seen) n =
  let bssid = access_point.bssid in
  t.state <- Authenticating (access_point, n);
  [ send_frame (Management.authentication ~source:t.own.mac ~destination:bssid ~bssid ~transaction:1 ~status:0);
    Action.Wake patience ]

let matching (wanted : Network.wanted) scan =
  List.filter (fun (s : Network.seen) -> String.equal s.ssid wanted.ssid) (Wifi_scan.found scan)

let choose t wanted scan =
  let heard = matching wanted scan in
  match List.find_opt (fun seen -> Network.fits wanted seen = Ok ()) heard with
  | Some best ->
      t.channel <- best.channel;
      Action.[ Tell (Joining best); Tune best.channel; Filter (Station best.bssid) ] @ authenticate t best 1
  | None -> (
      match heard with
      | [] -> fail t Not_found
      | first :: _ -> fail t (Unfit (Result.fold ~ok:(fun () -> "") ~error:Fun.id (Network.fits wanted first))))

(* Strong enough: the other channels have nothing better. *)
let strong = -65

let is_strong wanted scan =
  List.exists (fun (s : Network.seen) -> s.rssi >= strong && Network.fits wanted s = Ok ()) (matching wanted scan)

let search_on t wanted scan =
  if is_strong wanted scan then choose t wanted scan
  else match Wifi_scan.wake scan with Some actions -> actions | None -> choose t wanted scan

(* ---- Joining it ---- *)

let rsn (seen : Network.seen) = match seen.security with Wpa2 element -> Some element | Unprotected | Unusable _ -> None

let associate t (access_point : Network.seen) n =
  t.state <- Associating (access_point, n);
  let rsn = Option.map (fun _ -> Dot11_rsn.wpa2) (rsn access_point) in
  [ send_frame
      (Management.association_request ~source:t.own.mac ~bssid:access_point.bssid ~ssid:access_point.ssid ~rsn);
    Action.Wake patience ]

let connected t (link : Link.t) =
  t.state <- Connected link;
  t.failures <- 0;
  Action.[ Tell (Joined link.access_point); Wake second ] @ begin_survey t

let associated t (access_point : Network.seen) =
  match (rsn access_point, t.wanted) with
  | Some announced, Some { psk = Some pmk; _ } ->
      let supplicant =
        Wpa_supplicant.create ~pmk ~own:t.own.mac ~peer:access_point.bssid ~random:t.random ~sent:Dot11_rsn.wpa2
          ~announced
      in
      t.state <- Shaking_hands (Link.create access_point (Some supplicant), 0);
      [ Action.Wake second ]
  | None, _ | Some _, (Some { psk = None; _ } | None) -> connected t (Link.create access_point None)

(* ---- Losing it ---- *)

let lose t (link : Link.t) failure =
  t.failures <- 0;
  postpone_survey t;
  let keys = Link.clear_keys t.own link in
  let again = match t.wanted with Some wanted -> search t wanted | None -> t.state <- Idle; [] in
  keys @ (Action.Tell (Lost failure) :: again)

let has_answered (link : Link.t) =
  match link.supplicant with Some s -> Wpa_supplicant.has_answered s | None -> false

(* Access points say in several ways that the MIC of the second message was wrong. *)
let tells_wrong_key reason = List.mem reason [ 1; 2; 14; 15; 23 ]

let handshake_failed t link failure = Link.clear_keys t.own link @ fail t failure

let parted t reason =
  match t.state with
  | Authenticating _ | Associating _ -> fail t (Parted reason)
  | Shaking_hands (link, _) ->
      handshake_failed t link
        (if has_answered link && tells_wrong_key reason then Wrong_passphrase else Parted reason)
  | Connected link -> lose t link (Parted reason)
  | Idle | Searching _ | Waiting -> []

let goodbye t bssid =
  send_frame (Management.deauthentication ~source:t.own.mac ~destination:bssid ~bssid ~reason:Dot11_code.leaving)

(* What an end of everything takes; the radio may be on another channel, where the goodbye does no harm. *)
let drop t =
  let actions =
    match t.state with
    | Connected link | Shaking_hands (link, _) -> goodbye t link.access_point.bssid :: Link.clear_keys t.own link
    | Associating (seen, _) -> [ goodbye t seen.bssid ]
    | Idle | Searching _ | Authenticating _ | Waiting -> []
  in
  t.state <- Idle;
  t.wanted <- None;
  actions

let leave t =
  let was = t.wanted in
  let actions = drop t in
  (if Option.is_some was then actions @ [ Action.Tell Left ] else actions) @ begin_survey t

let stop t =
  let looking = Option.is_some t.survey || Option.is_some t.asked in
  t.asked <- None;
  t.survey <- None;
  let actions = leave t in
  if looking then actions @ [ Action.Tell (Seen []) ] else actions

let join t wanted =
  let actions = drop t in
  t.wanted <- Some wanted;
  t.failures <- 0;
  postpone_survey t;
  actions @ search t wanted

(* ---- Time ---- *)

let silent_probe = 2
let silent_longest = 6

(* Once a second: the access point is asked after two silent ones, and given up after six. *)
let look t (link : Link.t) =
  if link.heard then begin
    link.heard <- false;
    link.silence <- 0;
    [ Action.Wake second ]
  end
  else begin
    link.silence <- link.silence + 1;
    if link.silence >= silent_longest then lose t link Silent
    else
      let { Network.bssid; ssid; _ } = link.access_point in
      let probe = Management.probe_request ~source:t.own.mac ~bssid ~ssid () in
      (if link.silence >= silent_probe then [ send_frame probe ] else []) @ [ Action.Wake second ]
  end

let handshake_patience = 4

let wake t =
  match (t.survey, t.state, t.wanted) with
  | Some (_, scan), _, _ -> ( match Wifi_scan.wake scan with Some actions -> actions | None -> end_survey t scan)
  | None, Searching scan, Some wanted -> search_on t wanted scan
  | None, Waiting, Some wanted -> search t wanted
  | None, Authenticating (seen, n), _ ->
      if n < tries then authenticate t seen (n + 1) else fail t (No_answer "the authentication")
  | None, Associating (seen, n), _ ->
      if n < tries then associate t seen (n + 1) else fail t (No_answer "the association")
  | None, Shaking_hands (link, n), _ ->
      if n < handshake_patience then begin
        t.state <- Shaking_hands (link, n + 1);
        [ Action.Wake second ]
      end
      else
        goodbye t link.access_point.bssid
        :: handshake_failed t link (if has_answered link then Wrong_passphrase else No_answer "with the 4-way handshake")
  | None, Connected link, _ -> look t link
  | None, (Idle | Searching _ | Waiting), _ -> []

(* ---- Frames ---- *)

let hear t announcement ~bssid (received : Action.received) =
  let add scan = Wifi_scan.hear scan announcement ~bssid ~channel:received.channel ~rssi:received.rssi in
  Option.iter (fun (_, scan) -> add scan) t.survey;
  (match t.state with Searching scan -> add scan | _ -> ());
  []

let is_for t (header : Header.t) = Macaddr.compare header.address1 t.own.mac = 0 || Header.is_group header.address1

(* The access point that we talk to. *)
let peer t =
  match t.state with
  | Authenticating (seen, _) | Associating (seen, _) -> Some seen.bssid
  | Shaking_hands (link, _) | Connected link -> Some link.access_point.bssid
  | Idle | Searching _ | Waiting -> None

let is_from_peer t (header : Header.t) =
  match peer t with Some bssid -> Macaddr.compare bssid header.address2 = 0 | None -> false

let management t (header : Header.t) (received : Action.received) =
  match (Management.parse header received.frame, t.state) with
  | Some (Beacon announcement | Probe_response announcement), _ ->
      hear t announcement ~bssid:header.address3 received
  | Some message, _ when not (is_from_peer t header && is_for t header) -> ignore message; []
  | Some (Authentication { algorithm = 0; transaction = 2; status }), Authenticating (seen, _) ->
      if status = Dot11_code.success then associate t seen 1 else fail t (Refused status)
  | Some (Association_response { status; aid = _ }), Associating (seen, _) ->
      if status = Dot11_code.success then associated t seen else fail t (Refused status)
  | Some (Disassociation reason | Deauthentication reason), _ -> parted t reason
  | _ -> []

(* The handshake is over with the frame that has brought the keys. *)
let after_data t actions =
  match t.state with
  | Shaking_hands (link, _) when Link.is_secured link -> actions @ connected t link
  | _ -> actions

let of_link t (header : Header.t) (received : Action.received) (link : Link.t) =
  if Link.is_from link header then begin
    link.heard <- true;
    link.rssi <- received.rssi;
    if header.kind = Header.Data then after_data t (Link.data t.own link header received) else []
  end
  else []

let frame t (received : Action.received) =
  match Header.parse received.frame with
  | None -> []
  | Some header -> (
      let first =
        match t.state with
        | Connected link | Shaking_hands (link, _) -> of_link t header received link
        | Idle | Searching _ | Authenticating _ | Associating _ | Waiting -> []
      in
      match header.kind with Header.Data -> first | Header.Management -> management t header received)

let send t buffer =
  match t.state with
  | Connected link -> Link.send t.own link buffer
  | Idle | Searching _ | Authenticating _ | Associating _ | Shaking_hands _ | Waiting -> []

let can_send t = Option.is_none t.survey
let link t = match t.state with Connected link -> Some (link.access_point, link.rssi) | _ -> None
