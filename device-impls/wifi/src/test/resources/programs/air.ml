(* SPDX-License-Identifier: Apache-2.0 *)

(* Radios in one program, on channels: [Wifi_radio.S]. Frames take 300 us a try; by a seed they and their acknowledgements
   get lost, so that frames are sent again, and arrive twice. Slots encrypt and decrypt. *)

open Lwt.Syntax

type filter = Scan | Station of { bssid : Macaddr.t } | Access_point of { bssid : Macaddr.t }
type received = { frame : Cstruct.t; rssi : int; channel : int; decrypted : bool }
type slot = { address : Macaddr.t; key_id : int; group : bool; key : Ccmp.key }

type air = {
  random : Random.State.t;
  mutable loss : int;  (* in 1000 frames, and in 1000 acknowledgements *)
  mutable radios : t list;
  mutable tap : Cstruct.t -> unit;  (* sees each frame that is sent, as it is on the air *)
}

and t = {
  air : air;
  mac : Macaddr.t;
  mutable channel : int;
  mutable filter : filter;
  mutable on : bool;
  mutable rssi : int;
  mutable sequence : int;
  slots : slot option array;
  arrived : received Queue.t;
  arrival : unit Lwt_condition.t;
}

let create ?(seed = 1) ?(loss = 0) () = { random = Random.State.make [| seed |]; loss; radios = []; tap = ignore }

let radio air number =
  let mac = Macaddr.of_octets_exn (Printf.sprintf "\002\000\000\000\001%c" (Char.chr number)) in
  let t =
    { air; mac; channel = 1; filter = Scan; on = true; rssi = -40; sequence = 0; slots = Array.make 24 None;
      arrived = Queue.create (); arrival = Lwt_condition.create () }
  in
  air.radios <- t :: air.radios;
  t

let mac t = t.mac
let set_channel t channel = t.channel <- channel
let set_filter t filter = t.filter <- filter

let set_key t ~slot ~address ~key_id ~group key =
  t.slots.(slot) <- Some { address; key_id; group; key = Ccmp.key (Cstruct.to_string key) }

let clear_key t ~slot = t.slots.(slot) <- None
let copy frame = Cstruct.of_string (Cstruct.to_string frame)
let same a b = Macaddr.compare a b = 0

(* ---- Receiving ---- *)

let wants t (header : Dot11_header.t) =
  same header.address1 t.mac
  || Dot11_header.is_group header.address1
     && (header.kind = Dot11_header.Management
        || match t.filter with Scan -> true | Station { bssid } -> same header.address2 bssid | Access_point _ -> false)

let decrypt t (header : Dot11_header.t) frame =
  let fits slot =
    match Ccmp.read_header frame ~at:header.length with
    | Some (_, id) ->
        same slot.address header.address2
        && if Dot11_header.is_group header.address1 then slot.group && slot.key_id = id else not slot.group
    | None -> false
  in
  if not header.secured then None
  else
    match List.find_opt fits (List.filter_map Fun.id (Array.to_list t.slots)) with
    | Some slot -> Ccmp.decrypt slot.key header frame
    | None -> None

let arrive t ~rssi (header : Dot11_header.t) frame =
  let plain = decrypt t header frame in
  let decrypted = Option.is_some plain in
  Queue.add { frame = Option.value plain ~default:frame; rssi; channel = t.channel; decrypted } t.arrived;
  Lwt_condition.broadcast t.arrival ()

let rec receive t =
  match Queue.take_opt t.arrived with
  | Some received -> Lwt.return received
  | None ->
      let* () = Lwt_condition.wait t.arrival in
      receive t

(* ---- Sending ---- *)

let lost air = air.loss > 0 && Random.State.int air.random 1000 < air.loss

(* Whether its receiver has acknowledged it. *)
let transmit t header frame =
  t.air.tap frame;
  let one acknowledged other =
    if other == t || (not other.on) || other.channel <> t.channel || lost t.air || not (wants other header) then acknowledged
    else begin
      arrive other ~rssi:t.rssi header (copy frame);
      acknowledged || (same header.address1 other.mac && not (lost t.air))
    end
  in
  List.fold_left one (Dot11_header.is_group header.address1) t.air.radios

let rec attempt t header frame left =
  let* () = OS.Time.sleep_ns 300_000L in
  if t.on && transmit t header frame then Lwt.return `Acknowledged
  else if left = 0 then Lwt.return `Not_acknowledged
  else begin
    Dot11_header.set_retry frame;
    attempt t (Option.get (Dot11_header.parse frame)) frame (left - 1)
  end

let send t ?key frame =
  let frame = copy frame in
  t.sequence <- t.sequence + 1;
  Dot11_header.set_sequence frame t.sequence;
  match Dot11_header.parse frame with
  | None -> invalid_arg "Air.send: not a frame"
  | Some header ->
      let frame =
        match key with
        | None -> frame
        | Some slot -> Ccmp.encrypt (Option.get t.slots.(slot)).key header frame
      in
      attempt t header frame 4
