(* SPDX-License-Identifier: Apache-2.0 *)

(** The board's radio: raw 802.11 frames, from the frame control field to the last byte of the body, without the
    frame check sequence. The radio acknowledges what it receives, sends again what is not acknowledged, encrypts
    and decrypts with the keys it was given, and numbers frames; all else of IEEE 802.11 is its user's. *)

type t

val connect : unit -> t Lwt.t
(** Switches the radio on, on channel 1 with filter {!Scan}; again it is the same radio. Only a chip has one.
    @raise Failure with a message for people when there is none, or it does not start *)

val mac : t -> Macaddr.t
(** Its own address, the chip's own. *)

val set_channel : t -> int -> unit
(** Tunes it to a channel of the 2.4 GHz band, 1 to 14. What is being sent then is lost.
    @raise Invalid_argument for another *)

(** Which frames are received besides those to {!mac}. *)
type filter =
  | Scan  (** all beacons, and broadcast and multicast frames of everybody *)
  | Station of { bssid : Macaddr.t }
      (** broadcast and multicast frames of this access point, its beacons included; not what it repeats of ours *)
  | Access_point of { bssid : Macaddr.t }
      (** this radio is the access point: frames to [bssid], probe requests to everybody *)

val set_filter : t -> filter -> unit

val send : t -> ?key:int -> Cstruct.t -> [ `Acknowledged | `Not_acknowledged ] Lwt.t
(** Sends a frame of 24 to 1560 bytes, five times at most, each time slower, and tells what became of it. Nobody
    acknowledges frames to several receivers: they count as acknowledged when they have been sent once. Frames
    leave in the order of the calls, but a later one need not wait until an earlier one has been acknowledged.
    The frame is copied. The radio fills in its sequence number.

    With [key], the slot of {!set_key}, its body is encrypted: the frame has the Protected flag set and the CCMP
    header of 8 bytes behind its MAC header, with packet number and key id; the body follows in clear. The MIC is
    added.
    @raise Invalid_argument when its length is none of a frame, or there is no such slot *)

type received = {
  frame : Cstruct.t;
  rssi : int;  (** dBm *)
  channel : int;
  decrypted : bool;
      (** by a key of {!set_key}, and its MIC was right: the MAC header is followed by the CCMP header, whose packet
          number is for the user to compare, and by the body in clear; the MIC is gone *)
}

val receive : t -> received Lwt.t
(** The next frame. A frame that arrives while the radio's buffers are full is lost and, if it was for us,
    not acknowledged. One call at a time. *)

val slots : int
(** Slots for keys: 0 to [slots - 1]. *)

val set_key :
  t -> slot:int -> address:Macaddr.t -> key_id:int -> group:bool -> Cstruct.t -> unit
(** Puts a CCMP key of 16 bytes into a slot. Frames to this radio are decrypted by the pairwise key whose
    [address] has sent them, frames to several receivers by the group key with the [address] of their sender
    and the key id of their CCMP header.
    @raise Invalid_argument for a slot, a key id (0 to 3) or a key that there cannot be *)

val clear_key : t -> slot:int -> unit

type counters = {
  missed : int;  (** frames that found no buffer, as far as the radio can tell *)
  damaged : int;  (** frames received with an error *)
  retries : int;  (** times a frame was sent again *)
  failed : int;  (** frames that were not acknowledged at all *)
}

val counters : t -> counters
(** Since [connect], each modulo 2{^30}. *)
