(* SPDX-License-Identifier: Apache-2.0 *)

(* Answers to ICMP echo requests, and sends some. A stack keeps the replies for itself, so this takes the layers of
   one. *)

open Lwt.Syntax

module Ping
    (Time : Mirage_time.S)
    (Clock : Mirage_clock.MCLOCK)
    (Net : Mirage_net.S)
    (Frames : Ethernet.S)
    (Addresses : Arp.S)
    (Ip : Tcpip.Ip.S with type ipaddr = Ipaddr.V4.t) =
struct
  module Icmp = Icmpv4.Make (Ip)

  let patience = Duration.of_sec 1
  let identifier = 0x4d49
  let payload = Cstruct.create 56

  (* The sequence number that is waited for, and who is told when it comes. *)
  let awaited = ref (0, snd (Lwt.wait ()))

  let replied message =
    let sequence, arrival = !awaited in
    if
      message.Icmpv4_packet.kind = Icmpv4_packet.echo_reply
      && Icmpv4_packet.identifier message = identifier
      && Icmpv4_packet.sequence message = sequence
    then begin
      awaited := (0, arrival);
      Lwt.wakeup_later arrival (Cstruct.length message.Icmpv4_packet.data)
    end

  let receive net frames addresses ip icmp =
    let elsewhere ~src:_ ~dst:_ _ = Lwt.return_unit in
    let other ~proto ~src ~dst packet =
      if proto = 1 then begin
        Option.iter replied (Icmpv4_packet.read packet);
        Icmp.input icmp ~src ~dst packet
      end
      else Lwt.return_unit
    in
    let input =
      Frames.input ~arpv4:(Addresses.input addresses)
        ~ipv4:(Ip.input ip ~tcp:elsewhere ~udp:elsewhere ~default:other)
        ~ipv6:(fun _ -> Lwt.return_unit)
        frames
    in
    let* result = Net.listen net ~header_size:Ethernet.Packet.sizeof_ethernet input in
    Result.iter_error (fun e -> Logs.err (fun m -> m "%a" Net.pp_error e)) result;
    Lwt.return_unit

  let ask icmp peer sequence =
    let arrived, arrival = Lwt.wait () in
    awaited := (sequence, arrival);
    let rest = Icmpv4_packet.echo ~identifier ~sequence in
    let request = { Icmpv4_packet.kind = Icmpv4_packet.echo_request; code = 0; rest; data = payload } in
    let start = Clock.elapsed_ns () in
    let* sent = Icmp.write icmp ~dst:peer (Icmpv4_packet.make request) in
    match sent with
    | Error e ->
        Logs.warn (fun m -> m "%a: %a" Ipaddr.V4.pp peer Icmp.pp_error e);
        Lwt.return 0
    | Ok () -> (
        let late = Lwt.map (fun () -> None) (Time.sleep_ns patience) in
        let+ reply = Lwt.pick [ Lwt.map Option.some arrived; late ] in
        match reply with
        | None ->
            Logs.warn (fun m -> m "no reply from %a to number %d" Ipaddr.V4.pp peer sequence);
            0
        | Some length ->
            let us = Int64.div (Int64.sub (Clock.elapsed_ns ()) start) 1_000L in
            Logs.info (fun m -> m "%d bytes from %a: number %d, %Ld us" length Ipaddr.V4.pp peer sequence us);
            1)

  let rec ask_all icmp peer ~rounds sequence replies =
    if sequence > rounds then Lwt.return replies
    else
      let* reply = ask icmp peer sequence in
      let* () = if sequence = rounds then Lwt.return_unit else Time.sleep_ns (Duration.of_sec 1) in
      ask_all icmp peer ~rounds (sequence + 1) (replies + reply)

  let start () () net frames addresses ip =
    let* icmp = Icmp.connect ip in
    let receiving = receive net frames addresses ip icmp in
    List.iter (fun own -> Logs.info (fun m -> m "%a answers" Ipaddr.V4.pp own)) (Ip.get_ip ip);
    match Key_gen.peer () with
    | None -> receiving
    | Some peer ->
        let rounds = Key_gen.rounds () in
        let+ replies = ask_all icmp peer ~rounds 1 0 in
        Logs.info (fun m -> m "%d of %d came back" replies rounds)
end
