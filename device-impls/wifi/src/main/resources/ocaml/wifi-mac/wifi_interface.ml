(* SPDX-License-Identifier: Apache-2.0 *)

let src = Logs.Src.create "wifi" ~doc:"IEEE 802.11"

module Log = (val Logs.src_log src : Logs.LOG)

type event = Station of Wifi_station.event | Access_point of Wifi_access_point.event

let pp_event ppf event =
  let say fmt = Format.fprintf ppf fmt in
  match event with
  | Station (Joining seen) -> say "joining %a" Wifi_network.pp_seen seen
  | Station (Joined seen) -> say "joined %a" Wifi_network.pp_seen seen
  | Station (Lost failure) -> say "the link is lost: %a" Wifi_failure.pp failure
  | Station (Not_joined (failure, ms)) ->
      say "not joined: %a; the next try is in %d s" Wifi_failure.pp failure ((ms + 500) / 1000)
  | Station Left -> say "left the network"
  | Station (Seen networks) -> say "%d networks are heard" (List.length networks)
  | Access_point Started -> say "access point is up"
  | Access_point (Station_joined mac) -> say "%a has joined" Macaddr.pp mac
  | Access_point (Station_left (mac, why)) -> say "%a has left: %s" Macaddr.pp mac why
  | Access_point (Station_refused (mac, why)) -> say "%a is refused: %s" Macaddr.pp mac why

let log event =
  match event with
  | Station (Lost _ | Not_joined _) | Access_point (Station_refused _) -> Log.warn (fun m -> m "%a" pp_event event)
  | Station (Joining _ | Seen _) -> Log.debug (fun m -> m "%a" pp_event event)
  | Station (Joined _ | Left) | Access_point _ -> Log.info (fun m -> m "%a" pp_event event)

