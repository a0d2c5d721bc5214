(* SPDX-License-Identifier: Apache-2.0 *)

type net = int

external open_number : string -> int = "mirage_net_open"
external mac : net -> string = "mirage_net_mac"
external frame_event : net -> Mirage_board.event = "mirage_net_frame_event"
external room_event : net -> Mirage_board.event = "mirage_net_room_event"
external size : net -> int = "mirage_net_size"
external read : net -> Cstruct.buffer -> int -> unit = "mirage_net_read"
external write : net -> Cstruct.buffer -> int -> int -> int = "mirage_net_write"
external link : net -> bool = "mirage_net_link"

type counters = { missed : int; damaged : int; failed : int }

external counters : net -> counters = "mirage_net_counters"

(* The codes of board.h. *)
let enoent = -1
let no_room = -4
let eacces = -5

let open_net name =
  let net = open_number name in
  if net >= 0 then Ok net
  else
    Error
      (if net = enoent then
         "there is no such interface: a chip has the boards of its table (\"0\" is the first), a process a TAP \
          device, or \"fd:N\" for a socket it has inherited"
       else if net = eacces then
         "no right to open it: make the TAP device yours with: sudo ip tuntap add dev " ^ name
         ^ " mode tap user $USER && sudo ip link set " ^ name ^ " up"
       else
         "it does not answer: on a chip the clock of the Ethernet MAC or the PHY is missing (is --interface \
          the name of your board?); a TAP device may be used by another process")
