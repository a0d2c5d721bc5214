(* SPDX-License-Identifier: Apache-2.0 *)

(** The network device of a unikernel that is on WiFi. *)

include Mirage_net.S with type t = Wifi.t

type mode = [ `Station | `Ap | `None  (** the unikernel decides, by {!Wifi} *) ]

val connect : mode -> ssid:string -> passphrase:string -> t Lwt.t
(** Joins or offers the network, an open one if the passphrase is empty. Waits until it is joined, at most 15 seconds; it
    goes on without a link, and with an SSID or a passphrase that cannot be one, and says so in the log.
    @raise Failure with a message for people when the board has no radio *)
