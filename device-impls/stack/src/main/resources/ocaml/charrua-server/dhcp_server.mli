(* SPDX-License-Identifier: Apache-2.0 *)

(** A server of DHCP without input or output (RFC 2131, 4.3). Times are seconds of a monotonic clock. *)

module Config : sig
  (** A client with options of its own. *)
  type host = {
    hostname : string;
    options : Dhcp_wire.dhcp_option list;
    fixed_addr : Ipaddr.V4.t option;  (** outside of the range *)
    hw_addr : Macaddr.t;
  }

  type t = {
    options : Dhcp_wire.dhcp_option list;  (** for all *)
    hostname : string;  (** of the server *)
    default_lease_time : int32;
    max_lease_time : int32;
    ip_addr : Ipaddr.V4.t;
    mac_addr : Macaddr.t;
    network : Ipaddr.V4.Prefix.t;
    range : (Ipaddr.V4.t * Ipaddr.V4.t) option;  (** first and last address that are given out *)
    hosts : host list;
  }

  val make :
    ?hostname:string ->
    ?default_lease_time:int ->
    ?max_lease_time:int ->
    ?hosts:host list ->
    addr_tuple:Ipaddr.V4.t * Macaddr.t ->
    network:Ipaddr.V4.Prefix.t ->
    range:(Ipaddr.V4.t * Ipaddr.V4.t) option ->
    options:Dhcp_wire.dhcp_option list ->
    unit ->
    t
  (** One hour and one day are the default and longest lease times.
      @raise Invalid_argument if the range is not one of the network, or has the server's own address in it *)
end

module Lease : sig
  type t = {
    tm_start : int32;
    tm_end : int32;
    addr : Ipaddr.V4.t;
    client_id : Dhcp_wire.client_id;
  }

  (** One lease an address of the range and of the hosts at most, so no more clients than that take memory. *)
  type database

  val make_db : unit -> database
  val to_list : database -> t list
  val lease_of_client_id : Dhcp_wire.client_id -> database -> t option
  val garbage_collect : database -> now:int32 -> database
  (** Without the leases that are over. *)
end

module Input : sig
  type result =
    | Silence  (** not for this server, or nothing to say *)
    | Update of Lease.database
    | Reply of Dhcp_wire.pkt * Lease.database
    | Warning of string
    | Error of string

  val input_pkt : Config.t -> Lease.database -> Dhcp_wire.pkt -> int32 -> result
  (** A frame that arrived now. *)
end
