(* SPDX-License-Identifier: Apache-2.0 *)

open Lwt.Syntax

external event : unit -> Mirage_board.event = "mirage_socket_event"
external changed : unit -> int = "mirage_socket_changed"
external open_listening : bytes -> int = "mirage_socket_listen"
external open_datagrams : bytes -> int = "mirage_socket_datagrams"
external open_connection : bytes -> int = "mirage_socket_connect"
external connected : int -> int = "mirage_socket_connected"
external accept_next : int -> bytes -> int = "mirage_socket_accept"
external set_keep_alive : int -> int -> int -> int -> unit = "mirage_socket_keepalive"
external receive_into : int -> Cstruct.buffer -> int -> bytes -> int = "mirage_socket_receive"
external send_from : int -> Cstruct.buffer -> int -> int -> bytes -> int = "mirage_socket_send"
external close_number : int -> unit = "mirage_socket_close"
external nameserver : int -> bytes -> int = "mirage_socket_nameserver"

type peer = string * int
type error = [ Tcpip.Tcp.error | `Reset | `Host of string ]

let pp_error ppf : error -> unit = function
  | #Tcpip.Tcp.error as e -> Tcpip.Tcp.pp_error ppf e
  | `Reset -> Format.pp_print_string ppf "connection reset by peer"
  | `Host why -> Format.pp_print_string ppf why

(* The codes of board.h and sockets.h. *)
let again = -4

let error code : error =
  match code with
  | -7 -> `Refused
  | -8 -> `Reset
  | -9 -> `Timeout
  | -1 -> `Host "the address is none of this machine's, or there is no way to it"
  | -5 -> `Host "no right to it: ports below 1024 are root's (choose another, as with --port)"
  | -6 -> `Host "the port is in use by another program"
  | _ -> `Host "the host does not do it"

(* ---- Addresses: size, port, octets ---- *)

let no_peer = Bytes.empty
let unknown () = Bytes.make 19 '\000'

let to_board (octets, port) =
  let bytes = unknown () in
  Bytes.set_uint8 bytes 0 (String.length octets);
  Bytes.set_uint16_be bytes 1 port;
  Bytes.blit_string octets 0 bytes 3 (String.length octets);
  bytes

let of_board bytes = (Bytes.sub_string bytes 3 (Bytes.get_uint8 bytes 0), Bytes.get_uint16_be bytes 1)

let nameservers () =
  let address = unknown () in
  let rec from index = if nameserver index address < 0 then [] else
    let octets = fst (of_board address) in
    octets :: from (index + 1)
  in
  from 0

(* ---- What happens ---- *)

type t = { number : int; mutable is_open : bool; change : unit Lwt_condition.t }

let sockets : (int, t) Hashtbl.t = Hashtbl.create 17
let is_open t = t.is_open

let rec tell () =
  let number = changed () in
  if number >= 0 then begin
    Option.iter (fun t -> Lwt_condition.broadcast t.change ()) (Hashtbl.find_opt sockets number);
    tell ()
  end

let rec watch () =
  tell ();
  let* () = OS.Event.wait (event ()) in
  watch ()

let watching = lazy (Lwt.async watch)

let opened number =
  if number < 0 then Error (error number)
  else begin
    let t = { number; is_open = true; change = Lwt_condition.create () } in
    Hashtbl.replace sockets number t;
    Lazy.force watching;
    Ok t
  end

let close t =
  if t.is_open then begin
    t.is_open <- false;
    Hashtbl.remove sockets t.number;
    close_number t.number;
    Lwt_condition.broadcast t.change ()
  end

(* So many successes in a row, of whatever sockets, before others get a turn. *)
let batch = 16
let successes = ref 0

(* The answer of [act], which is asked again as often as the socket changes. *)
let rec until t act =
  if not t.is_open then Lwt.return (Error `Reset)
  else
    let answer = act t.number in
    if answer = again then
      let* () = Lwt_condition.wait t.change in
      until t act
    else begin
      successes := (!successes + 1) mod batch;
      let+ () = if !successes = 0 then Lwt.pause () else Lwt.return_unit in
      if answer < 0 then Error (error answer) else Ok answer
    end

(* ---- ---- *)

let listen own = opened (open_listening (to_board own))
let datagrams own = opened (open_datagrams (to_board own))

let connect peer =
  match opened (open_connection (to_board peer)) with
  | Error _ as e -> Lwt.return e
  | Ok t -> (
      let+ result = until t connected in
      match result with
      | Ok _ -> Ok t
      | Error _ as e ->
          close t;
          e)

let accept t =
  let peer = unknown () in
  let+ number = until t (fun number -> accept_next number peer) in
  Result.bind number (fun number -> Result.map (fun t -> (t, of_board peer)) (opened number))

let keep_alive t { Tcpip.Tcp.Keepalive.after; interval; probes } =
  let seconds ns = max 1 (Duration.to_sec ns) in
  if t.is_open then set_keep_alive t.number (seconds after) (seconds interval) probes

(* One for all: what has come is copied out of it before anybody else has a turn. The longest datagram fits. *)
let incoming = Cstruct.create 65536

let receive t =
  let peer = unknown () and data = ref Cstruct.empty in
  let act number =
    let size = receive_into number incoming.buffer (Cstruct.length incoming) peer in
    if size > 0 then begin
      data := Cstruct.create_unsafe size;
      Cstruct.blit incoming 0 !data 0 size
    end;
    size
  in
  let+ result = until t act in
  Result.map (fun _ -> (!data, of_board peer)) result

let rec send t (bytes : Cstruct.t) =
  if bytes.len = 0 then Lwt.return (Ok ())
  else
    let* result = until t (fun number -> send_from number bytes.buffer bytes.off bytes.len no_peer) in
    match result with
    | Ok sent -> send t (Cstruct.shift bytes sent)
    | Error _ as e -> Lwt.return e

let send_to t peer (bytes : Cstruct.t) =
  let peer = to_board peer in
  let+ result = until t (fun number -> send_from number bytes.buffer bytes.off bytes.len peer) in
  Result.map ignore result
