(* SPDX-License-Identifier: Apache-2.0 *)

open Lwt.Syntax

(* wifi.h, as OCaml sees it. *)
external start : unit -> int = "mirage_wifi_start"
external board_mac : unit -> string = "mirage_wifi_mac"
external board_channel : int -> int = "mirage_wifi_channel"
external board_filter : int -> string -> unit = "mirage_wifi_filter"
external frame_event : unit -> Mirage_board.event = "mirage_wifi_frame_event"
external sent_event : unit -> Mirage_board.event = "mirage_wifi_sent_event"
external size : unit -> int = "mirage_wifi_size"
external read : Cstruct.buffer -> int -> int = "mirage_wifi_read"
external write : Cstruct.buffer -> int -> int -> int -> int -> int = "mirage_wifi_write"
external sent : int -> int = "mirage_wifi_sent"
external board_key : int -> string -> int -> bool -> string -> int = "mirage_wifi_key"
external board_clear_key : int -> unit = "mirage_wifi_clear_key"

type counters = { missed : int; damaged : int; retries : int; failed : int }

external board_counters : unit -> counters = "mirage_wifi_counters"

(* The codes of board.h. *)
let enoent = -1
let eagain = -4
let slots = 24
let no_key = -1

type t = {
  mac : Macaddr.t;
  order : Lwt_mutex.t;  (** held while a frame waits for its turn: frames leave in the order of the calls *)
  taken : unit Lwt_condition.t;  (** a result was taken, so there is room for a frame *)
}

let mac t = t.mac

(* There is one radio. *)
let radio = ref None

let connect () =
  match !radio with
  | Some t -> Lwt.return t
  | None ->
      let code = start () in
      if code < 0 then
        Lwt.fail_with
          (if code = enoent then
             "no radio here: WiFi is for target esp32; a process has the network of its machine, by Ethernet"
           else "the radio does not start")
      else begin
        let mac = Macaddr.of_octets_exn (board_mac ()) in
        let t = { mac; order = Lwt_mutex.create (); taken = Lwt_condition.create () } in
        radio := Some t;
        Lwt.return t
      end

let set_channel _ channel =
  if board_channel channel < 0 then invalid_arg (Printf.sprintf "Radio.set_channel: %d; there are 1 to 14" channel)

type filter = Scan | Station of { bssid : Macaddr.t } | Access_point of { bssid : Macaddr.t }

let set_filter _ = function
  | Scan -> board_filter 0 (String.make 6 '\000')
  | Station { bssid } -> board_filter 1 (Macaddr.to_octets bssid)
  | Access_point { bssid } -> board_filter 2 (Macaddr.to_octets bssid)

(* ---- Sending ---- *)

let slow = 0
let fast = 3

(* Everybody understands the slowest rate; what one receiver acknowledges may be tried faster first. *)
let rate (frame : Cstruct.t) =
  let data = Cstruct.get_uint8 frame 0 land 0x0C = 0x08 in
  let several = Cstruct.get_uint8 frame 4 land 1 = 1 in
  if data && not several then fast else slow

let rec begin_to_send t (frame : Cstruct.t) key =
  let number = write frame.buffer frame.off frame.len (rate frame) key in
  if number = eagain then
    let* () = Lwt_condition.wait t.taken in
    begin_to_send t frame key
  else Lwt.return number

let rec result t number =
  let answer = sent number in
  if answer = eagain then
    let* () = OS.Event.wait (sent_event ()) in
    result t number
  else begin
    Lwt_condition.signal t.taken ();
    Lwt.return (if answer = 1 then `Acknowledged else `Not_acknowledged)
  end

let shortest = 24

let send t ?(key = no_key) frame =
  if Cstruct.length frame < shortest then invalid_arg "Radio.send: shorter than a MAC header";
  (* Whoever gives up waiting leaves the result to be taken all the same. *)
  Lwt.protected
    (let* number = Lwt_mutex.with_lock t.order (fun () -> begin_to_send t frame key) in
     if number < 0 then invalid_arg "Radio.send: the frame is too long, or there is no such key";
     result t number)

(* ---- Receiving ---- *)

type received = { frame : Cstruct.t; rssi : int; channel : int; decrypted : bool }

let rec receive t =
  let length = size () in
  if length = 0 then
    let* () = OS.Event.wait (frame_event ()) in
    receive t
  else
    let frame = Cstruct.create_unsafe length in
    let how = read frame.buffer frame.off in
    Lwt.return { frame; rssi = -(how land 0xFF); channel = (how lsr 8) land 0xFF; decrypted = how lsr 16 = 1 }

(* ---- Keys ---- *)

let check_slot slot =
  if slot < 0 || slot >= slots then invalid_arg (Printf.sprintf "Radio: key slot %d; there are 0 to 23" slot)

let set_key _ ~slot ~address ~key_id ~group key =
  check_slot slot;
  if Cstruct.length key <> 16 then invalid_arg "Radio.set_key: a key of CCMP has 16 bytes";
  if key_id < 0 || key_id > 3 then invalid_arg "Radio.set_key: key ids are 0 to 3";
  ignore (board_key slot (Macaddr.to_octets address) key_id group (Cstruct.to_string key))

let clear_key _ ~slot =
  check_slot slot;
  board_clear_key slot

let counters _ = board_counters ()
