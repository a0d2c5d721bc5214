(* SPDX-License-Identifier: Apache-2.0 *)

module Connection = Tcp_connection
module Table = Tcp_table

type error = [ Tcpip.Tcp.error | `Reset | `Too_many_connections ]

module Make
    (Ip : Tcpip.Ip.S)
    (Time : Mirage_time.S)
    (Clock : Mirage_clock.MCLOCK)
    (Random : Mirage_random.S) =
struct
  module Engine = Tcp_engine.Make (Ip) (Time) (Clock) (Random)

  type ipaddr = Ip.ipaddr
  type nonrec error = error
  type write_error = [ error | Mirage_flow.write_error ]
  type t = Engine.t
  type flow = Engine.flow

  open Engine

  let pp_error ppf = function
    | #Tcpip.Tcp.error as e -> Tcpip.Tcp.pp_error ppf e
    | `Reset -> Format.pp_print_string ppf "connection reset by peer"
    | `Too_many_connections ->
        Format.fprintf ppf "there are %d connections, and no more are allowed" Tcp_limits.connections

  let pp_write_error ppf = function
    | #Mirage_flow.write_error as e -> Mirage_flow.pp_write_error ppf e
    | #error as e -> pp_error ppf e
  let connect ip = Lwt.return (Engine.create ip)
  let input = Engine.input
  let dst flow = (flow.remote, flow.connection.remote_port)

  type counts = { connections : int; time_wait : int; listeners : int }

  let counts (t : t) =
    { connections = Table.count t.flows; time_wait = Table.count t.time_waits;
      listeners = Hashtbl.length t.listeners }
  (* ---- Opening and closing ---- *)

  let milliseconds ns = Int64.to_int (Int64.min (Int64.div ns 1_000_000L) 432_000_000L)

  let keepalive_of { Tcpip.Tcp.Keepalive.after; interval; probes } =
    { Connection.after = Int.max 1 (milliseconds after); interval = Int.max 1 (milliseconds interval); probes }

  let check_port function_name port =
    if port < 1 || port > 65535 then
      invalid_arg (Printf.sprintf "Tcp.Flow.%s: port %d is not one of 1 to 65535" function_name port)

  let listen (t : t) ~port ?keepalive callback =
    check_port "listen" port;
    Hashtbl.replace t.listeners port { keepalive = Option.map keepalive_of keepalive; callback }

  let unlisten (t : t) ~port = Hashtbl.remove t.listeners port

  (* A dynamic port at random (RFC 6056), which no connection to the same peer has. *)
  let rec any_port (t : t) ~local ~remote ~remote_port =
    let local_port = 49152 + (Cstruct.BE.get_uint16 (Random.generate 2) 0 land 0x3fff) in
    let is_taken =
      Option.is_some (Table.find t.flows ~local ~local_port ~remote ~remote_port)
      || Option.is_some (find_time_wait t ~local ~local_port ~remote ~remote_port)
      || Hashtbl.mem t.listeners local_port
    in
    if is_taken then any_port t ~local ~remote ~remote_port else local_port

  let rec opened flow =
    match flow.connection.state with
    | Syn_sent | Syn_received -> Lwt.bind (Lwt_condition.wait flow.writers) (fun () -> opened flow)
    | Closed Refused -> Lwt.return (Error `Refused)
    | Closed _ -> Lwt.return (Error `Timeout)
    | _ -> Lwt.return (Ok flow)

  let create_connection ?keepalive (t : t) (remote, remote_port) =
    check_port "create_connection" remote_port;
    make_room t;
    if Table.count t.flows >= Tcp_limits.connections then
      Lwt.return (Error `Too_many_connections)
    else begin
      let local = Ip.src t.ip ~dst:remote in
      let local_port = any_port t ~local ~remote ~remote_port in
      let { Tcp_isn.iss; ts_offset } = numbers t ~local ~remote ~local_port ~remote_port in
      let mtu = Ip.mtu t.ip ~dst:remote in
      let keepalive = Option.map keepalive_of keepalive in
      let connection =
        Connection.connect ~memory:t.memory ~now:(now ()) ~iss ~ts_offset ~mtu ?keepalive ~local_port ~remote_port ()
      in
      let pseudo = pseudo_sum t ~local ~remote in
      let flow = register t connection ~local ~remote ~pseudo ~accept:None in
      happened flow;
      let give_up e =
        Connection.abort connection;
        happened flow;
        Lwt.fail e
      in
      Lwt.catch (fun () -> opened flow) give_up
    end

  let close flow =
    Connection.close flow.connection;
    happened flow;
    Lwt.return_unit

  let abort flow =
    Connection.abort flow.connection;
    happened flow

  let disconnect (t : t) =
    Hashtbl.reset t.listeners;
    Table.iter t.flows abort;
    Lwt.cancel t.sleeper;
    Lwt.return_unit

  (* ---- Reading and writing ---- *)

  let rec read flow =
    let c = flow.connection in
    match Connection.read c with
    | Some bytes ->
        send_soon flow;
        Lwt.return (Ok (`Data bytes))
    | None when c.eof -> Lwt.return (Ok `Eof)
    | None -> (
        match c.state with
        | Closed Timed_out -> Lwt.return (Error `Timeout)
        | Closed (Reset | Refused) -> Lwt.return (Error `Reset)
        | Closed (Finished | Aborted) | Time_wait -> Lwt.return (Ok `Eof)
        | _ -> Lwt.bind (wait_to_read flow) (fun () -> read flow))

  let unwritable flow : (unit, write_error) result =
    match flow.connection.state with Closed Timed_out -> Error `Timeout | _ -> Error `Closed

  (* [more]: what follows goes into the same segments, so they are not sent before the room is used up. *)
  let rec write_bytes flow ~nodelay ~more bytes =
    let c = flow.connection in
    let length = Cstruct.length bytes and room = Connection.room c in
    if not (Connection.writable c) then Lwt.return (unwritable flow)
    else if length <= room then begin
      Connection.write c ~nodelay bytes;
      if not more then send flow;
      Lwt.return (Ok ())
    end
    else if not (Connection.has_room c) then begin
      send flow;
      Lwt.bind (Lwt_condition.wait flow.writers) (fun () -> write_bytes flow ~nodelay ~more bytes)
    end
    else begin
      Connection.write c ~nodelay (Cstruct.sub bytes 0 room);
      send flow;
      write_bytes flow ~nodelay ~more (Cstruct.shift bytes room)
    end

  let rec write_all flow ~nodelay = function
    | [] -> Lwt.return (Ok ())
    | bytes :: rest ->
        Lwt.bind (write_bytes flow ~nodelay ~more:(rest <> []) bytes) (function
          | Ok () -> write_all flow ~nodelay rest
          | Error _ as e -> Lwt.return e)

  let write flow bytes = write_bytes flow ~nodelay:false ~more:false bytes
  let writev flow buffers = write_all flow ~nodelay:false buffers
  let write_nodelay flow bytes = write_bytes flow ~nodelay:true ~more:false bytes
  let writev_nodelay flow buffers = write_all flow ~nodelay:true buffers
end
