(* SPDX-License-Identifier: Apache-2.0 *)

module type S = sig
  type t

  val disconnect : t -> unit Lwt.t

  type error = private [> `Timeout ]

  val pp_error : Format.formatter -> error -> unit
  val pp : Format.formatter -> t -> unit

  val get_ips : t -> Ipaddr.V4.t list

  val set_ips : t -> Ipaddr.V4.t list -> unit Lwt.t
  val remove_ip : t -> Ipaddr.V4.t -> unit Lwt.t
  val add_ip : t -> Ipaddr.V4.t -> unit Lwt.t
  val query : t -> Ipaddr.V4.t -> (Macaddr.t, error) result Lwt.t
  val input : t -> Cstruct.t -> unit Lwt.t
end
