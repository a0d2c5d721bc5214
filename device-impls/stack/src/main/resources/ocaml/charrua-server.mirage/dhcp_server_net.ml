(* SPDX-License-Identifier: Apache-2.0 *)

module Log = (val Logs.src_log (Logs.Src.create "dhcp-server" ~doc:"DHCP server") : Logs.LOG)

module Make (Clock : Mirage_clock.MCLOCK) (Net : Mirage_net.S) = struct
  type error = Net.error

  let pp_error = Net.pp_error

  type t = { net : Net.t; config : Dhcp_server.Config.t; mutable leases : Dhcp_server.Lease.database }

  let create config net = { net; config; leases = Dhcp_server.Lease.make_db () }
  let disconnect t = Net.disconnect t.net
  let write t = Net.write t.net
  let mac t = Net.mac t.net
  let mtu t = Net.mtu t.net
  let get_stats_counters t = Net.get_stats_counters t.net
  let reset_stats_counters t = Net.reset_stats_counters t.net
  let seconds () = Int64.to_int32 (Int64.div (Clock.elapsed_ns ()) 1_000_000_000L)

  let told (reply : Dhcp_wire.pkt) =
    match Dhcp_wire.find_message_type reply.options with
    | Some DHCPACK ->
        Log.info (fun m -> m "%a has %a" Macaddr.pp reply.chaddr Ipaddr.V4.pp reply.yiaddr)
    | _ -> ()

  let send t reply =
    let open Lwt.Syntax in
    let size = Net.mtu t.net + Ethernet.Packet.sizeof_ethernet in
    let+ sent = Net.write t.net ~size (Dhcp_wire.pkt_into_buf reply) in
    match sent with Ok () -> told reply | Error e -> Log.warn (fun m -> m "no answer sent: %a" Net.pp_error e)

  let serve t packet =
    match Dhcp_server.Input.input_pkt t.config t.leases packet (seconds ()) with
    | Silence -> Lwt.return_unit
    | Update leases ->
        t.leases <- leases;
        Lwt.return_unit
    | Reply (reply, leases) ->
        t.leases <- leases;
        send t reply
    | Warning why | Error why ->
        Log.debug (fun m -> m "%s" why);
        Lwt.return_unit

  (* Replies of other servers, and what is no DHCP, are the listener's. *)
  let listen t ~header_size listener =
    Net.listen t.net ~header_size (fun frame ->
        let length = Cstruct.length frame in
        if not (Dhcp_wire.is_dhcp frame length) then listener frame
        else
          match Dhcp_wire.pkt_of_buf frame length with
          | Ok ({ op = BOOTREQUEST; _ } as packet) -> serve t packet
          | Ok _ | Error _ -> listener frame)
end
