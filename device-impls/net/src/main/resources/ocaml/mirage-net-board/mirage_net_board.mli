(* SPDX-License-Identifier: Apache-2.0 *)

(** The board's network interfaces: [net.h], as OCaml sees it. As with {!Mirage_board}, positions and lengths are
    bytes and {e not} checked by the callee. *)

type net = private int

val open_net : string -> (net, string) result
(** Begins to use an interface; what the names are, [net.h] says. The error is a sentence for people. May take
    half a second. *)

external mac : net -> string = "mirage_net_mac"
(** Six bytes. *)

external frame_event : net -> Mirage_board.event = "mirage_net_frame_event"
(** A frame has arrived. *)

external room_event : net -> Mirage_board.event = "mirage_net_room_event"
(** There is room for a frame to be sent. *)

external size : net -> int = "mirage_net_size"
(** The length of the frame that comes next, 0 when none is there, negative when none will ever be. *)

external read : net -> Cstruct.buffer -> int -> unit = "mirage_net_read"
(** [read net buffer offset] takes the frame whose {!size} is not 0. *)

external write : net -> Cstruct.buffer -> int -> int -> int = "mirage_net_write"
(** [write net buffer offset length]: 0 when the frame is on its way, {!no_room}, or another negative number when
    its length is none of a frame. *)

val no_room : int

external link : net -> bool = "mirage_net_link"
(** Whether there is a partner at the far end. On the chip this call keeps speed and duplex up to date. *)

type counters = {
  missed : int;  (** frames that found no buffer *)
  damaged : int;  (** frames received with an error *)
  failed : int;  (** frames that could not be sent *)
}

external counters : net -> counters = "mirage_net_counters"
(** Since {!open_net}, modulo 2{^30}. *)
