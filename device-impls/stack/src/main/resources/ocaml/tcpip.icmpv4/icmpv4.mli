(* SPDX-License-Identifier: Apache-2.0 *)

(** ICMP over IPv4. *)

module type S = sig
  type t

  val disconnect : t -> unit Lwt.t

  type ipaddr = Ipaddr.V4.t
  type error

  val pp_error : Format.formatter -> error -> unit
  val input : t -> src:ipaddr -> dst:ipaddr -> Cstruct.t -> unit Lwt.t

  val write :
    t -> ?src:ipaddr -> dst:ipaddr -> ?ttl:int -> Cstruct.t -> (unit, error) result Lwt.t
end

(** Answers requests for an echo; other messages are dropped. [write] sends a whole message, as
    {!Icmpv4_packet.make} makes it. *)
module Make (Ip : Tcpip.Ip.S with type ipaddr = Ipaddr.V4.t) : sig
  include S

  val connect : Ip.t -> t Lwt.t
end
