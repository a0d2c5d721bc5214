(* SPDX-License-Identifier: Apache-2.0 *)

(** The client of DHCP as a state machine without input or output (RFC 2131, 4.4). Times are nanoseconds of a monotonic
    clock. *)

type lease = {
  address : Ipaddr.V4.t;
  network : Ipaddr.V4.Prefix.t;  (** with the own address *)
  gateway : Ipaddr.V4.t option;
  dns : Ipaddr.V4.t list;
  server : Ipaddr.V4.t;
  duration : int64 option;  (** seconds; [None]: for ever *)
}

type t

(** What the machine wants done. *)
type action =
  | Broadcast of Dhcp_message.t  (** from [ciaddr] *)
  | Unicast of Ipaddr.V4.t * Dhcp_message.t  (** to a server, from the own address *)
  | Check of lease  (** see whether somebody else has the address, then call {!checked} *)
  | Use of lease
  | Renewed of lease  (** the same address; the rest may have changed *)
  | Give_up of string  (** use no address, if there was one; why, and when it is tried again, for people *)

val start : mac:Macaddr.t -> ?host_name:string -> random:(unit -> int32) -> now:int64 -> unit -> t * action list
(** Looks for servers. *)

val receive : t -> now:int64 -> Dhcp_message.t -> t * action list
(** Messages that are not for this client, or not expected, change nothing. *)

val checked : t -> now:int64 -> free:bool -> t * action list
(** After {!Check}. An address that is taken is declined, and the search begins anew ten seconds later. *)

val expire : t -> now:int64 -> t * action list
(** To be called at {!deadline}: repeats what got no answer, renews, rebinds, gives up. *)

val deadline : t -> int64 option
