(* SPDX-License-Identifier: Apache-2.0 *)

(** A wire between two network interfaces of one program, and what can go wrong on it: for tests and measurements
    of network stacks. *)

type faults = {
  loss : int;  (** in 1000 frames *)
  duplication : int;  (** in 1000 frames *)
  reordering : int;  (** frames in 1000 that take up to four times as long *)
  damage : int;  (** frames in 1000 with one byte changed *)
  delay_ns : int64;  (** one way *)
}

val perfect : faults
(** Nothing goes wrong, and frames arrive in the next turn of the main loop. *)

module Make (_ : Mirage_time.S) : sig
  include Mirage_net.S

  val pair : ?faults:faults -> ?seed:int -> ?mtu:int -> unit -> t * t
  (** Two interfaces, with the addresses 02:00:00:00:00:01 and :02. The faults repeat for the same [seed]. The MTU is
      1500 unless said otherwise. *)

  val set_faults : t -> faults -> unit
  (** Of both directions. *)

  val tap : t -> (Cstruct.t -> unit) -> unit
  (** Sees every frame the interface sends, before anything happens to it. *)

  val inject : t -> Cstruct.t -> unit Lwt.t
  (** Hands the interface's listener a frame, as if it had arrived; resolved when the listener is done. *)
end
