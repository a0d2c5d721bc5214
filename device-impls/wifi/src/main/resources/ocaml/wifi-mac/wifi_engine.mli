(* SPDX-License-Identifier: Apache-2.0 *)

(** Carries frames and time between a radio and the state machine that uses it: does what the machine wants to be done, in
    that order. *)

module Make (Radio : Wifi_radio.S) (_ : Mirage_time.S) : sig
  type 'event t

  type 'event machine = {
    wake : unit -> 'event Wifi_action.t list;
    frame : Wifi_action.received -> 'event Wifi_action.t list;
  }

  val create : Radio.t -> 'event machine -> tell:('event -> unit) -> 'event t
  (** Begins to receive. One engine uses a radio, for ever: {!set_machine} gives it another machine. *)

  val set_machine : 'event t -> 'event machine -> unit

  val perform : 'event t -> 'event Wifi_action.t list -> unit Lwt.t
  (** Resolved when all is done, frames sent or given up included. Lists are done one after the other. *)

  val listen : 'event t -> (Cstruct.t -> unit) -> unit
  (** What is done with Ethernet frames that arrive; nothing at first. *)
end
