(* SPDX-License-Identifier: Apache-2.0 *)

module Make (Radio : Wifi_radio.S) (Time : Mirage_time.S) = struct
  open Lwt.Syntax

  type 'event machine = {
    wake : unit -> 'event Wifi_action.t list;
    frame : Wifi_action.received -> 'event Wifi_action.t list;
  }

  type 'event t = {
    radio : Radio.t;
    mutable machine : 'event machine;
    tell : 'event -> unit;
    mutable listener : Cstruct.t -> unit;
    mutable sleep : unit Lwt.t;  (** until the machine wants to be woken *)
    turn : Lwt_mutex.t;  (** held while a list is done *)
    mutable pending : int;  (** lists in the background *)
  }

  let set_machine t machine =
    Lwt.cancel t.sleep;
    t.machine <- machine

  let listen t listener = t.listener <- listener

  let filter : Wifi_action.filter -> Radio.filter = function
    | Scan -> Scan
    | Station bssid -> Station { bssid }
    | Access_point bssid -> Access_point { bssid }

  let rec perform t actions =
    if actions = [] then Lwt.return_unit else Lwt_mutex.with_lock t.turn (fun () -> one_by_one t actions)

  and one_by_one t = function
    | [] -> Lwt.return_unit
    | action :: rest ->
        let* () = do_ t action in
        one_by_one t rest

  (* A frame is waited for: one that overtakes another would be taken for a replayed one by its packet number. *)
  and do_ t : _ Wifi_action.t -> unit Lwt.t = function
    | Send { frame; slot } -> Lwt.map ignore (Radio.send t.radio ?key:slot frame)
    | Tune channel -> Lwt.return (Radio.set_channel t.radio channel)
    | Filter f -> Lwt.return (Radio.set_filter t.radio (filter f))
    | Set_key { slot; address; key_id; group; key } ->
        Lwt.return (Radio.set_key t.radio ~slot ~address ~key_id ~group (Cstruct.of_string key))
    | Clear_key slot -> Lwt.return (Radio.clear_key t.radio ~slot)
    | Wake milliseconds -> Lwt.return (sleep t milliseconds)
    | Deliver frame -> Lwt.return (t.listener frame)
    | Tell event -> Lwt.return (t.tell event)

  and sleep t milliseconds =
    Lwt.cancel t.sleep;
    let time = Time.sleep_ns (Int64.mul (Int64.of_int milliseconds) 1_000_000L) in
    t.sleep <- time;
    Lwt.on_success time (fun () -> in_background t (t.machine.wake ()))

  and in_background t actions =
    if actions <> [] then begin
      t.pending <- t.pending + 1;
      let finished () = t.pending <- t.pending - 1; Lwt.return_unit in
      Lwt.async (fun () -> Lwt.finalize (fun () -> perform t actions) finished)
    end

  (* While so many lists wait, nothing is answered any more. *)
  let most_pending = 32
  let without_answers actions = List.filter (function Wifi_action.Send _ -> false | _ -> true) actions

  let receive t (r : Radio.received) =
    let received = { Wifi_action.frame = r.frame; rssi = r.rssi; channel = r.channel; decrypted = r.decrypted } in
    (* What is only to be delivered does not wait for a frame that is being sent. *)
    match t.machine.frame received with
    | [] -> ()
    | [ Wifi_action.Deliver frame ] -> t.listener frame
    | actions -> in_background t (if t.pending < most_pending then actions else without_answers actions)

  (* So many frames are taken before other promises get a turn. *)
  let batch = 8

  let rec receive_all t left =
    let* received = Radio.receive t.radio in
    receive t received;
    if left > 0 then receive_all t (left - 1)
    else
      let* () = Lwt.pause () in
      receive_all t batch

  let create radio machine ~tell =
    let t = { radio; machine; tell; listener = ignore; sleep = Lwt.return_unit; turn = Lwt_mutex.create ();
              pending = 0 } in
    Lwt.async (fun () -> receive_all t batch);
    t
end
