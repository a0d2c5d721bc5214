(* SPDX-License-Identifier: Apache-2.0 *)

(** What a config.ml opens: the language of MirageOS 3.10, and a few names of later versions.

    Every device of MirageOS can be named here. Which of them a target has, the tool decides when the application is
    configured; it says so where one is missing. *)

(** Parameters of an application. *)
module Key : module type of struct
  include Mirage_key
end

include Functoria_app.DSL

val jar : string -> package
(** [jar "group:artifact:version"] stands in [~packages] and makes the devices of a jar available. *)

(** {1 Basic devices} *)

type tracing

val tracing : tracing typ
val mprof_trace : size:int -> unit -> tracing impl

type qubesdb

val qubesdb : qubesdb typ
val default_qubesdb : qubesdb impl

type time

val time : time typ
val default_time : time impl

type pclock

val pclock : pclock typ
val default_posix_clock : pclock impl

type mclock

val mclock : mclock typ
val default_monotonic_clock : mclock impl

type reporter

val reporter : reporter typ

val default_reporter :
  ?clock:pclock impl -> ?ring_size:int -> ?level:Logs.level -> unit -> reporter impl

val no_reporter : reporter impl
(** Given to {!register}: no log reporter is set up. *)

type random

val random : random typ
val default_random : random impl
val stdlib_random : random impl [@@ocaml.deprecated "Use default_random."]
val nocrypto_random : random impl [@@ocaml.deprecated "Use default_random."]
val nocrypto : job impl [@@ocaml.deprecated "Not needed."]

type console

val console : console typ
val default_console : console impl
val custom_console : string -> console impl

(** {1 Storage} *)

type block

val block : block typ

val block_of_file : string -> block impl
(** A file on unix, a flash partition of that name on esp32. *)

val block_of_xenstore_id : string -> block impl
val ramdisk : string -> block impl

