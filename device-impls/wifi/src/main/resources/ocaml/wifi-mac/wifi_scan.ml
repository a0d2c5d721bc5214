(* SPDX-License-Identifier: Apache-2.0 *)

type t = {
  mac : Macaddr.t;
  ssid : string;
  mutable channel : int;
  mutable asked : int;  (** times, on this channel *)
  mutable left : int list;
  mutable found : Wifi_network.seen list;  (** the strongest first *)
}

let most = 40
let listening = 120
let answering = 30
let channels = List.init 13 succ
let may_ask channel = channel <= 11

let ask t : _ Wifi_action.t list =
  if may_ask t.channel then begin
    t.asked <- t.asked + 1;
    let frame = Dot11_management.probe_request ~source:t.mac ~ssid:t.ssid () in
    [ Send { frame; slot = None }; Wake answering ]
  end
  else begin
    t.asked <- 2;
    [ Wake listening ]
  end

let enter t : _ Wifi_action.t list = Tune t.channel :: ask t

let start ~mac ?(first = 1) ?(ssid = "") () =
  let left = List.filter (fun channel -> channel <> first) channels in
  let t = { mac; ssid; channel = first; asked = 0; left; found = [] } in
  (t, Wifi_action.Filter Scan :: enter t)

let rec put (seen : Wifi_network.seen) = function
  | (first : Wifi_network.seen) :: rest when first.rssi > seen.rssi -> first :: put seen rest
  | weaker -> seen :: weaker

let hear t announcement ~bssid ~channel ~rssi =
  let seen = Wifi_network.seen announcement ~bssid ~channel ~rssi in
  let same (other : Wifi_network.seen) = Macaddr.compare other.bssid bssid = 0 in
  match List.find_opt same t.found with
  | Some known ->
      (* A hidden network tells its name in its answer alone. *)
      let ssid = if String.equal seen.ssid "" then known.ssid else seen.ssid in
      let better = { seen with ssid; rssi = max seen.rssi known.rssi } in
      t.found <- put better (List.filter (fun other -> not (same other)) t.found)
  | None -> if List.length t.found < most then t.found <- put seen t.found

let wake t =
  if t.asked < 2 then Some (ask t)
  else
    match t.left with
    | [] -> None
    | channel :: left ->
        t.channel <- channel;
        t.asked <- 0;
        t.left <- left;
        Some (enter t)

let found t = t.found
