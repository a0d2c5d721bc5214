(* SPDX-License-Identifier: Apache-2.0 *)

(** The layers of an Internet stack. *)

module Ip : sig
  type error = [ `No_route of string | `Would_fragment ]

  val pp_error : Format.formatter -> error -> unit

  type proto = [ `TCP | `UDP | `ICMP ]

  val pp_proto : Format.formatter -> proto -> unit

  module type S = sig
    type nonrec error = private [> error ]

    val pp_error : Format.formatter -> error -> unit

    type ipaddr

    val pp_ipaddr : Format.formatter -> ipaddr -> unit

    type t

    val disconnect : t -> unit Lwt.t

    type callback = src:ipaddr -> dst:ipaddr -> Cstruct.t -> unit Lwt.t

    val input :
      t ->
      tcp:callback ->
      udp:callback ->
      default:(proto:int -> callback) ->
      Cstruct.t ->
      unit Lwt.t

    val write :
      t ->
      ?fragment:bool ->
      ?ttl:int ->
      ?src:ipaddr ->
      ipaddr ->
      proto ->
      ?size:int ->
      (Cstruct.t -> int) ->
      Cstruct.t list ->
      (unit, error) result Lwt.t
    (** [write t destination proto ~size fill payload]: [fill] writes a header of [size] bytes at most; the
        payload follows. *)

    val pseudoheader : t -> ?src:ipaddr -> ipaddr -> proto -> int -> Cstruct.t
    (** For the checksums of upper layers. *)

    val src : t -> dst:ipaddr -> ipaddr
    (** The address used towards a destination. *)

    val get_ip : t -> ipaddr list
    val mtu : t -> dst:ipaddr -> int
  end
end

module Tcp : sig
  type error = [ `Timeout | `Refused ]
  type write_error = [ error | Mirage_flow.write_error ]

  val pp_error : Format.formatter -> error -> unit
  val pp_write_error : Format.formatter -> write_error -> unit

  module Keepalive : sig
    type t = {
      after : Duration.t;  (** silence before the first probe *)
      interval : Duration.t;  (** between probes *)
      probes : int;  (** unanswered ones before the flow is closed *)
    }
  end

  module type S = sig
    type nonrec error = private [> error ]
    type nonrec write_error = private [> write_error ]
    type ipaddr
    type flow
    type t

    val disconnect : t -> unit Lwt.t

    include
      Mirage_flow.S
        with type flow := flow
         and type error := error
         and type write_error := write_error

    val dst : flow -> ipaddr * int
    (** Address and port of the other side. *)

    val write_nodelay : flow -> Cstruct.t -> (unit, write_error) result Lwt.t
    val writev_nodelay : flow -> Cstruct.t list -> (unit, write_error) result Lwt.t

    val create_connection :
      ?keepalive:Keepalive.t -> t -> ipaddr * int -> (flow, error) result Lwt.t

    val listen : t -> port:int -> ?keepalive:Keepalive.t -> (flow -> unit Lwt.t) -> unit
    val unlisten : t -> port:int -> unit
    val input : t -> src:ipaddr -> dst:ipaddr -> Cstruct.t -> unit Lwt.t
  end
end

module Udp : sig
  module type S = sig
    type error

    val pp_error : Format.formatter -> error -> unit

    type ipaddr
    type t

    val disconnect : t -> unit Lwt.t

    type callback = src:ipaddr -> dst:ipaddr -> src_port:int -> Cstruct.t -> unit Lwt.t

    val listen : t -> port:int -> callback -> unit
    val unlisten : t -> port:int -> unit
    val input : t -> src:ipaddr -> dst:ipaddr -> Cstruct.t -> unit Lwt.t

    val write :
      ?src:ipaddr ->
      ?src_port:int ->
      ?ttl:int ->
      dst:ipaddr ->
      dst_port:int ->
      t ->
      Cstruct.t ->
      (unit, error) result Lwt.t
  end
end

module Stack : sig
  module type V4 = sig
    type t

    val disconnect : t -> unit Lwt.t

    module UDPV4 : Udp.S with type ipaddr = Ipaddr.V4.t
    module TCPV4 : Tcp.S with type ipaddr = Ipaddr.V4.t
    module IPV4 : Ip.S with type ipaddr = Ipaddr.V4.t

    val udpv4 : t -> UDPV4.t
    val tcpv4 : t -> TCPV4.t
    val ipv4 : t -> IPV4.t
    val listen_udpv4 : t -> port:int -> UDPV4.callback -> unit

    val listen_tcpv4 :
      ?keepalive:Tcp.Keepalive.t -> t -> port:int -> (TCPV4.flow -> unit Lwt.t) -> unit

    val listen : t -> unit Lwt.t
    (** Runs the stack; resolved when it is disconnected. *)
  end

  module type V6 = sig
    type t

    val disconnect : t -> unit Lwt.t

    module UDP : Udp.S with type ipaddr = Ipaddr.V6.t
    module TCP : Tcp.S with type ipaddr = Ipaddr.V6.t
    module IP : Ip.S with type ipaddr = Ipaddr.V6.t

    val udp : t -> UDP.t
    val tcp : t -> TCP.t
    val ip : t -> IP.t
    val listen_udp : t -> port:int -> UDP.callback -> unit

    val listen_tcp :
      ?keepalive:Tcp.Keepalive.t -> t -> port:int -> (TCP.flow -> unit Lwt.t) -> unit

    val listen : t -> unit Lwt.t
    (** Runs the stack; resolved when it is disconnected. *)
  end

  module type V4V6 = sig
    type t

    val disconnect : t -> unit Lwt.t

    module UDP : Udp.S with type ipaddr = Ipaddr.t
    module TCP : Tcp.S with type ipaddr = Ipaddr.t
    module IP : Ip.S with type ipaddr = Ipaddr.t

    val udp : t -> UDP.t
    val tcp : t -> TCP.t
    val ip : t -> IP.t
    val listen_udp : t -> port:int -> UDP.callback -> unit

    val listen_tcp :
      ?keepalive:Tcp.Keepalive.t -> t -> port:int -> (TCP.flow -> unit Lwt.t) -> unit

    val listen : t -> unit Lwt.t
    (** Runs the stack; resolved when it is disconnected. *)
  end
end
