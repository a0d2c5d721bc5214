(* SPDX-License-Identifier: Apache-2.0 *)

open Lwt.Syntax

let log = Logs.Src.create "sockets" ~doc:"the host's sockets"

module Log = (val Logs.src_log log : Logs.LOG)

module Make (Address : Socket_address.S) = struct
  type ipaddr = Address.t
  type error = Host_socket.error
  type write_error = [ error | Mirage_flow.write_error ]
  type flow = { socket : Host_socket.t; remote : ipaddr * int }
  type t = { own : ipaddr list; listeners : (int, Host_socket.t list) Hashtbl.t }

  let pp_error = Host_socket.pp_error

  let pp_write_error ppf : write_error -> unit = function
    | #Mirage_flow.write_error as e -> Mirage_flow.pp_write_error ppf e
    | #Host_socket.error as e -> pp_error ppf e

  let over own = { own; listeners = Hashtbl.create 7 }
  let own t = t.own
  let dst flow = flow.remote
  let flow_of socket (octets, port) = { socket; remote = (Address.of_octets_exn octets, port) }

  let close flow =
    Host_socket.close flow.socket;
    Lwt.return_unit

  let create_connection ?keepalive _ (address, port) =
    let peer = (Address.to_octets address, port) in
    let+ result = Host_socket.connect peer in
    Result.map
      (fun socket ->
        Option.iter (Host_socket.keep_alive socket) keepalive;
        flow_of socket peer)
      result

  (* ---- Listening ---- *)

  let serve callback flow =
    let failed exn =
      Log.err (fun m -> m "a connection ended in exception %s" (Printexc.to_string exn));
      close flow
    in
    Lwt.async (fun () -> Lwt.catch (fun () -> callback flow) failed)

  (* A host that has no more descriptors may have some later. *)
  let patience = 100_000_000L

  let rec accept ?keepalive socket callback =
    let* result = Host_socket.accept socket in
    match result with
    | Ok (connection, peer) ->
        Option.iter (Host_socket.keep_alive connection) keepalive;
        serve callback (flow_of connection peer);
        accept ?keepalive socket callback
    | Error _ when not (Host_socket.is_open socket) -> Lwt.return_unit
    | Error e ->
        Log.warn (fun m -> m "a connection is not accepted: %a" pp_error e);
        let* () = OS.Time.sleep_ns patience in
        accept ?keepalive socket callback

  let unlisten t ~port =
    List.iter Host_socket.close (Option.value (Hashtbl.find_opt t.listeners port) ~default:[]);
    Hashtbl.remove t.listeners port

  let open_at port address =
    match Host_socket.listen (Address.to_octets address, port) with
    | Ok socket -> socket
    | Error e -> failwith (Format.asprintf "TCP port %d of %a: %a" port Address.pp address pp_error e)

  let listen t ~port ?keepalive callback =
    unlisten t ~port;
    let sockets = List.map (open_at port) t.own in
    Hashtbl.replace t.listeners port sockets;
    List.iter (fun socket -> Lwt.async (fun () -> accept ?keepalive socket callback)) sockets

  let disconnect t =
    List.iter (fun port -> unlisten t ~port) (List.of_seq (Hashtbl.to_seq_keys t.listeners));
    Lwt.return_unit

  (* The host has what is behind this. *)
  let input _ ~src:_ ~dst:_ _ = Lwt.return_unit

  (* ---- Reading and writing ---- *)

  let read flow =
    if not (Host_socket.is_open flow.socket) then Lwt.return (Ok `Eof)
    else
      let+ result = Host_socket.receive flow.socket in
      Result.map (fun (data, _) -> if Cstruct.length data = 0 then `Eof else `Data data) result

  let write flow bytes : (unit, write_error) result Lwt.t =
    let+ result = Host_socket.send flow.socket bytes in
    match result with
    | Ok () -> Ok ()
    | Error `Reset -> Error `Closed
    | Error e -> Error (e :> write_error)

  (* In one call: the host sends at once what it is given. *)
  let writev flow buffers = write flow (Cstruct.concat buffers)
  let write_nodelay = write
  let writev_nodelay = writev
end
