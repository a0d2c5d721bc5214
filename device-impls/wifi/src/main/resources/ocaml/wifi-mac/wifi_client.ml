(* SPDX-License-Identifier: Apache-2.0 *)

type phase =
  | Authenticated
  | Associated of Wpa_authenticator.t option

type t = {
  mac : Macaddr.t;
  number : int;
  mutable phase : phase;
  mutable pairwise : Wifi_cipher.t option;
  mutable idle : int;
  mutable last : int;
}

let create mac ~number = { mac; number; phase = Authenticated; pairwise = None; idle = 0; last = -1 }

let may_talk t =
  match t.phase with
  | Authenticated -> false
  | Associated None -> true
  | Associated (Some authenticator) -> Wpa_authenticator.is_established authenticator

(* 1 is the smallest AID; the group keys have the slots 0 to 3. *)
let aid t = t.number + 1
let slot t = t.number + 4
