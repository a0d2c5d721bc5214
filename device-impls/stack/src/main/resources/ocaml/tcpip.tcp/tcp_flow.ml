(* SPDX-License-Identifier: Apache-2.0 *)

module Connection = Tcp_connection
module Segment = Tcp_segment
module Output = Tcp_output
module Table = Tcp_table

type error = [ Tcpip.Tcp.error | `Reset | `Too_many_connections ]

let log = Logs.Src.create "tcp" ~doc:"TCP connections"

module Log = (val Logs.src_log log : Logs.LOG)

module Make
    (Ip : Tcpip.Ip.S)
    (Time : Mirage_time.S)
    (Clock : Mirage_clock.MCLOCK)
    (Random : Mirage_random.S) =
struct
  type ipaddr = Ip.ipaddr
  type nonrec error = error
  type write_error = [ error | Mirage_flow.write_error ]

  let pp_error ppf = function
    | #Tcpip.Tcp.error as e -> Tcpip.Tcp.pp_error ppf e
    | `Reset -> Format.pp_print_string ppf "connection reset by peer"
    | `Too_many_connections ->
        Format.fprintf ppf "there are %d connections, and no more are allowed" Tcp_limits.connections

  let pp_write_error ppf = function
    | #Mirage_flow.write_error as e -> Mirage_flow.pp_write_error ppf e
    | #error as e -> pp_error ppf e

  type t = {
    ip : Ip.t;
    isn : Tcp_isn.t;
    flows : (ipaddr, flow) Table.t;
    time_waits : (ipaddr, Tcp_time_wait.t) Table.t;
    time_wait_order : (ipaddr * ipaddr * Tcp_time_wait.t) Queue.t;  (** local, remote *)
    listeners : (int, listener) Hashtbl.t;
    mutable half_open : flow list;  (** asked for by peers, the newest first *)
    mutable wake_at : Tcp_time.t;
    mutable sleeper : unit Lwt.t;
  }

  and listener = { keepalive : Connection.keepalive option; callback : flow -> unit Lwt.t }

  and flow = {
    stack : t;
    connection : Connection.t;
    local : ipaddr;
    remote : ipaddr;
    pseudo : int;  (** sum of the pseudo-header, the length apart; the same in both directions *)
    readers : unit Lwt_condition.t;
    writers : unit Lwt_condition.t;
    mutable accept : (flow -> unit Lwt.t) option;  (** to be called when the connection is open *)
    mutable sending : bool;
    mutable listed : bool;  (** in [flows] *)
  }

  let connect ip =
    let secret = Cstruct.to_string (Random.generate 16) in
    Lwt.return
      { ip; isn = Tcp_isn.create ~secret; flows = Table.create (); time_waits = Table.create ();
        time_wait_order = Queue.create (); listeners = Hashtbl.create 7; half_open = [];
        wake_at = Tcp_time.never; sleeper = Lwt.return_unit }

  let now () = Tcp_time.of_ns (Clock.elapsed_ns ())
  let dst flow = (flow.remote, flow.connection.remote_port)

  type counts = { connections : int; time_wait : int; listeners : int }

  let counts (t : t) =
    { connections = Table.count t.flows; time_wait = Table.count t.time_waits;
      listeners = Hashtbl.length t.listeners }

  (* ---- The tables ---- *)

  let pseudo_sum (t : t) ~local ~remote =
    Tcpip_checksum.sum (Ip.pseudoheader t.ip ~src:local remote `TCP 0)

  let register (t : t) (connection : Connection.t) ~local ~remote ~pseudo ~accept =
    let flow =
      { stack = t; connection; local; remote; pseudo; readers = Lwt_condition.create ();
        writers = Lwt_condition.create (); accept; sending = false; listed = true }
    in
    Table.add t.flows ~local ~local_port:connection.local_port ~remote
      ~remote_port:connection.remote_port flow;
    flow

  let unlist flow =
    if flow.listed then begin
      flow.listed <- false;
      let c = flow.connection in
      Table.remove flow.stack.flows ~local:flow.local ~local_port:c.local_port ~remote:flow.remote
        ~remote_port:c.remote_port;
      flow.stack.half_open <- List.filter (fun f -> f != flow) flow.stack.half_open
    end

  let find_time_wait (t : t) ~local ~local_port ~remote ~remote_port =
    Table.find t.time_waits ~local ~local_port ~remote ~remote_port

  let forget_time_wait (t : t) ~local ~remote (wait : Tcp_time_wait.t) =
    let local_port = wait.local_port and remote_port = wait.remote_port in
    match find_time_wait t ~local ~local_port ~remote ~remote_port with
    | Some current when current == wait -> Table.remove t.time_waits ~local ~local_port ~remote ~remote_port
    | Some _ | None -> ()

  (* In the order in which they began: a late FIN makes one last longer, and those behind it with it. *)
  let rec expire_time_waits (t : t) ~now =
    match Queue.peek_opt t.time_wait_order with
    | Some (local, remote, wait)
      when Tcp_time_wait.is_over wait ~now || Queue.length t.time_wait_order > Tcp_limits.time_wait ->
        ignore (Queue.pop t.time_wait_order);
        forget_time_wait t ~local ~remote wait;
        expire_time_waits t ~now
    | _ -> ()

  let keep_time_wait flow ~now =
    let t = flow.stack and c = flow.connection in
    let wait = Tcp_time_wait.of_connection c ~now in
    Table.add t.time_waits ~local:flow.local ~local_port:c.local_port ~remote:flow.remote
      ~remote_port:c.remote_port wait;
    Queue.add (flow.local, flow.remote, wait) t.time_wait_order;
    expire_time_waits t ~now

  let time_waits_end (t : t) =
    match Queue.peek_opt t.time_wait_order with
    | Some (_, _, wait) -> wait.ends_at
    | None -> Tcp_time.never

  (* ---- Sending ---- *)

  let transmit flow (out : Output.t) =
    Ip.write flow.stack.ip ~src:flow.local flow.remote `TCP ~size:(Output.size out)
      (Output.write flow.connection out ~pseudo:flow.pseudo)
      []

  (* A segment of no connection. Whether it gets through is nobody's concern. *)
  let answer (t : t) ~local ~remote ~pseudo segment =
    let size = Segment.header_size segment.Segment.options in
    let fill buffer =
      Segment.write segment buffer;
      Segment.set_checksum ~pseudo (Cstruct.sub buffer 0 size);
      size
    in
    Lwt.map ignore (Ip.write t.ip ~src:local remote `TCP ~size fill [])

  let run_callback flow callback =
    Lwt.async (fun () ->
        Lwt.catch
          (fun () -> callback flow)
          (fun e ->
            Log.err (fun m ->
                m "the callback of port %d failed: %s" flow.connection.local_port (Printexc.to_string e));
            Connection.abort flow.connection;
            Lwt.return_unit))

  (* Tells those who wait what has become possible. *)
  let notify flow =
    let c = flow.connection in
    (match (c.state, flow.accept) with
    | (Syn_sent | Syn_received | Closed _), _ | _, None -> ()
    | _, Some callback ->
        flow.accept <- None;
        flow.stack.half_open <- List.filter (fun f -> f != flow) flow.stack.half_open;
        run_callback flow callback);
    let closed = Connection.is_closed c in
    if closed || c.eof || Connection.readable c then Lwt_condition.broadcast flow.readers ();
    if closed || Connection.room c > 0 then Lwt_condition.broadcast flow.writers ()

  (* When nothing is left to be sent, a connection may be over. *)
  let settle flow ~now =
    match flow.connection.state with
    | Closed _ -> unlist flow
    | Time_wait when flow.listed ->
        unlist flow;
        keep_time_wait flow ~now
    | _ -> ()

  (* A segment that is not sent is as good as lost; a connection that is being asked for fails at once. *)
  let failed flow error =
    Log.debug (fun m -> m "not sent: %a" Ip.pp_error error);
    if flow.connection.state = Connection.Syn_sent then Connection.finish flow.connection Timed_out

  let rec schedule (t : t) ~now deadline =
    if Tcp_time.is_set deadline && Tcp_time.earliest ~now t.wake_at deadline <> t.wake_at then begin
      Lwt.cancel t.sleeper;
      t.wake_at <- deadline;
      let ms = max 0 (deadline - now) in
      let sleeper = Time.sleep_ns (Int64.mul 1_000_000L (Int64.of_int ms)) in
      t.sleeper <- sleeper;
      Lwt.on_success sleeper (fun () -> if t.sleeper == sleeper then run_timers t)
    end

  and run_timers t =
    let at = now () in
    t.wake_at <- Tcp_time.never;
    expire_time_waits t ~now:at;
    let next = ref Tcp_time.never in
    let look flow =
      if Tcp_time.is_due (Tcp_timers.deadline flow.connection ~now:at) ~now:at then begin
        Tcp_timers.expire flow.connection ~now:at;
        send flow;
        notify flow
      end;
      next := Tcp_time.earliest ~now:at !next (Tcp_timers.deadline flow.connection ~now:at)
    in
    Table.iter t.flows look;
    schedule t ~now:at (Tcp_time.earliest ~now:at !next (time_waits_end t))

  (* Sends all there is to send; one segment after the other is handed to IP, which may take its time. *)
  and send flow = if not flow.sending then send_all flow ~now:(now ())

  and send_all flow ~now:at =
    match Output.next flow.connection ~now:at with
    | None ->
        flow.sending <- false;
        settle flow ~now:at;
        let deadline =
          if flow.listed then Tcp_timers.deadline flow.connection ~now:at
          else time_waits_end flow.stack
        in
        schedule flow.stack ~now:at deadline
    | Some out -> (
        flow.sending <- true;
        let sent = transmit flow out in
        match Lwt.state sent with
        | Return (Ok ()) -> send_all flow ~now:at
        | _ -> send_later flow sent)

  and send_later flow sent =
    let continue result =
      (match result with Ok () -> () | Error e -> failed flow e);
      send_all flow ~now:(now ());
      notify flow
    in
    let broken e =
      flow.sending <- false;
      Log.err (fun m -> m "sending failed: %s" (Printexc.to_string e))
    in
    Lwt.on_any sent continue broken

  let happened flow =
    send flow;
    notify flow

  (* ---- Receiving ---- *)

  let make_room_half_open (t : t) =
    if List.length t.half_open >= Tcp_limits.half_open then
      match List.rev t.half_open with
      | oldest :: _ ->
          Connection.finish oldest.connection Aborted;
          unlist oldest
      | [] -> ()

  let numbers (t : t) ~local ~remote ~local_port ~remote_port =
    let addresses = Cstruct.to_string (Ip.pseudoheader t.ip ~src:local remote `TCP 0) in
    Tcp_isn.numbers t.isn ~addresses ~local_port ~remote_port ~ns:(Clock.elapsed_ns ())

  let open_passive (t : t) { keepalive; callback } ~local ~remote ~pseudo (s : Segment.t) =
    make_room_half_open t;
    if Table.count t.flows >= Tcp_limits.connections then
      answer t ~local ~remote ~pseudo (Segment.reset_for s)
    else begin
      let { Tcp_isn.iss; ts_offset } =
        numbers t ~local ~remote ~local_port:s.dst_port ~remote_port:s.src_port
      in
      let mtu = Ip.mtu t.ip ~dst:remote in
      let connection = Connection.accept ~now:(now ()) ~iss ~ts_offset ~mtu ?keepalive s in
      let flow = register t connection ~local ~remote ~pseudo ~accept:(Some callback) in
      t.half_open <- flow :: t.half_open;
      happened flow;
      Lwt.return_unit
    end

  let for_nobody (t : t) ~local ~remote ~pseudo (s : Segment.t) =
    let only_syn = Segment.(s.flags land (syn lor ack lor rst lor fin) = syn) in
    match Hashtbl.find_opt t.listeners s.dst_port with
    | Some listener when only_syn -> open_passive t listener ~local ~remote ~pseudo s
    | _ when Segment.has s Segment.rst -> Lwt.return_unit
    | _ -> answer t ~local ~remote ~pseudo (Segment.reset_for s)

  let for_time_wait (t : t) wait ~local ~remote ~pseudo (s : Segment.t) =
    match Tcp_time_wait.receive wait ~now:(now ()) s with
    | Nothing -> Lwt.return_unit
    | Ack segment -> answer t ~local ~remote ~pseudo segment
    | Open ->
        forget_time_wait t ~local ~remote wait;
        for_nobody t ~local ~remote ~pseudo s

  let for_flow flow (s : Segment.t) =
    let answered = Tcp_input.receive flow.connection ~now:(now ()) s in
    happened flow;
    match answered with
    | Nothing -> Lwt.return_unit
    | Reset ->
        answer flow.stack ~local:flow.local ~remote:flow.remote ~pseudo:flow.pseudo
          (Segment.reset_for s)

  let without_flow (t : t) ~local ~remote (s : Segment.t) buffer =
    let pseudo = pseudo_sum t ~local ~remote in
    if Segment.checksum ~pseudo buffer <> 0 then Lwt.return_unit
    else
      match find_time_wait t ~local ~local_port:s.dst_port ~remote ~remote_port:s.src_port with
      | Some wait -> for_time_wait t wait ~local ~remote ~pseudo s
      | None -> for_nobody t ~local ~remote ~pseudo s

  let is_own (t : t) address = List.exists (fun own -> compare own address = 0) (Ip.get_ip t.ip)

  let input (t : t) ~src ~dst buffer =
    match Segment.read buffer with
    | None -> Lwt.return_unit
    | Some s -> (
        match
          Table.find t.flows ~local:dst ~local_port:s.dst_port ~remote:src ~remote_port:s.src_port
        with
        | Some flow ->
            if Segment.checksum ~pseudo:flow.pseudo buffer = 0 then for_flow flow s
            else Lwt.return_unit
        | None ->
            (* A broadcast opens nothing and gets no answer (RFC 1122, 4.2.3.10). *)
            if is_own t dst then without_flow t ~local:dst ~remote:src s buffer else Lwt.return_unit)

  (* ---- Opening and closing ---- *)

  let milliseconds ns = Int64.to_int (Int64.min (Int64.div ns 1_000_000L) 432_000_000L)

  let keepalive_of { Tcpip.Tcp.Keepalive.after; interval; probes } =
    { Connection.after = max 1 (milliseconds after); interval = max 1 (milliseconds interval); probes }

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
    if Table.count t.flows >= Tcp_limits.connections then
      Lwt.return (Error `Too_many_connections)
    else begin
      let local = Ip.src t.ip ~dst:remote in
      let local_port = any_port t ~local ~remote ~remote_port in
      let { Tcp_isn.iss; ts_offset } = numbers t ~local ~remote ~local_port ~remote_port in
      let mtu = Ip.mtu t.ip ~dst:remote in
      let keepalive = Option.map keepalive_of keepalive in
      let connection =
        Connection.connect ~now:(now ()) ~iss ~ts_offset ~mtu ?keepalive ~local_port ~remote_port ()
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
        if c.ack_due then send flow;
        Lwt.return (Ok (`Data bytes))
    | None when c.eof -> Lwt.return (Ok `Eof)
    | None -> (
        match c.state with
        | Closed Timed_out -> Lwt.return (Error `Timeout)
        | Closed (Reset | Refused) -> Lwt.return (Error `Reset)
        | Closed (Finished | Aborted) | Time_wait -> Lwt.return (Ok `Eof)
        | _ -> Lwt.bind (Lwt_condition.wait flow.readers) (fun () -> read flow))

  let unwritable flow : (unit, write_error) result =
    match flow.connection.state with Closed Timed_out -> Error `Timeout | _ -> Error `Closed

  let rec write_bytes flow ~nodelay bytes =
    let c = flow.connection in
    let length = Cstruct.length bytes and room = Connection.room c in
    if not (Connection.writable c) then Lwt.return (unwritable flow)
    else if length <= room then begin
      Connection.write c ~nodelay bytes;
      send flow;
      Lwt.return (Ok ())
    end
    else if room < c.mss then
      Lwt.bind (Lwt_condition.wait flow.writers) (fun () -> write_bytes flow ~nodelay bytes)
    else begin
      Connection.write c ~nodelay (Cstruct.sub bytes 0 room);
      send flow;
      write_bytes flow ~nodelay (Cstruct.shift bytes room)
    end

  let rec write_all flow ~nodelay = function
    | [] -> Lwt.return (Ok ())
    | bytes :: rest ->
        Lwt.bind (write_bytes flow ~nodelay bytes) (function
          | Ok () -> write_all flow ~nodelay rest
          | Error _ as e -> Lwt.return e)

  let write flow bytes = write_bytes flow ~nodelay:false bytes
  let writev flow buffers = write_all flow ~nodelay:false buffers
  let write_nodelay flow bytes = write_bytes flow ~nodelay:true bytes
  let writev_nodelay flow buffers = write_all flow ~nodelay:true buffers
end
