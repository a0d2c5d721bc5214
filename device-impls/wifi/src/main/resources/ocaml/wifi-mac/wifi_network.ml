(* SPDX-License-Identifier: Apache-2.0 *)

module Management = Dot11_management

type security = Unprotected | Wpa2 of string | Unusable of string
type seen = { ssid : string; bssid : Macaddr.t; channel : int; rssi : int; security : security }

let security (a : Management.announcement) =
  match a.rsn with
  | Some element -> (
      match Dot11_rsn.parse (Cstruct.of_string element) with
      | Error why -> Unusable why
      | Ok rsn -> ( match Dot11_rsn.unusable rsn with Some why -> Unusable why | None -> Wpa2 element))
  | None when a.wpa -> Unusable "it has WPA of version 1 (TKIP) alone; WPA2 is needed"
  | None when a.privacy -> Unusable "it has WEP alone; WPA2 is needed"
  | None -> Unprotected

let seen (a : Management.announcement) ~bssid ~channel ~rssi =
  { ssid = a.ssid; bssid; channel = Option.value a.channel ~default:channel; rssi; security = security a }

let pp_security ppf = function
  | Unprotected -> Format.pp_print_string ppf "open"
  | Wpa2 _ -> Format.pp_print_string ppf "WPA2"
  | Unusable why -> Format.pp_print_string ppf why

let pp_seen ppf (s : seen) =
  Format.fprintf ppf "%S (%a) on channel %d, %d dBm, %a" s.ssid Macaddr.pp s.bssid s.channel s.rssi pp_security s.security

type wanted = { ssid : string; psk : string option }

(* Of the last network asked for. *)
let remembered = ref ("", "", "")

let pre_shared ~ssid ~passphrase =
  match !remembered with
  | s, p, psk when String.equal s ssid && String.equal p passphrase -> psk
  | _ ->
      let psk = Wpa_key.psk ~passphrase ~ssid in
      remembered := (ssid, passphrase, psk);
      psk

let check ~ssid ~passphrase =
  let length = String.length ssid in
  if length < 1 || length > Dot11_element.ssid_longest then
    Error (Printf.sprintf "SSID %S: it has %d bytes; an SSID has 1 to %d" ssid length Dot11_element.ssid_longest)
  else if passphrase = "" then Ok ()
  else Result.map_error (fun why -> "passphrase: " ^ why) (Wpa_key.check_passphrase passphrase)

let wanted ~ssid ~passphrase =
  Result.map
    (fun () -> { ssid; psk = (if passphrase = "" then None else Some (pre_shared ~ssid ~passphrase)) })
    (check ~ssid ~passphrase)

let fits wanted (seen : seen) =
  match (seen.security, wanted.psk) with
  | Unprotected, None | Wpa2 _, Some _ -> Ok ()
  | Unprotected, Some _ -> Error "it is an open network, and is not joined since a passphrase is given"
  | Wpa2 _, None -> Error "it is protected by WPA2, and no passphrase is given"
  | Unusable why, _ -> Error why
