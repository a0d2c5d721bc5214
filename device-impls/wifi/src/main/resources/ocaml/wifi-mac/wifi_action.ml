(* SPDX-License-Identifier: Apache-2.0 *)

(** What the state machines of this library want to be done, in this order. *)

type filter = Scan | Station of Macaddr.t  (** the access point's *) | Access_point of Macaddr.t

type 'event t =
  | Tune of int  (** to a channel *)
  | Filter of filter
  | Send of { frame : Cstruct.t; slot : int option  (** whose key encrypts it *) }
  | Set_key of { slot : int; address : Macaddr.t; key_id : int; group : bool; key : string }
  | Clear_key of int
  | Wake of int  (** call [wake] in so many milliseconds, and not at the time told before *)
  | Deliver of Cstruct.t  (** an Ethernet frame for whoever listens *)
  | Tell of 'event

(** What the radio has received. *)
type received = {
  frame : Cstruct.t;  (** may be overwritten *)
  rssi : int;  (** dBm *)
  channel : int;
  decrypted : bool;  (** by a key of [Set_key]: the CCMP header is still there, the MIC is gone *)
}

let map f = function
  | Tell event -> Tell (f event)
  | (Tune _ | Filter _ | Send _ | Set_key _ | Clear_key _ | Wake _ | Deliver _) as other -> other
