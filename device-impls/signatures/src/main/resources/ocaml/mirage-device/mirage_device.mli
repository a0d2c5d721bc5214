(* SPDX-License-Identifier: Apache-2.0 *)

(** What all devices have in common. *)

type error = [ `Unimplemented | `Disconnected ]

val pp_error : Format.formatter -> error -> unit

module type S = sig
  type t
  (** A connected device. *)

  val disconnect : t -> unit Lwt.t
  (** Gives the device up. Afterwards its other functions fail. *)
end
