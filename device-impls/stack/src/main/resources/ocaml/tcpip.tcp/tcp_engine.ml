(* SPDX-License-Identifier: Apache-2.0 *)

module Connection = Tcp_connection
module Segment = Tcp_segment
module Output = Tcp_output
module Table = Tcp_table

let log = Logs.Src.create "tcp" ~doc:"TCP connections"

module Log = (val Logs.src_log log : Logs.LOG)

module Make
    (Ip : Tcpip.Ip.S)
    (Time : Mirage_time.S)
    (Clock : Mirage_clock.MCLOCK)
    (Random : Mirage_random.S) =
struct
  type t = {
    ip : Ip.t;
    isn : Tcp_isn.t;
    memory : Tcp_memory.t;
    flows : (Ip.ipaddr, flow) Table.t;
    time_waits : (Ip.ipaddr, Tcp_time_wait.t) Table.t;
    time_wait_order : (Ip.ipaddr * Ip.ipaddr * Tcp_time_wait.t) Queue.t;  (** local, remote *)
    listeners : (int, listener) Hashtbl.t;
    mutable turns : flow list;  (** who waits for one, the next first *)
    mutable half_open : flow list;  (** asked for by peers, the newest first *)
    mutable wake_at : Tcp_time.t;
    mutable sleeper : unit Lwt.t;
  }

  and listener = { keepalive : Connection.keepalive option; callback : flow -> unit Lwt.t }

  and flow = {
    stack : t;
    connection : Connection.t;
    local : Ip.ipaddr;
    remote : Ip.ipaddr;
    pseudo : int;  (** sum of the pseudo-header, the length apart; the same in both directions *)
    readers : unit Lwt_condition.t;
    writers : unit Lwt_condition.t;
    mutable accept : (flow -> unit Lwt.t) option;  (** to be called when the connection is open *)
    mutable sending : bool;
    mutable sending_soon : bool;  (** an acknowledgement, at the end of this turn *)
    mutable listed : bool;  (** in [flows] *)
  }

  let create ip =
    let secret = Cstruct.to_string (Random.generate 16) in
    { ip; isn = Tcp_isn.create ~secret; memory = Tcp_memory.create (); flows = Table.create (); time_waits = Table.create ();
      time_wait_order = Queue.create (); listeners = Hashtbl.create 7; turns = []; half_open = [];
      wake_at = Tcp_time.never; sleeper = Lwt.return_unit }

  let now () = Tcp_time.of_ns (Clock.elapsed_ns ())

  (* ---- The tables ---- *)

  let pseudo_sum (t : t) ~local ~remote =
    Tcpip_checksum.sum (Ip.pseudoheader t.ip ~src:local remote `TCP 0)

  let register (t : t) (connection : Connection.t) ~local ~remote ~pseudo ~accept =
    let flow =
      { stack = t; connection; local; remote; pseudo; readers = Lwt_condition.create ();
        writers = Lwt_condition.create (); accept; sending = false; sending_soon = false; listed = true }
    in
    Table.add t.flows ~local ~local_port:connection.local_port ~remote
      ~remote_port:connection.remote_port flow;
    flow

  let leave_turns flow =
    let t = flow.stack in
    if List.memq flow t.turns then begin
      t.turns <- List.filter (fun f -> f != flow) t.turns;
      Tcp_memory.leaves t.memory
    end

  let unlist flow =
    if flow.listed then begin
      flow.listed <- false;
      let c = flow.connection in
      Table.remove flow.stack.flows ~local:flow.local ~local_port:c.local_port ~remote:flow.remote
        ~remote_port:c.remote_port;
      flow.stack.half_open <- List.filter (fun f -> f != flow) flow.stack.half_open;
      leave_turns flow
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
      (fun buffer -> Output.write flow.connection out ~pseudo:flow.pseudo buffer)
      []

  (* A segment of no connection. Whether it gets through is nobody's concern. *)
  let answer (t : t) ~local ~remote ~pseudo segment =
    let size = Segment.header_size segment.Segment.options in
    let fill buffer =
      Segment.write segment buffer;
      Segment.set_checksum ~pseudo buffer size;
      size
    in
    Lwt.map ignore (Ip.write t.ip ~src:local remote `TCP ~size fill [])

  let rec run_callback flow callback =
    Lwt.async (fun () ->
        Lwt.catch
          (fun () -> callback flow)
          (fun e ->
            Log.err (fun m ->
                m "the callback of port %d failed: %s" flow.connection.local_port (Printexc.to_string e));
            Connection.abort flow.connection;
            send flow;
            notify flow;
            Lwt.return_unit))

  (* Tells those who wait what has become possible. *)
  and notify flow =
    let c = flow.connection in
    (match (c.state, flow.accept) with
    | (Syn_sent | Syn_received | Closed _), _ | _, None -> ()
    | _, Some callback ->
        flow.accept <- None;
        flow.stack.half_open <- List.filter (fun f -> f != flow) flow.stack.half_open;
        run_callback flow callback);
    let closed = Connection.is_closed c in
    if closed || c.eof || Connection.readable c then Lwt_condition.broadcast flow.readers ();
    (* A writer waits for the room of a segment. *)
    if closed || Connection.has_room c then Lwt_condition.broadcast flow.writers ()

  (* When nothing is left to be sent, a connection may be over. *)
  and settle flow ~now =
    match flow.connection.state with
    | Closed _ -> unlist flow
    | Time_wait when flow.listed ->
        unlist flow;
        keep_time_wait flow ~now
    | _ -> ()

  (* A segment that is not sent is as good as lost; a connection that is being asked for fails at once. *)
  and failed flow error =
    Log.debug (fun m -> m "not sent: %a" Ip.pp_error error);
    if flow.connection.state = Connection.Syn_sent then Connection.finish flow.connection Timed_out

  and schedule (t : t) ~now deadline =
    if Tcp_time.is_set deadline && Tcp_time.earliest ~now t.wake_at deadline <> t.wake_at then begin
      Lwt.cancel t.sleeper;
      t.wake_at <- deadline;
      let ms = Int.max 0 (deadline - now) in
      let sleeper = Time.sleep_ns (Int64.mul 1_000_000L (Int64.of_int ms)) in
      t.sleeper <- sleeper;
      Lwt.on_success sleeper (fun () -> if t.sleeper == sleeper then run_timers t)
    end

  (* Where memory is short they come later, but go on. *)
  and run_timers t =
    t.wake_at <- Tcp_time.never;
    try look_at_timers t
    with Out_of_memory ->
      let now = now () in
      schedule t ~now (Tcp_time.deadline ~now Tcp_limits.stuck)

  and look_at_timers t =
    let at = now () in
    expire_time_waits t ~now:at;
    let next = ref Tcp_time.never in
    let look flow =
      if Tcp_time.is_due (Tcp_timers.deadline flow.connection ~now:at) ~now:at then begin
        Tcp_timers.expire flow.connection ~now:at;
        wait_for_turn flow;
        send flow;
        notify flow
      end;
      next := Tcp_time.earliest ~now:at !next (Tcp_timers.deadline flow.connection ~now:at)
    in
    Table.iter t.flows look;
    schedule t ~now:at (Tcp_time.earliest ~now:at !next (time_waits_end t))

  (* Where a peer may send no long segment, it may when the connection has its turn: at once, if there is room. *)
  and wait_for_turn flow =
    let c = flow.connection and t = flow.stack in
    if Connection.wants_window c then begin
      let now = now () in
      if Tcp_memory.is_stuck t.memory ~now && not (Tcp_memory.one_more_turn t.memory) then Connection.take_assured c;
      if not (List.memq flow t.turns) then begin
        t.turns <- t.turns @ [ flow ];
        Tcp_memory.waits t.memory ~now
      end;
      c.turn_at <- Tcp_time.deadline ~now Tcp_limits.stuck;
      give_turns t ~now;
      schedule t ~now c.turn_at;
      send_soon flow
    end

  and give_turns t ~now =
    match t.turns with
    | flow :: _ when Tcp_memory.has_turn t.memory ->
        leave_turns flow;
        if Connection.wants_window flow.connection then begin
          Connection.take_turn flow.connection ~now;
          send_soon flow
        end;
        give_turns t ~now
    | _ -> ()

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
        (* Without memory for a frame it is as good as lost. *)
        let sent = try transmit flow out with Out_of_memory -> Lwt.fail Out_of_memory in
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
      let now = now () in
      flow.sending <- false;
      schedule flow.stack ~now (Tcp_timers.deadline flow.connection ~now);
      Log.err (fun m -> m "sending failed: %s" (Printexc.to_string e))
    in
    Lwt.on_any sent continue broken

  (* Frames that arrived together are taken in one turn, in which what they bring is also read. One acknowledgement then does
     for all of them and for the room that reading has made, unless it goes with data that answers. *)
  and send_soon flow =
    if flow.connection.ack_soon && not flow.sending_soon then begin
      flow.sending_soon <- true;
      Lwt.on_success (Lwt.pause ()) (fun () ->
          flow.sending_soon <- false;
          if flow.connection.ack_soon then begin
            flow.connection.ack_due <- true;
            send flow
          end)
    end

  let happened ?(at = now ()) flow =
    if not flow.sending then send_all flow ~now:at;
    notify flow;
    send_soon flow;
    if Tcp_memory.has_turn flow.stack.memory then give_turns flow.stack ~now:at

  (* A reader has read all, and waits. *)
  let wait_to_read flow =
    wait_for_turn flow;
    Lwt_condition.wait flow.readers

  (* ---- Receiving ---- *)

  (* Closed by its user, and waiting for nothing but the peer's last words. *)
  let is_orphan flow =
    match flow.connection.state with Fin_wait_2 | Closing | Last_ack -> true | _ -> false

  (* When there are as many connections as may be, the orphan that has been silent for longest makes room, else the oldest
     of those that peers have not confirmed. *)
  let make_room (t : t) =
    if Table.count t.flows >= Tcp_limits.connections then begin
      let at = now () in
      let silence flow = Tcp_time.since flow.connection.heard_at ~now:at in
      let oldest = ref None in
      Table.iter t.flows (fun flow ->
          if is_orphan flow then
            match !oldest with
            | Some other when silence other >= silence flow -> ()
            | _ -> oldest := Some flow);
      match !oldest with
      | Some flow ->
          Connection.abort flow.connection;
          happened flow
      | None -> (
          match List.rev t.half_open with
          | unconfirmed :: _ ->
              Connection.finish unconfirmed.connection Aborted;
              unlist unconfirmed
          | [] -> ())
    end

  let numbers (t : t) ~local ~remote ~local_port ~remote_port =
    let addresses = Cstruct.to_string (Ip.pseudoheader t.ip ~src:local remote `TCP 0) in
    Tcp_isn.numbers t.isn ~addresses ~local_port ~remote_port ~ns:(Clock.elapsed_ns ())

  let open_passive (t : t) { keepalive; callback } ~local ~remote ~pseudo (s : Segment.t) =
    make_room t;
    if Table.count t.flows >= Tcp_limits.connections then
      answer t ~local ~remote ~pseudo (Segment.reset_for s)
    else begin
      let { Tcp_isn.iss; ts_offset } =
        numbers t ~local ~remote ~local_port:s.dst_port ~remote_port:s.src_port
      in
      let mtu = Ip.mtu t.ip ~dst:remote in
      let connection = Connection.accept ~memory:t.memory ~now:(now ()) ~iss ~ts_offset ~mtu ?keepalive s in
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
    let at = now () in
    let answered = Tcp_input.receive flow.connection ~now:at s in
    happened flow ~at;
    match answered with
    | Nothing -> Lwt.return_unit
    | Reset ->
        answer flow.stack ~local:flow.local ~remote:flow.remote ~pseudo:flow.pseudo
          (Segment.reset_for s)

  let without_flow (t : t) ~local ~remote (s : Segment.t) buffer =
    let pseudo = pseudo_sum t ~local ~remote in
    if not (Segment.is_right ~pseudo buffer) then Lwt.return_unit
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
            if Segment.is_right ~pseudo:flow.pseudo buffer then for_flow flow s
            else Lwt.return_unit
        | None ->
            (* A broadcast opens nothing and gets no answer (RFC 1122, 4.2.3.10). *)
            if is_own t dst then without_flow t ~local:dst ~remote:src s buffer else Lwt.return_unit)
end