val generic_block :
  ?group:string -> ?key:[ `XenstoreId | `BlockFile | `Ramdisk ] value -> string -> block impl

type kv_ro

val kv_ro : kv_ro typ

val crunch : string -> kv_ro impl
(** The files of a folder, as part of the program. *)

val archive : block impl -> kv_ro impl
val archive_of_files : ?dir:string -> unit -> kv_ro impl

val direct_kv_ro : string -> kv_ro impl
(** The folder itself on unix, {!crunch} where there is no file system. *)

val generic_kv_ro :
  ?group:string -> ?key:[ `Archive | `Crunch | `Direct | `Fat ] value -> string -> kv_ro impl

type kv_rw

val kv_rw : kv_rw typ
val direct_kv_rw : string -> kv_rw impl
val kv_rw_mem : ?clock:pclock impl -> unit -> kv_rw impl

type fs

val fs : fs typ
val fat : block impl -> fs impl
val fat_of_files : ?dir:string -> ?regexp:string -> unit -> fs impl
val kv_ro_of_fs : fs impl -> kv_ro impl

(** {1 Network} *)

type network

val network : network typ
val default_network : network impl
val netif : ?group:string -> string -> network impl

val wifi : ?group:string -> unit -> network impl
(** The chip's radio, as a station or as an access point: [--wifi-mode], [--ssid], [--passphrase]. It is what
    {!default_network} is with [--network=wifi]. *)

type ethernet

val ethernet : ethernet typ
val etif : network impl -> ethernet impl

type arpv4

val arpv4 : arpv4 typ
val arp : ?time:time impl -> ethernet impl -> arpv4 impl

type v4
type v6
type v4v6
type 'a ip
type ipv4 = v4 ip
type ipv6 = v6 ip
type ipv4v6 = v4v6 ip

val ipv4 : ipv4 typ
val ipv6 : ipv6 typ
val ipv4v6 : ipv4v6 typ

type ipv4_config = { network : Ipaddr.V4.Prefix.t; gateway : Ipaddr.V4.t option }
type ipv6_config = { network : Ipaddr.V6.Prefix.t; gateway : Ipaddr.V6.t option }

val create_ipv4 :
  ?group:string ->
  ?config:ipv4_config ->
  ?no_init:bool Key.key ->
  ?random:random impl ->
  ?clock:mclock impl ->
  ethernet impl ->
  arpv4 impl ->
  ipv4 impl

val ipv4_qubes :
  ?random:random impl -> ?clock:mclock impl -> qubesdb impl -> ethernet impl -> arpv4 impl -> ipv4 impl

val create_ipv6 :
  ?random:random impl ->
  ?time:time impl ->
  ?clock:mclock impl ->
  ?group:string ->
  ?config:ipv6_config ->
  ?no_init:bool Key.key ->
  network impl ->
  ethernet impl ->
  ipv6 impl

val create_ipv4v6 : ?group:string -> ipv4 impl -> ipv6 impl -> ipv4v6 impl

type 'a udp
type udpv4 = v4 udp
type udpv6 = v6 udp
type udpv4v6 = v4v6 udp

val udp : 'a udp typ
val udpv4 : udpv4 typ
val udpv6 : udpv6 typ
val udpv4v6 : udpv4v6 typ
val direct_udp : ?random:random impl -> 'a ip impl -> 'a udp impl
val socket_udpv4 : ?group:string -> Ipaddr.V4.t option -> udpv4 impl
val socket_udpv6 : ?group:string -> Ipaddr.V6.t option -> udpv6 impl
val socket_udpv4v6 : ?group:string -> Ipaddr.V4.t option -> Ipaddr.V6.t option -> udpv4v6 impl

type 'a tcp
type tcpv4 = v4 tcp
type tcpv6 = v6 tcp
type tcpv4v6 = v4v6 tcp

val tcp : 'a tcp typ
val tcpv4 : tcpv4 typ
val tcpv6 : tcpv6 typ
val tcpv4v6 : tcpv4v6 typ
val direct_tcp : ?clock:mclock impl -> ?random:random impl -> ?time:time impl -> 'a ip impl -> 'a tcp impl
val socket_tcpv4 : ?group:string -> Ipaddr.V4.t option -> tcpv4 impl
val socket_tcpv6 : ?group:string -> Ipaddr.V6.t option -> tcpv6 impl
val socket_tcpv4v6 : ?group:string -> Ipaddr.V4.t option -> Ipaddr.V6.t option -> tcpv4v6 impl

(** {1 Stacks} *)

type stackv4

val stackv4 : stackv4 typ

val direct_stackv4 :
  ?clock:mclock impl ->
  ?random:random impl ->
  ?time:time impl ->
  ?group:string ->
  network impl ->
  ethernet impl ->
  arpv4 impl ->
  ipv4 impl ->
  stackv4 impl

val socket_stackv4 : ?group:string -> unit -> stackv4 impl

val qubes_ipv4_stack :
  ?group:string ->
  ?qubesdb:qubesdb impl ->
  ?arp:(ethernet impl -> arpv4 impl) ->
  network impl ->
  stackv4 impl

val dhcp_ipv4_stack :
  ?group:string ->
  ?random:random impl ->
  ?clock:mclock impl ->
  ?time:time impl ->
  ?arp:(ethernet impl -> arpv4 impl) ->
  network impl ->
  stackv4 impl

val static_ipv4_stack :
  ?group:string -> ?config:ipv4_config -> ?arp:(ethernet impl -> arpv4 impl) -> network impl -> stackv4 impl

val generic_stackv4 :
  ?group:string ->
  ?config:ipv4_config ->
  ?dhcp_key:bool value ->
  ?net_key:[ `Direct | `Socket ] option value ->
  network impl ->
  stackv4 impl
(** Sockets where [--net socket] is given, or on unix nothing at all; else a stack of our own over the network,
    with DHCP where [--dhcp true] is given. *)

type stackv6

val stackv6 : stackv6 typ

val direct_stackv6 :
  ?clock:mclock impl ->
  ?random:random impl ->
  ?time:time impl ->
  ?group:string ->
  network impl ->
  ethernet impl ->
  ipv6 impl ->
  stackv6 impl

val socket_stackv6 : ?group:string -> unit -> stackv6 impl
val static_ipv6_stack : ?group:string -> ?config:ipv6_config -> network impl -> stackv6 impl

val generic_stackv6 :
  ?group:string ->
  ?config:ipv6_config ->
  ?net_key:[ `Direct | `Socket ] option value ->
  network impl ->
  stackv6 impl

type stackv4v6

val stackv4v6 : stackv4v6 typ

val direct_stackv4v6 :
  ?clock:mclock impl ->
  ?random:random impl ->
  ?time:time impl ->
  ?group:string ->
  ipv4_only:bool Key.key ->
  ipv6_only:bool Key.key ->
  network impl ->
  ethernet impl ->
  arpv4 impl ->
  ipv4 impl ->
  ipv6 impl ->
  stackv4v6 impl

val socket_stackv4v6 : ?group:string -> unit -> stackv4v6 impl

val static_ipv4v6_stack :
  ?group:string ->
  ?ipv6_config:ipv6_config ->
  ?ipv4_config:ipv4_config ->
  ?arp:(ethernet impl -> arpv4 impl) ->
  network impl ->
  stackv4v6 impl

val generic_stackv4v6 :
  ?group:string ->
  ?ipv6_config:ipv6_config ->
  ?ipv4_config:ipv4_config ->
  ?dhcp_key:bool value ->
  ?net_key:[ `Direct | `Socket ] option value ->
  network impl ->
  stackv4v6 impl

(** {1 Services} *)

type resolver

val resolver : resolver typ

val resolver_dns :
  ?ns:Ipaddr.t ->
  ?ns_port:int ->
  ?random:random impl ->
  ?time:time impl ->
  ?mclock:mclock impl ->
  ?pclock:pclock impl ->
  stackv4v6 impl ->
  resolver impl

val resolver_unix_system : resolver impl

val mdns :
  ?group:string ->
  ?hostname:string ->
  ?random:random impl ->
  ?time:time impl ->
  ?mclock:mclock impl ->
  stackv4v6 impl ->
  job impl
(** A job that answers multicast DNS: the stack's addresses are those of [mirage.local], or what [--hostname] says. It
    is over at once, and answers as long as the others run. *)

type syslog_config = {
  hostname : string;
  server : Ipaddr.t option;
  port : int option;
  truncate : int option;
}

val syslog_config : ?port:int -> ?truncate:int -> ?server:Ipaddr.t -> string -> syslog_config

type syslog

val syslog : syslog typ

val syslog_udp :
  ?config:syslog_config -> ?console:console impl -> ?clock:pclock impl -> stackv4v6 impl -> syslog impl

val syslog_tcp :
  ?config:syslog_config -> ?console:console impl -> ?clock:pclock impl -> stackv4v6 impl -> syslog impl

val syslog_tls :
  ?config:syslog_config ->
  ?keyname:string ->
  ?console:console impl ->
  ?clock:pclock impl ->
  stackv4v6 impl ->
  kv_ro impl ->
  syslog impl

type conduit

val conduit : conduit typ
val conduit_direct : ?tls:bool -> ?random:random impl -> stackv4v6 impl -> conduit impl

type http

val http : http typ
val cohttp_server : conduit impl -> http impl
val httpaf_server : conduit impl -> http impl
val http_server : conduit impl -> http impl [@@ocaml.deprecated "Use cohttp_server or httpaf_server."]

type http_client

val http_client : http_client typ
val cohttp_client : ?pclock:pclock impl -> resolver impl -> conduit impl -> http_client impl

(** {1 The application} *)

val default_argv : Functoria_app.argv impl

val no_argv : Functoria_app.argv impl
(** Nothing is read at boot: every key has its configured value. *)

val noop : job impl

type info = Functoria_app.info

val info : info typ
val app_info : info impl

val register :
  ?argv:Functoria_app.argv impl ->
  ?tracing:tracing impl ->
  ?reporter:reporter impl ->
  ?keys:Key.t list ->
  ?packages:package list ->
  string ->
  job impl list ->
  unit
(** [register name jobs] is the application; to be called once, last. Its jobs start together, it ends when all have
    ended. *)

val run : unit -> unit
(** Does nothing; some old configurations call it. *)

(** {1 Names of MirageOS 4} *)

val main :
  ?pos:string * int * int * int ->
  ?local_libs:string list ->
  ?packages:package list ->
  ?keys:Key.t list ->
  ?deps:abstract_impl list ->
  string ->
  'a typ ->
  'a impl
(** {!foreign}; the first two arguments are not looked at. *)

val ethif : network impl -> ethernet impl
val dep : _ impl -> abstract_impl
val key : _ Key.key -> Key.t
