(* SPDX-License-Identifier: Apache-2.0 *)

(* Resolvers, syslog, conduit, HTTP. What of it is public, mirage.mli says. *)

open Functoria
open Mirage_base

type resolver = Resolver

let resolver = Type Resolver

let resolver_dns ?ns ?ns_port ?random ?time ?mclock ?pclock stack =
  let address = Key.resolver ?default:ns () and port = Key.resolver_port ?default:ns_port () in
  dev "resolver_dns" "resolver" resolver
    ~keys:[ Key.abstract address; Key.abstract port ]
    ~params:[ ("resolver", code address); ("resolver_port", code port) ]
    ~arguments:[ abstract stack ]
    ~options:
      [ chosen random; chosen time; chosen mclock; chosen pclock ]

let resolver_unix_system = dev "resolver_unix" "resolver" resolver

let mdns ?group ?(hostname = "mirage") ?random ?time ?mclock stack =
  let hostname = Key.hostname ?group hostname in
  dev "mdns" "mdns" job
    ~keys:[ Key.abstract hostname ]
    ~params:[ ("hostname", code hostname) ]
    ~arguments:[ abstract stack ]
    ~options:[ chosen random; chosen time; chosen mclock ]

type syslog_config = {
  hostname : string;
  server : Ipaddr.t option;
  port : int option;
  truncate : int option;
}

let syslog_config ?port ?truncate ?server hostname = { hostname; server; port; truncate }

type syslog = Syslog

let syslog = Type Syslog

let syslog_device kind ?(config = syslog_config "no_name") ?(params = []) ?console ?clock arguments =
  let server = Key.syslog config.server
  and port = Key.syslog_port config.port
  and hostname = Key.syslog_hostname config.hostname in
  let truncate = Option.fold ~none:"None" ~some:(Printf.sprintf "(Some %d)") config.truncate in
  dev kind "syslog" syslog
    ~keys:[ Key.abstract server; Key.abstract port; Key.abstract hostname ]
    ~params:
      ([ ("server", code server); ("port", code port); ("hostname", code hostname); ("truncate", truncate) ]
      @ params)
    ~arguments
    ~options:[ chosen console; chosen clock ]

let syslog_udp ?config ?console ?clock stack =
  syslog_device "syslog_udp" ?config ?console ?clock [ abstract stack ]

let syslog_tcp ?config ?console ?clock stack =
  syslog_device "syslog_tcp" ?config ?console ?clock [ abstract stack ]

let syslog_tls ?config ?keyname ?console ?clock stack kv =
  let params = [ ("keyname", Option.fold ~none:"None" ~some:(Printf.sprintf "(Some %S)") keyname) ] in
  syslog_device "syslog_tls" ?config ~params ?console ?clock [ abstract stack; abstract kv ]

type conduit = Conduit

let conduit = Type Conduit

let conduit_direct ?(tls = false) ?random stack =
  let tcp = dev "conduit_tcp" "conduit" conduit ~arguments:[ abstract stack ] in
  if tls then
    dev "conduit_tls" "conduit" conduit
      ~keys:[ Key.abstract Key.weak_random ]
      ~params:[ ("weak_random", code Key.weak_random) ]
      ~arguments:[ abstract tcp ] ~options:[ chosen random ]
  else tcp

type http = Http

let http = Type Http
let cohttp_server conduit = dev "cohttp_server" "http" http ~arguments:[ abstract conduit ]
let httpaf_server conduit = dev "httpaf_server" "http" http ~arguments:[ abstract conduit ]
let http_server = cohttp_server

type http_client = Http_client

let http_client = Type Http_client

let cohttp_client ?pclock resolver conduit =
  dev "cohttp_client" "http_client" http_client
    ~arguments:[ abstract resolver; abstract conduit ]
    ~options:[ chosen pclock ]
