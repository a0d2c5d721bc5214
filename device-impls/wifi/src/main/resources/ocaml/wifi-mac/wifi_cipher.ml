(* SPDX-License-Identifier: Apache-2.0 *)

type mode = Hardware | Software

type t = {
  id : int;
  slot : int;
  secret : string;
  software : Ccmp.key Lazy.t;
  mutable sent : Ccmp.number;
  mutable received : Ccmp.number;
}

let create ?(received = Ccmp.zero) ~id ~slot secret =
  { id; slot; secret; software = lazy (Ccmp.key secret); sent = Ccmp.zero; received }

let set mode t ~address ~group =
  match mode with
  | Software -> []
  | Hardware -> [ Wifi_action.Set_key { slot = t.slot; address; key_id = t.id; group; key = t.secret } ]

let sent t = t.sent

let seal mode t frame =
  t.sent <- Ccmp.next t.sent;
  Ccmp.write_header frame ~at:Dot11_header.size ~key_id:t.id t.sent;
  match mode with
  | Hardware -> Wifi_action.Send { frame; slot = Some t.slot }
  | Software ->
      let frame =
        match Dot11_header.parse frame with
        | Some header -> Ccmp.encrypt (Lazy.force t.software) header frame
        | None -> frame
      in
      Wifi_action.Send { frame; slot = None }

let unseal t (header : Dot11_header.t) (received : Wifi_action.received) =
  match Ccmp.read_header received.frame ~at:header.length with
  | Some (number, id) when id = t.id && Ccmp.is_after number t.received ->
      let frame =
        if received.decrypted then Some received.frame
        else Ccmp.decrypt (Lazy.force t.software) header received.frame
      in
      if Option.is_some frame then t.received <- number;
      frame
  | Some _ | None -> None
