(* SPDX-License-Identifier: Apache-2.0 *)

(* A client and a server that does what a script says. Each line the client's machine prints has the time in seconds.
   Argument: what is to happen. *)

open Lwt.Infix
open Stacks
module Dhcp = Dhcp_ipv4.Make (Mirage_random_hardware) (Mclock) (OS.Time) (Net) (Eth) (Arpv4)

let say fmt = Printf.ksprintf (fun s -> Printf.printf "%4d %s\n%!" (elapsed_ms () / 1000) s) fmt
let ip = Ipaddr.V4.of_string_exn

type server = {
  mutable silent : bool;
  mutable refuses : bool;
  mutable address : string;
  lease : int32;
}

let name (kind : Dhcp_message.kind) =
  match kind with
  | Discover -> "discover"
  | Request -> "request"
  | Decline -> "decline"
  | Offer | Ack | Nak | Release | Inform -> "?"

let answer server (m : Dhcp_message.t) =
  let kind : Dhcp_message.kind =
    match m.kind with Discover -> Offer | _ when server.refuses -> Nak | _ -> Ack
  in
  let options =
    Dhcp_message.
      [ (subnet_mask, of_address (ip "255.255.255.0")); (routers, of_address (ip "10.0.0.2"));
        (dns_servers, of_address (ip "10.0.0.2") ^ of_address (ip "9.9.9.9"));
        (lease_time, of_seconds server.lease); (server_identifier, of_address (ip "10.0.0.2")) ]
  in
  { m with is_reply = true; kind; yiaddr = ip server.address; options }

let serve host server =
  Udpv4.listen host.udp ~port:67 (fun ~src ~dst ~src_port:_ payload ->
      match Dhcp_message.read payload with
      | None -> failwith "the client sent what is no message"
      | Some m ->
          say "%s from %s to %s%s" (name m.kind) (Ipaddr.V4.to_string src) (Ipaddr.V4.to_string dst)
            (if server.silent then ", no answer" else "");
          if server.silent || m.kind = Decline then Lwt.return_unit
          else
            let reply = Dhcp_message.make (answer server m) in
            let dst = if m.ciaddr = Ipaddr.V4.any then Ipaddr.V4.broadcast else m.ciaddr in
            Udpv4.write ~src_port:67 ~dst ~dst_port:68 host.udp reply >|= ignore)

let show client =
  match Dhcp.lease client with
  | None -> say "no address"
  | Some lease ->
      say "%s gateway %s dns %s" (Ipaddr.V4.Prefix.to_string lease.network)
        (Option.fold ~none:"none" ~some:Ipaddr.V4.to_string lease.gateway)
        (String.concat " " (List.map Ipaddr.V4.to_string lease.dns))

let start lease =
  let net, other = Net.pair () in
  host other "10.0.0.2/24" >|= fun machine ->
  let server = { silent = false; refuses = false; address = "10.0.0.77"; lease } in
  serve machine server;
  (net, machine, server)

let client net =
  Eth.connect net >>= fun eth ->
  Arpv4.connect eth >>= fun arp ->
  Dhcp.connect net eth arp >|= fun dhcp ->
  let ipv4 = Dhcp.input dhcp ~tcp:(fun ~src:_ ~dst:_ _ -> nothing) ~udp:(fun ~src:_ ~dst:_ _ -> nothing)
      ~default:(fun ~proto:_ ~src:_ ~dst:_ _ -> nothing) in
  let frame = Eth.input eth ~arpv4:(Arpv4.input arp) ~ipv4 ~ipv6:(fun _ -> nothing) in
  Lwt.async (fun () -> Net.listen net ~header_size:14 frame >|= ignore);
  show dhcp;
  dhcp

(* An address, renewed at half its time, and again. *)
let renewal () =
  start 1000l >>= fun (net, _, _) ->
  client net >>= fun dhcp ->
  seconds 1100 >|= fun () -> show dhcp

(* The server falls silent: the client asks it, then all, then has no address; then the server is back. *)
let silence () =
  start 1000l >>= fun (net, _, server) ->
  client net >>= fun dhcp ->
  server.silent <- true;
  seconds 1010 >>= fun () ->
  show dhcp;
  server.silent <- false;
  seconds 20 >|= fun () -> show dhcp

(* A server that no longer wants the client to have its address, and gives another. *)
let refusal () =
  start 100l >>= fun (net, _, server) ->
  client net >>= fun dhcp ->
  server.refuses <- true;
  server.address <- "10.0.0.78";
  seconds 51 >>= fun () ->
  show dhcp;
  server.refuses <- false;
  seconds 10 >|= fun () -> show dhcp

(* Somebody has the address: it is declined, and after ten seconds another is asked for. *)
let conflict () =
  start 100l >>= fun (net, machine, server) ->
  Arpv4.add_ip machine.arp (ip "10.0.0.77") >>= fun () ->
  Lwt.async (fun () -> seconds 5 >|= fun () -> server.address <- "10.0.0.79");
  client net >|= fun _ -> ()

(* Nobody answers for half a minute. *)
let late () =
  start (-1l) >>= fun (net, _, server) ->
  server.silent <- true;
  Lwt.async (fun () -> seconds 20 >|= fun () -> server.silent <- false);
  client net >>= fun dhcp ->
  seconds 100_000 >|= fun () -> show dhcp

let scripts =
  [ ("renewal", renewal); ("silence", silence); ("refusal", refusal); ("conflict", conflict); ("late", late) ]

(* Warnings stand among the rest. *)
let report _src level ~over k msgf =
  let print text =
    if level = Logs.Warning then say "warning: %s" text;
    over ();
    k ()
  in
  msgf (fun ?header:_ ?tags:_ fmt -> Format.kasprintf print fmt)

let () = Logs.set_reporter { Logs.report }
let () = OS.Main.run (Bootvar.argv () >>= fun argv -> (List.assoc argv.(1) scripts) ())
