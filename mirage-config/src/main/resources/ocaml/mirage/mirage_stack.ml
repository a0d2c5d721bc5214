(* SPDX-License-Identifier: Apache-2.0 *)

(* Network stacks, and the choice between them. What of it is public, mirage.mli says. *)

open Functoria
open Mirage_base
open Mirage_network

(* How a generic stack gets its addresses. *)

let choice ?group ?dhcp_key ?net_key () =
  let net_value = Option.value net_key ~default:(Key.value (Key.net ?group ())) in
  let dhcp_value = Option.value dhcp_key ~default:(Key.value (Key.dhcp ?group ())) in
  let choose target net dhcp =
    match (target, net, dhcp) with
    | `Qubes, _, _ -> `Qubes
    | _, Some `Socket, _ -> `Socket
    | _, _, true -> `Dhcp
    | (`Unix | `MacOSX), None, false -> `Socket
    | _, _, false -> `Static
  in
  Key.(pure choose $ value target $ net_value $ dhcp_value)

let common ?clock ?random ?time () =
  [ chosen time; chosen random; chosen clock ]

(* IPv4 *)

type stackv4 = Stackv4

let stackv4 = Type Stackv4

let direct_stackv4 ?clock ?random ?time ?group:_ network eth arp ip =
  dev "stackv4_direct" "stackv4" stackv4
    ~arguments:
      [ abstract network; abstract eth; abstract arp; abstract ip; abstract (icmp ip);
        abstract (direct_udp ?random ip); abstract (direct_tcp ?clock ?random ?time ip) ]
    ~options:(common ?clock ?random ?time ())

let socket_stackv4 ?group () =
  dev "stackv4_socket" "stackv4" stackv4
    ~arguments:[ abstract (socket_udpv4 ?group None); abstract (socket_tcpv4 ?group None) ]

let default_arp eth = arp eth

let qubes_ip ?(qubesdb = default_qubesdb) arp network =
  let eth = etif network in
  let arp = arp eth in
  (eth, arp, ipv4_qubes qubesdb eth arp)

let qubes_ipv4_stack ?group ?qubesdb ?(arp = default_arp) network =
  let eth, arp, ip = qubes_ip ?qubesdb arp network in
  direct_stackv4 ?group network eth arp ip

let dhcp_ipv4_stack ?group ?random ?clock ?time ?(arp = default_arp) network =
  let eth = etif network in
  let arp = arp eth in
  direct_stackv4 ?group ?clock ?random ?time network eth arp
    (ipv4_dhcp ?random ?clock ?time network eth arp)

let static_ipv4_stack ?group ?config ?(arp = default_arp) network =
  let eth = etif network in
  let arp = arp eth in
  direct_stackv4 ?group network eth arp (create_ipv4 ?group ?config eth arp)

let generic_stackv4 ?group ?config ?dhcp_key ?net_key network =
  match_impl
    (choice ?group ?dhcp_key ?net_key ())
    ~default:(static_ipv4_stack ?group ?config network)
    [ (`Qubes, qubes_ipv4_stack ?group network); (`Socket, socket_stackv4 ?group ());
      (`Dhcp, dhcp_ipv4_stack ?group network) ]

(* IPv6 *)

type stackv6 = Stackv6

let stackv6 = Type Stackv6

let direct_stackv6 ?clock ?random ?time ?group:_ network eth ip =
  dev "stackv6_direct" "stackv6" stackv6
    ~arguments:
      [ abstract network; abstract eth; abstract ip; abstract (direct_udp ?random ip);
        abstract (direct_tcp ?clock ?random ?time ip) ]
    ~options:(common ?clock ?random ?time ())

let socket_stackv6 ?group () =
  dev "stackv6_socket" "stackv6" stackv6
    ~arguments:[ abstract (socket_udpv6 ?group None); abstract (socket_tcpv6 ?group None) ]

let static_ipv6_stack ?group ?config network =
  let eth = etif network in
  direct_stackv6 ?group network eth (create_ipv6 ?group ?config network eth)

let generic_stackv6 ?group ?config ?net_key network =
  match_impl
    (choice ?group ~dhcp_key:(Key.pure false) ?net_key ())
    ~default:(static_ipv6_stack ?group ?config network)
    [ (`Socket, socket_stackv6 ?group ()) ]

(* Both *)

type stackv4v6 = Stackv4v6

let stackv4v6 = Type Stackv4v6

let direct_stackv4v6 ?clock ?random ?time ?group:_ ~ipv4_only ~ipv6_only network eth arp v4 v6 =
  let ip = keyed_ipv4v6 ~ipv4_only ~ipv6_only v4 v6 in
  dev "stackv4v6_direct" "stackv4v6" stackv4v6
    ~arguments:
      [ abstract network; abstract eth; abstract arp; abstract ip; abstract (icmp v4);
        abstract (direct_udp ?random ip); abstract (direct_tcp ?clock ?random ?time ip) ]
    ~options:(common ?clock ?random ?time ())

let socket_stackv4v6 ?group () =
  dev "stackv4v6_socket" "stackv4v6" stackv4v6
    ~arguments:
      [ abstract (socket_udpv4v6 ?group None None); abstract (socket_tcpv4v6 ?group None None) ]

let dual ?group ?ipv6_config network eth arp make_ipv4 =
  let ipv4_only = Key.ipv4_only ?group () and ipv6_only = Key.ipv6_only ?group () in
  let v6 = create_ipv6 ?group ?config:ipv6_config ~no_init:ipv4_only network eth in
  direct_stackv4v6 ?group ~ipv4_only ~ipv6_only network eth arp (make_ipv4 ~no_init:ipv6_only) v6

let static_ipv4v6_stack ?group ?ipv6_config ?ipv4_config ?(arp = default_arp) network =
  let eth = etif network in
  let arp = arp eth in
  dual ?group ?ipv6_config network eth arp (fun ~no_init ->
      create_ipv4 ?group ?config:ipv4_config ~no_init eth arp)

let generic_stackv4v6 ?group ?ipv6_config ?ipv4_config ?dhcp_key ?net_key network =
  let eth = etif network in
  let arp = default_arp eth in
  let dual = dual ?group ?ipv6_config network eth arp in
  match_impl
    (choice ?group ?dhcp_key ?net_key ())
    ~default:(dual (fun ~no_init -> create_ipv4 ?group ?config:ipv4_config ~no_init eth arp))
    [ (`Qubes, dual (fun ~no_init:_ -> ipv4_qubes default_qubesdb eth arp));
      (`Socket, socket_stackv4v6 ?group ());
      (`Dhcp, dual (fun ~no_init:_ -> ipv4_dhcp network eth arp)) ]
