(* SPDX-License-Identifier: Apache-2.0 *)

open Lwt.Infix

module type S = Resolver_lwt.S

let services = [ ("http", 80, false); ("https", 443, true); ("ws", 80, false); ("wss", 443, true) ]

let find_service name =
  let found = List.find_opt (fun (n, _, _) -> String.equal n name) services in
  Lwt.return (Option.map (fun (name, port, tls) -> { Resolver.name; port; tls }) found)

let unknown format = Printf.ksprintf (fun text -> `Unknown text) format

module Make
    (Random : Mirage_random.S)
    (Time : Mirage_time.S)
    (Clock : Mirage_clock.MCLOCK)
    (Wall : Mirage_clock.PCLOCK)
    (Stack : Tcpip.Stack.V4V6) =
struct
  include Resolver_lwt
  module Dns = Dns_client_mirage.Make (Random) (Time) (Clock) (Wall) (Stack)

  let lookup dns host =
    let name = Result.bind (Domain_name.of_string host) Domain_name.host in
    match if host = "" then Error (`Msg "it is empty") else name with
    | Error (`Msg why) -> Lwt.return (Error (Printf.sprintf "'%s' is no host name: %s" host why))
    | Ok name -> (
        Dns.gethostbyname dns name >>= function
        | Ok ip -> Lwt.return (Ok (Ipaddr.V4 ip))
        | Error (`Msg why) -> (
            Dns.gethostbyname6 dns name >|= function
            | Ok ip -> Ok (Ipaddr.V6 ip)
            | Error (`Msg _) -> Error why))

  let rewrite dns (service : svc) uri =
    let host = Option.value (Uri.host uri) ~default:"" in
    let port = Option.value (Uri.port uri) ~default:service.port in
    let address =
      match Ipaddr.of_string host with Ok ip -> Lwt.return (Ok ip) | Error _ -> lookup dns host
    in
    address >|= function Ok ip -> `TCP (ip, port) | Error why -> unknown "%s" why

  let v ?nameservers stack =
    let dns = Dns.create ?nameservers stack in
    init ~service:find_service ~rewrites:[ ("", rewrite dns) ] ()
end
