(* SPDX-License-Identifier: Apache-2.0 *)

(** Ethernet: frames between interfaces. *)

type error = [ `Exceeds_mtu ]

val pp_error : Format.formatter -> error -> unit

(** The Ethernet header. *)
module Packet : sig
  type proto = [ `ARP | `IPv4 | `IPv6 ]

  val pp_proto : Format.formatter -> proto -> unit

  type t = { source : Macaddr.t; destination : Macaddr.t; ethertype : proto }

  val sizeof_ethernet : int
  (** 14. *)

  val of_cstruct : Cstruct.t -> (t * Cstruct.t, string) result
  (** Header and payload of a frame. *)

  val into_cstruct : t -> Cstruct.t -> (unit, string) result
  (** Writes the header to the beginning of the buffer. *)

  val make_cstruct : t -> Cstruct.t
  (** The header in a buffer of its own. *)
end

module type S = sig
  type nonrec error = private [> error ]

  val pp_error : Format.formatter -> error -> unit

  type t

  val disconnect : t -> unit Lwt.t

  val write :
    t ->
    ?src:Macaddr.t ->
    Macaddr.t ->
    Packet.proto ->
    ?size:int ->
    (Cstruct.t -> int) ->
    (unit, error) result Lwt.t
  (** [write t ~src destination proto ~size fill] gives [fill] a buffer of [size] bytes (the MTU when
      absent) behind the header, and sends as many of them as it answers. *)

  val mac : t -> Macaddr.t

  val mtu : t -> int
  (** The largest payload. *)

  val input :
    arpv4:(Cstruct.t -> unit Lwt.t) ->
    ipv4:(Cstruct.t -> unit Lwt.t) ->
    ipv6:(Cstruct.t -> unit Lwt.t) ->
    t ->
    Cstruct.t ->
    unit Lwt.t
  (** Hands a frame's payload to the function for its protocol; frames for others are dropped. *)
end

(** The layer over a network interface. *)
module Make (Net : Mirage_net.S) : sig
  include S

  val connect : Net.t -> t Lwt.t
end
