(* SPDX-License-Identifier: Apache-2.0 *)

(* Two connections without a network between them, whose sequence numbers and time wrap on the way. *)

let size = 50_000
let text = Stacks.bytes size

(* What one has to send, as the other's segments. *)
let rec segments c ~now =
  match Tcp_output.next c ~now with
  | None -> []
  | Some out ->
      let buffer = Cstruct.create (Tcp_output.size out) in
      let n = Tcp_output.write c out ~pseudo:0 buffer in
      let segment = Option.get (Tcp_segment.read (Cstruct.sub buffer 0 n)) in
      assert (Tcp_segment.is_right ~pseudo:0 (Cstruct.sub buffer 0 n));
      segment :: segments c ~now

let run name ~iss ~start =
  let iss = Tcp_sequence.of_int32 iss and mtu = 1480 in
  let now = ref start in
  let memory = Tcp_memory.create () in
  let a = Tcp_connection.connect ~memory ~now:!now ~iss ~ts_offset:(-50l) ~mtu ~local_port:1 ~remote_port:2 () in
  let b =
    Tcp_connection.accept ~memory ~now:!now ~iss ~ts_offset:0x7fffffffl ~mtu (List.hd (segments a ~now:!now))
  in
  let got = Buffer.create size and written = ref 0 and turns = ref 0 in
  let give c segments = List.iter (fun s -> ignore (Tcp_input.receive c ~now:!now s)) segments in
  while not (Tcp_connection.is_closed b) && !turns < 10_000 do
    incr turns;
    now := Tcp_time.add !now 5;
    let n = min (Tcp_connection.room a) (size - !written) in
    if Tcp_connection.writable a && n > 0 then begin
      Tcp_connection.write a ~nodelay:false (Cstruct.of_string (String.sub text !written n));
      written := !written + n
    end;
    if !written = size then Tcp_connection.close a;
    (* Each tenth turn everything is lost. *)
    let sent = segments a ~now:!now in
    if !turns mod 10 <> 0 then give b sent;
    let rec read () =
      match Tcp_connection.read b with
      | Some bytes ->
          Buffer.add_string got (Cstruct.to_string bytes);
          read ()
      | None -> if b.eof then Tcp_connection.close b
    in
    read ();
    give a (segments b ~now:!now);
    Tcp_timers.expire a ~now:!now;
    Tcp_timers.expire b ~now:!now
  done;
  Printf.printf "%s: right %b, closed %b\n" name
    (String.equal (Buffer.contents got) text)
    (b.state = Closed Finished && a.state = Time_wait)

let () =
  run "plain" ~iss:1l ~start:0;
  run "32 bits" ~iss:(-20_000l) ~start:0;
  run "31 bits" ~iss:(Int32.sub Int32.max_int 20_000l) ~start:0;
  run "30 bits" ~iss:0x3fffff00l ~start:0;
  run "time" ~iss:1l ~start:(max_int - 50)
