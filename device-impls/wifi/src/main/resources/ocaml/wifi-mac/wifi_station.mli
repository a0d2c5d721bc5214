(* SPDX-License-Identifier: Apache-2.0 *)

(** A station (IEEE 802.11-2020, 11.1.4, 11.3): it looks for a network, joins it, stays in it, and goes back when it is
    lost. A state machine without input or output: what happens is told to it, and it answers with what has to be done.
    Whatever it receives, it neither raises nor loops. *)

type t

val create : mac:Macaddr.t -> mode:Wifi_cipher.mode -> random:(int -> string) -> t

type event =
  | Joining of Wifi_network.seen
  | Joined of Wifi_network.seen  (** data may flow *)
  | Lost of Wifi_failure.t  (** it will be looked for at once *)
  | Not_joined of Wifi_failure.t * int  (** it will be tried again after so many milliseconds *)
  | Left
  | Seen of Wifi_network.seen list  (** the answer to {!survey}, the strongest first *)

type actions = event Wifi_action.t list

val join : t -> Wifi_network.wanted -> actions
(** From now on, until {!leave}, it is in that network, or tries to be. After a failure it waits a second, after each
    further one twice as long, a minute at most, a quarter more or less by chance. *)

val leave : t -> actions

val stop : t -> actions
(** The same, and a survey that goes on ends with nothing seen: it will not be woken any more. *)

val survey : t -> ?ssid:string -> unit -> actions
(** Looks at all channels, which takes a second; while it joins a network, afterwards. The access point is told to
    keep frames for us meanwhile. [ssid] finds a hidden network. *)

val wake : t -> actions
val frame : t -> Wifi_action.received -> actions

val send : t -> Cstruct.t -> actions
(** An Ethernet frame behind {!Dot11_data.front} bytes of room. Without a link it is dropped. *)

val can_send : t -> bool
(** [false] while {!survey} has left the access point's channel: what is sent now is not heard. *)

val link : t -> (Wifi_network.seen * int) option
(** The access point, and the strength in dBm with which it was heard last, while there is a link. *)
