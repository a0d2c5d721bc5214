(* SPDX-License-Identifier: Apache-2.0 *)

(** The network device of a unikernel that is on WiFi. *)

include Mirage_net.S with type t = Wifi.t

type connect := ssid:string -> passphrase:string -> t Lwt.t
(** It goes on without a link, and with an SSID or a passphrase that cannot be one, and says so in the log. No passphrase
    is an empty one. @raise Failure with a message for people when the board has no radio *)

val station : connect
(** Joins the network, an open one if there is no passphrase. Waits until it is joined, at most 15 seconds. *)

val access_point : connect
(** Offers the network, on channel 1. *)

val idle : connect
(** Does neither: the unikernel decides, by {!Wifi}. *)
