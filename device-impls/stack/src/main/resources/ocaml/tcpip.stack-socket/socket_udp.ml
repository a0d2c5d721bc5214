(* SPDX-License-Identifier: Apache-2.0 *)

open Lwt.Syntax

let log = Logs.Src.create "sockets" ~doc:"the host's sockets"

module Log = (val Logs.src_log log : Logs.LOG)

module Make (Address : Socket_address.S) = struct
  type ipaddr = Address.t
  type error = Host_socket.error
  type callback = src:ipaddr -> dst:ipaddr -> src_port:int -> Cstruct.t -> unit Lwt.t

  (* The sockets of a port, each with the address it is at. Those of port 0 only send. *)
  type t = { own : ipaddr list; ports : (int, (ipaddr * Host_socket.t) list) Hashtbl.t }

  let pp_error = Host_socket.pp_error
  let over own = { own; ports = Hashtbl.create 7 }

  let at_port t port = Option.value (Hashtbl.find_opt t.ports port) ~default:[]

  let unlisten t ~port =
    List.iter (fun (_, socket) -> Host_socket.close socket) (at_port t port);
    Hashtbl.remove t.ports port

  let disconnect t =
    List.iter (fun port -> unlisten t ~port) (List.of_seq (Hashtbl.to_seq_keys t.ports));
    Lwt.return_unit

  let open_at port address =
    Result.map (fun socket -> (address, socket)) (Host_socket.datagrams (Address.to_octets address, port))

  (* ---- Receiving ---- *)

  let hand_out (callback : callback) ~dst (data, (octets, src_port)) =
    let failed exn = Log.err (fun m -> m "a datagram ended in exception %s" (Printexc.to_string exn)) in
    let handled () = callback ~src:(Address.of_octets_exn octets) ~dst ~src_port data in
    Lwt.async (fun () -> Lwt.catch handled (fun exn -> Lwt.return (failed exn)))

  (* A host says here, too, that nobody took a datagram sent before: that is nobody's end. *)
  let rec receive callback (address, socket) =
    let* result = Host_socket.receive socket in
    Result.iter (hand_out callback ~dst:address) result;
    if Host_socket.is_open socket then receive callback (address, socket) else Lwt.return_unit

  let listen t ~port callback =
    unlisten t ~port;
    let at address =
      match open_at port address with
      | Ok opened -> opened
      | Error e -> failwith (Format.asprintf "UDP port %d of %a: %a" port Address.pp address pp_error e)
    in
    let sockets = List.map at t.own in
    Hashtbl.replace t.ports port sockets;
    List.iter (fun opened -> Lwt.async (fun () -> receive callback opened)) sockets

  let input _ ~src:_ ~dst:_ _ = Lwt.return_unit

  (* ---- Sending ---- *)

  module Version = Socket_address.Versions (Address)

  (* A socket that can reach [dst], of those of a port or a new one, and whether it is to be closed. *)
  let socket_for t ~port dst =
    let fits (address, _) = Version.same address dst in
    match List.find_opt fits (at_port t port) with
    | Some (_, socket) -> Ok (socket, false)
    | None -> (
        match List.find_opt (Version.same dst) t.own with
        | None -> Error (`Host "this stack does not speak that version of IP")
        | Some own ->
            let opened = open_at port own in
            if port = 0 then Result.iter (fun opened -> Hashtbl.replace t.ports 0 (opened :: at_port t 0)) opened;
            Result.map (fun (_, socket) -> (socket, port <> 0)) opened)

  let write ?src:_ ?(src_port = 0) ?ttl:_ ~dst ~dst_port t payload =
    match socket_for t ~port:src_port dst with
    | Error _ as e -> Lwt.return e
    | Ok (socket, passing) ->
        let+ result = Host_socket.send_to socket (Address.to_octets dst, dst_port) payload in
        if passing then Host_socket.close socket;
        result
end
