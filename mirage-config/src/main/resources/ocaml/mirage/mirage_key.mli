(* SPDX-License-Identifier: Apache-2.0 *)

(** The keys of MirageOS applications; [Mirage.Key]. *)

module Arg : sig
  include module type of struct
    include Functoria_key.Arg
  end

  val ipv4_address : Ipaddr.V4.t converter

  val ipv4 : Ipaddr.V4.Prefix.t converter
  (** An address and its prefix length. *)

  val ipv6_address : Ipaddr.V6.t converter
  val ipv6 : Ipaddr.V6.Prefix.t converter
  val ip_address : Ipaddr.t converter
end

include Functoria.KEY with module Arg := Arg

type mode_unix = [ `Unix | `MacOSX ]
type mode_xen = [ `Xen | `Qubes ]
type mode_solo5 = [ `Hvt | `Spt | `Virtio | `Muen | `Genode ]
type mode_esp32 = [ `Esp32 ]
type mode = [ mode_unix | mode_xen | mode_solo5 | mode_esp32 ]

val target : mode key
(** The target of this configuration. The tool builds for [`Esp32] and [`Unix]; the others only have names.
    At run time [Key_gen.target ()] says [`Unix] for both: programs match it against upstream's closed set. *)

val pp_target : mode Fmt.t
val is_unix : bool value
val is_solo5 : bool value
val is_xen : bool value

val is_esp32 : bool value
(** Ours: the other three are false on it. *)

val warn_error : bool key
val target_debug : bool key
val no_depext : bool key
val tracing_size : int -> int key

(** {1 OCaml's runtime} *)

val backtrace : bool key
val randomize_hashtables : bool key
val allocation_policy : [ `Next_fit | `First_fit | `Best_fit ] key
val minor_heap_size : int option key
val major_heap_increment : int option key
val space_overhead : int option key
val max_space_overhead : int option key
val gc_verbosity : int option key
val gc_window_size : int option key
val custom_major_ratio : int option key
val custom_minor_ratio : int option key
val custom_minor_max_size : int option key

(** {1 Devices}

    [group] is put before the name of the key and of its option: [~group:"data"] makes [--data-kv_ro]. *)

val kv_ro : ?group:string -> unit -> [ `Archive | `Crunch | `Direct | `Fat ] key
val block : ?group:string -> unit -> [ `XenstoreId | `BlockFile | `Ramdisk ] key
val prng : [ `Stdlib | `Nocrypto ] key
val dhcp : ?group:string -> unit -> bool key
val net : ?group:string -> unit -> [ `Direct | `Socket ] option key
val interface : ?group:string -> string -> string key

val network_kind : ?group:string -> unit -> [ `Ethernet | `Wifi ] key
(** [--network], of {!Mirage.default_network} on esp32. *)

val wifi_mode : ?group:string -> unit -> [ `Station | `Ap | `None ] key

val ssid : ?group:string -> unit -> string key
(** Given at boot. *)

val passphrase : ?group:string -> unit -> string key
(** Given at boot; no file of the build has it. *)

module V4 : sig
  open Ipaddr.V4

  val network : ?group:string -> Prefix.t -> Prefix.t key
  val gateway : ?group:string -> t option -> t option key
end

module V6 : sig
  open Ipaddr.V6

  val network : ?group:string -> Prefix.t option -> Prefix.t option key
  val gateway : ?group:string -> t option -> t option key
  val accept_router_advertisements : ?group:string -> unit -> bool key
end

val ipv4_only : ?group:string -> unit -> bool key
val ipv6_only : ?group:string -> unit -> bool key
val resolver : ?default:Ipaddr.t -> unit -> Ipaddr.t option key
val resolver_port : ?default:int -> unit -> int key

val weak_random : bool key
(** Whether keys may be made of random numbers that no noise feeds. *)
val syslog : Ipaddr.t option -> Ipaddr.t option key
val syslog_port : int option -> int option key
val syslog_hostname : string -> string key

val hostname : ?group:string -> string -> string key
(** Of multicast DNS, without [.local]. *)

val logs : ([ `All | `Src of string ] * Logs.level) list key