module Make (Radio : Wifi_radio.S) (Time : Mirage_time.S) = struct
  module Engine = Wifi_engine.Make (Radio) (Time)
  open Lwt.Syntax

  type error = Mirage_net.Net.error

  let pp_error = Mirage_net.Net.pp_error

  (* What it is at present, as functions: a program that never calls [serve] has no access point's code in it. *)
  type role = {
    machine : event Engine.machine;
    transmit : Cstruct.t -> event Wifi_action.t list;
    farewell : unit -> event Wifi_action.t list;  (** what ends it *)
    as_station : Wifi_station.t option;
    stations : unit -> Macaddr.t list;
  }

  type t = {
    mac : Macaddr.t;
    mode : Wifi_cipher.mode;
    random : int -> string;
    engine : event Engine.t;
    mutable role : role;
    watchers : (event -> unit) list ref;
    changed : event Lwt_condition.t;
    stats : Mirage_net.stats;
    outgoing : Cstruct.t;
    sending : Lwt_mutex.t;  (** held by who has [outgoing]: frames that wait take no memory *)
    stop : unit Lwt.u;
    stopped : unit Lwt.t;
  }

  let mac t = t.mac
  let mtu_bytes = 1500
  let header = 14
  let mtu _ = mtu_bytes
  let get_stats_counters t = t.stats
  let reset_stats_counters t = Mirage_net.Stats.reset t.stats
  let watch t watcher = t.watchers := !(t.watchers) @ [ watcher ]

  (* ---- The two roles ---- *)

  let of_station = List.map (Wifi_action.map (fun e -> Station e))
  let of_access_point = List.map (Wifi_action.map (fun e -> Access_point e))

  let station_role s =
    { machine =
        { wake = (fun () -> of_station (Wifi_station.wake s));
          frame = (fun received -> of_station (Wifi_station.frame s received)) };
      transmit = (fun frame -> of_station (Wifi_station.send s frame));
      farewell = (fun () -> of_station (Wifi_station.stop s));
      as_station = Some s;
      stations = (fun () -> []) }

  let access_point_role a =
    { machine =
        { wake = (fun () -> of_access_point (Wifi_access_point.wake a));
          frame = (fun received -> of_access_point (Wifi_access_point.frame a received)) };
      transmit = (fun frame -> of_access_point (Wifi_access_point.send a frame));
      farewell = (fun () -> of_access_point (Wifi_access_point.stop a));
      as_station = None;
      stations = (fun () -> Wifi_access_point.stations a) }

  let create ?(mode = Wifi_cipher.Hardware) ~random radio =
    let mac = Radio.mac radio in
    let role = station_role (Wifi_station.create ~mac ~mode ~random) in
    let watchers = ref [ log ] and changed = Lwt_condition.create () in
    let tell event =
      List.iter (fun watcher -> watcher event) !watchers;
      Lwt_condition.broadcast changed event
    in
    let stopped, stop = Lwt.wait () in
    { mac; mode; random; engine = Engine.create radio role.machine ~tell; role; watchers; changed;
      stats = Mirage_net.Stats.create (); outgoing = Cstruct.create (Dot11_data.front + header + mtu_bytes);
      sending = Lwt_mutex.create (); stop; stopped }

  let take_role t role =
    let* () = Engine.perform t.engine (t.role.farewell ()) in
    t.role <- role;
    Engine.set_machine t.engine role.machine;
    Lwt.return_unit

  let new_station t = Wifi_station.create ~mac:t.mac ~mode:t.mode ~random:t.random

  let station t =
    match t.role.as_station with
    | Some s -> Lwt.return s
    | None ->
        let s = new_station t in
        Lwt.map (fun () -> s) (take_role t (station_role s))

  (* ---- Control ---- *)

  let rec first_result t =
    let* event = Lwt_condition.wait t.changed in
    match event with
    | Station (Joined _) -> Lwt.return (Ok ())
    | Station (Not_joined (failure, _)) -> Lwt.return (Error (Format.asprintf "%a" Wifi_failure.pp failure))
    | Station Left -> Lwt.return (Error "it was told to leave")
    | Station (Joining _ | Lost _ | Seen _) | Access_point _ -> first_result t

  let wanted ssid passphrase = Wifi_network.wanted ~ssid ~passphrase:(Option.value passphrase ~default:"")

  let join t ~ssid ?passphrase () =
    match wanted ssid passphrase with
    | Error why -> Lwt.return (Error why)
    | Ok network ->
        let* s = station t in
        let result = first_result t in
        let* () = Engine.perform t.engine (of_station (Wifi_station.join s network)) in
        result

  let leave t =
    match t.role.as_station with
    | Some s -> Engine.perform t.engine (of_station (Wifi_station.leave s))
    | None -> take_role t (station_role (new_station t))

  let rec next_survey t =
    let* event = Lwt_condition.wait t.changed in
    match event with Station (Seen networks) -> Lwt.return networks | _ -> next_survey t

  let scan t ?ssid () =
    match t.role.as_station with
    | None -> Lwt.return []
    | Some s ->
        let result = next_survey t in
        let* () = Engine.perform t.engine (of_station (Wifi_station.survey s ?ssid ())) in
        result

  let link t = Option.bind t.role.as_station Wifi_station.link
  let access_point t = Option.map fst (link t)
  let signal t = Option.map snd (link t)

  let serve t ~ssid ?passphrase ?(channel = 1) () =
    match wanted ssid passphrase with
    | Error why -> Lwt.return (Error why)
    | Ok _ when channel < 1 || channel > 13 ->
        Lwt.return (Error (Printf.sprintf "channel %d: an access point has one of 1 to 13" channel))
    | Ok network ->
        let a = Wifi_access_point.create ~mac:t.mac ~mode:t.mode ~random:t.random ~channel network in
        let* () = take_role t (access_point_role a) in
        Lwt.map Result.ok (Engine.perform t.engine (of_access_point (Wifi_access_point.start a)))

  let stations t = t.role.stations ()

  (* ---- Frames ---- *)

  let disconnect t =
    if Lwt.is_sleeping t.stopped then begin
      Lwt.wakeup_later t.stop ();
      leave t
    end
    else Lwt.return_unit

  (* While it looks at other channels nobody would hear a frame. *)
  let rec can_send t =
    match t.role.as_station with
    | Some s when not (Wifi_station.can_send s) ->
        let* _ = Lwt_condition.wait t.changed in
        can_send t
    | Some _ | None -> Lwt.return_unit

  let send t buffer =
    let* () = can_send t in
    Engine.perform t.engine (t.role.transmit buffer)

  let write_now t size fill =
    let frame = Cstruct.sub t.outgoing Dot11_data.front size in
    Cstruct.memset frame 0;
    let length = fill frame in
    if length < header then Lwt.return (Error `Invalid_length)
    else begin
      Mirage_net.Stats.tx t.stats (Int64.of_int length);
      let* () = send t (Cstruct.sub t.outgoing 0 (Dot11_data.front + length)) in
      Lwt.return (Ok ())
    end

  (* Who gives up waiting leaves the frame to be sent all the same. *)
  let write t ~size fill =
    if not (Lwt.is_sleeping t.stopped) then Lwt.return (Error `Disconnected)
    else if size > header + mtu_bytes then Lwt.return (Error `Invalid_length)
    else Lwt.protected (Lwt_mutex.with_lock t.sending (fun () -> write_now t size fill))

  let listen t ~header_size:_ listener =
    Engine.listen t.engine (fun frame ->
        Mirage_net.Stats.rx t.stats (Int64.of_int (Cstruct.length frame));
        let failed exn =
          Log.err (fun m -> m "a frame ended in exception %s" (Printexc.to_string exn));
          Lwt.return_unit
        in
        if Lwt.is_sleeping t.stopped then Lwt.async (fun () -> Lwt.catch (fun () -> listener frame) failed));
    Lwt.map Result.ok t.stopped
end
