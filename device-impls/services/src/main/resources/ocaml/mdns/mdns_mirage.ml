(* SPDX-License-Identifier: Apache-2.0 *)

open Lwt.Syntax
module Log = (val Logs.src_log (Logs.Src.create "mdns" ~doc:"multicast DNS") : Logs.LOG)

module Make (Random : Mirage_random.S) (Time : Mirage_time.S) (Clock : Mirage_clock.MCLOCK) (Stack : Tcpip.Stack.V4V6) =
struct
  type t = { stack : Stack.t; responder : Mdns_responder.t; changed : unit Lwt_condition.t }

  let port = Mdns_records.port
  let now () = Int64.div (Clock.elapsed_ns ()) 1_000_000L
  let random n = Cstruct.BE.get_uint16 (Random.generate 2) 0 mod n
  let addresses stack = Stack.IP.get_ip (Stack.ip stack)

  (* Of the versions of IP that the host has an address of. *)
  let groups stack =
    let own = addresses stack in
    let has f = List.exists f own in
    (if has (function Ipaddr.V4 _ -> true | V6 _ -> false) then [ Ipaddr.of_string_exn "224.0.0.251" ] else [])
    @ if has (function Ipaddr.V6 _ -> true | V4 _ -> false) then [ Ipaddr.of_string_exn "ff02::fb" ] else []

  (* Receivers that are careful believe only what no router has passed on. *)
  let ttl = 255

  let send t message (dst, dst_port) =
    let udp = Stack.udp t.stack in
    let+ sent = Stack.UDP.write ~src_port:port ~ttl ~dst ~dst_port udp (Dns_packet.write message) in
    Result.iter_error (fun e -> Log.debug (fun m -> m "to %a: %a" Ipaddr.pp dst Stack.UDP.pp_error e)) sent

  let tell : Mdns_responder.event -> unit = function
    | Claimed name -> Log.info (fun m -> m "the name is %a" Domain_name.pp name)
    | Taken (name, next) ->
        Log.warn (fun m -> m "another machine has the name %a; %a is tried" Domain_name.pp name Domain_name.pp next)

  let perform t ?sender actions =
    let perform : Mdns_responder.action -> unit Lwt.t = function
      | Multicast message -> Lwt_list.iter_s (fun group -> send t message (group, port)) (groups t.stack)
      | Reply message -> Option.fold ~none:Lwt.return_unit ~some:(send t message) sender
      | Tell event -> Lwt.return (tell event)
    in
    Lwt_list.iter_s perform actions

  let look t = Mdns_responder.set_addresses t.responder ~now:(now ()) (addresses t.stack)

  let receive t ~src ~dst:_ ~src_port payload =
    match Dns_packet.read payload with
    | None -> Lwt.return_unit
    | Some message ->
        let moved = look t in
        let answers = Mdns_responder.receive t.responder ~now:(now ()) ~from:src ~port:src_port message in
        Lwt_condition.signal t.changed ();
        perform t ~sender:(src, src_port) (moved @ answers)

  (* A lease may have ended meanwhile. *)
  let longest = 30_000L

  let rec keep t =
    let wait = Int64.min longest (Int64.sub (Mdns_responder.next t.responder) (now ())) in
    let* () = Lwt.pick [ Time.sleep_ns (Int64.mul 1_000_000L (Int64.max 1L wait)); Lwt_condition.wait t.changed ] in
    let moved = look t in
    let* () = perform t (moved @ Mdns_responder.wake t.responder ~now:(now ())) in
    keep t

  let start ~hostname stack =
    match Mdns_responder.check hostname with
    | _ when hostname = "" -> ()
    | Error why -> Log.err (fun m -> m "%s (boot argument --hostname)" why)
    | Ok () ->
        let responder = Mdns_responder.create ~hostname ~addresses:(addresses stack) ~random ~now:(now ()) in
        let t = { stack; responder; changed = Lwt_condition.create () } in
        Stack.listen_udp stack ~port (receive t);
        Mirage_runtime.at_exit (fun () -> perform t (Mdns_responder.stop responder));
        Lwt.async (fun () -> keep t)
end
