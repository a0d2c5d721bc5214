(* SPDX-License-Identifier: Apache-2.0 *)

(* Network devices up to TCP and UDP. What of it is public, mirage.mli says. *)

open Functoria
open Mirage_base

type network = Network

let network = Type Network

let netif ?group dev_name =
  let key = Key.interface ?group dev_name in
  dev "network" "network" network ~keys:[ Key.abstract key ] ~params:[ ("interface", code key) ]

let wifi ?group () =
  let mode = Key.wifi_mode ?group () in
  let ssid = Key.ssid ?group () and passphrase = Key.passphrase ?group () in
  let radio role =
    dev "network_wifi" "network" network
      ~keys:[ Key.abstract mode; Key.abstract ssid; Key.abstract passphrase ]
      ~params:[ ("role", role); ("ssid", code ssid); ("passphrase", code passphrase) ]
  in
  match_impl (Key.value mode) ~default:(radio "station") [ (`Ap, radio "access_point"); (`None, radio "idle") ]

let default_network =
  let carried_by wifi interface =
    match_impl (Key.value (Key.network_kind ())) ~default:(netif interface) [ (`Wifi, wifi) ]
  in
  let no_radio =
    dev "network_wifi" "network" network ~refused:"--network=wifi: the radio is the chip's; target unix has ethernet"
  in
  let process = carried_by no_radio "tap0" in
  match_impl (Key.value Key.target) ~default:(carried_by (wifi ()) "0") [ (`Unix, process); (`MacOSX, process) ]

type ethernet = Ethernet

let ethernet = Type Ethernet
let etif network = dev "ethernet" "ethernet" ethernet ~arguments:[ abstract network ]

type arpv4 = Arpv4

let arpv4 = Type Arpv4
let arp ?time eth = dev "arpv4" "arpv4" arpv4 ~arguments:[ abstract eth ] ~options:[ chosen time ]

(* IP *)

type v4 = V4
type v6 = V6
type v4v6 = V4v6
type _ ip_version = Ipv4 : v4 ip_version | Ipv6 : v6 ip_version | Ipv4v6 : v4v6 ip_version
type 'a ip = 'a ip_version
type ipv4 = v4 ip
type ipv6 = v6 ip
type ipv4v6 = v4v6 ip

let ipv4 : ipv4 typ = Type Ipv4
let ipv6 : ipv6 typ = Type Ipv6
let ipv4v6 : ipv4v6 typ = Type Ipv4v6

type ipv4_config = { network : Ipaddr.V4.Prefix.t; gateway : Ipaddr.V4.t option }
type ipv6_config = { network : Ipaddr.V6.Prefix.t; gateway : Ipaddr.V6.t option }

let default_ipv4 : ipv4_config = { network = Ipaddr.V4.Prefix.of_string_exn "10.0.0.2/24"; gateway = None }

let no_init_param no_init =
  ( Option.fold ~none:[] ~some:(fun k -> [ Key.abstract k ]) no_init,
    ("no_init", Option.fold ~none:"false" ~some:code no_init) )

let create_ipv4 ?group ?(config : ipv4_config = default_ipv4) ?no_init ?random ?clock eth arp =
  let network = Key.V4.network ?group config.network and gateway = Key.V4.gateway ?group config.gateway in
  let more_keys, no_init = no_init_param no_init in
  dev "ipv4" "ipv4" ipv4
    ~keys:([ Key.abstract network; Key.abstract gateway ] @ more_keys)
    ~params:[ ("cidr", code network); ("gateway", code gateway); no_init ]
    ~arguments:[ abstract eth; abstract arp ]
    ~options:[ chosen random; chosen clock ]

let ipv4_dhcp ?random ?clock ?time network eth arp =
  dev "ipv4_dhcp" "ipv4" ipv4
    ~arguments:[ abstract network; abstract eth; abstract arp ]
    ~options:[ chosen random; chosen clock; chosen time ]

let ipv4_qubes ?random ?clock qubesdb eth arp =
  dev "ipv4_qubes" "ipv4" ipv4
    ~arguments:[ abstract qubesdb; abstract eth; abstract arp ]
    ~options:[ chosen random; chosen clock ]
    ~refused:(elsewhere "ipv4_qubes" "Qubes")

let create_ipv6 ?random ?time ?clock ?group ?(config : ipv6_config option) ?no_init net eth =
  let address = Option.map (fun (c : ipv6_config) -> c.network) config in
  let default_gateway = Option.bind config (fun (c : ipv6_config) -> c.gateway) in
  let network = Key.V6.network ?group address and gateway = Key.V6.gateway ?group default_gateway in
  let handle_ra = Key.V6.accept_router_advertisements ?group () in
  let more_keys, no_init = no_init_param no_init in
  dev "ipv6" "ipv6" ipv6
    ~keys:([ Key.abstract network; Key.abstract gateway; Key.abstract handle_ra ] @ more_keys)
    ~params:[ ("cidr", code network); ("gateway", code gateway); ("handle_ra", code handle_ra); no_init ]
    ~arguments:[ abstract net; abstract eth ]
    ~options:[ chosen random; chosen time; chosen clock ]

let only_params ipv4_only ipv6_only =
  ( [ Key.abstract ipv4_only; Key.abstract ipv6_only ],
    [ ("ipv4_only", code ipv4_only); ("ipv6_only", code ipv6_only) ] )

let keyed_ipv4v6 ~ipv4_only ~ipv6_only v4 v6 =
  let keys, params = only_params ipv4_only ipv6_only in
  dev "ipv4v6" "ipv4v6" ipv4v6 ~keys ~params ~arguments:[ abstract v4; abstract v6 ]

let create_ipv4v6 ?group v4 v6 =
  keyed_ipv4v6 ~ipv4_only:(Key.ipv4_only ?group ()) ~ipv6_only:(Key.ipv6_only ?group ()) v4 v6

(* ICMP, UDP, TCP *)

type icmpv4 = Icmpv4

let icmp ip = dev "icmpv4" "icmpv4" (Type Icmpv4) ~arguments:[ abstract ip ]

type 'a udp = Udp
type udpv4 = v4 udp
type udpv6 = v6 udp
type udpv4v6 = v4v6 udp

let udp = Type Udp
let udpv4 : udpv4 typ = udp
let udpv6 : udpv6 typ = udp
let udpv4v6 : udpv4v6 typ = udp

type 'a tcp = Tcp
type tcpv4 = v4 tcp
type tcpv6 = v6 tcp
type tcpv4v6 = v4v6 tcp

let tcp = Type Tcp
let tcpv4 : tcpv4 typ = tcp
let tcpv6 : tcpv6 typ = tcp
let tcpv4v6 : tcpv4v6 typ = tcp

let direct_udp ?random ip = dev "udp" "udp" udp ~arguments:[ abstract ip ] ~options:[ chosen random ]

let direct_tcp ?clock ?random ?time ip =
  dev "tcp" "tcp" tcp ~arguments:[ abstract ip ]
    ~options:[ chosen clock; chosen random; chosen time ]

let any_v4 = Ipaddr.V4.Prefix.global

let v4_socket kind type_name ty ?group address =
  let prefix = Option.fold ~none:any_v4 ~some:Ipaddr.V4.Prefix.of_addr address in
  let key = Key.V4.network ?group prefix in
  dev kind type_name ty ~keys:[ Key.abstract key ] ~params:[ ("ipv4", code key) ]

let v6_socket kind type_name ty ?group address =
  let key = Key.V6.network ?group (Option.map Ipaddr.V6.Prefix.of_addr address) in
  dev kind type_name ty ~keys:[ Key.abstract key ] ~params:[ ("ipv6", code key) ]

let v4v6_socket kind type_name ty ?group v4 v6 =
  let key4 = Key.V4.network ?group (Option.fold ~none:any_v4 ~some:Ipaddr.V4.Prefix.of_addr v4) in
  let key6 = Key.V6.network ?group (Option.map Ipaddr.V6.Prefix.of_addr v6) in
  let keys, params = only_params (Key.ipv4_only ?group ()) (Key.ipv6_only ?group ()) in
  dev kind type_name ty
    ~keys:([ Key.abstract key4; Key.abstract key6 ] @ keys)
    ~params:([ ("ipv4", code key4); ("ipv6", code key6) ] @ params)

let socket_udpv4 ?group address : udpv4 impl = v4_socket "udpv4_socket" "udp" udp ?group address
let socket_tcpv4 ?group address : tcpv4 impl = v4_socket "tcpv4_socket" "tcp" tcp ?group address
let socket_udpv6 ?group address : udpv6 impl = v6_socket "udpv6_socket" "udp" udp ?group address
let socket_tcpv6 ?group address : tcpv6 impl = v6_socket "tcpv6_socket" "tcp" tcp ?group address
let socket_udpv4v6 ?group v4 v6 : udpv4v6 impl = v4v6_socket "udpv4v6_socket" "udp" udp ?group v4 v6
let socket_tcpv4v6 ?group v4 v6 : tcpv4v6 impl = v4v6_socket "tcpv4v6_socket" "tcp" tcp ?group v4 v6
