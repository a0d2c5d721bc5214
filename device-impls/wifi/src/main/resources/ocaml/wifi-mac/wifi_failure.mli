(* SPDX-License-Identifier: Apache-2.0 *)

(** Why a network was not joined, or lost. *)

type t =
  | Not_found  (** no access point with this SSID was heard *)
  | Unfit of string  (** it was heard, but cannot be joined; why, for people *)
  | No_answer of string  (** to what *)
  | Refused of int  (** a status: {!Dot11_code.status} *)
  | Wrong_passphrase  (** the access point gave up after the passphrase's key was shown *)
  | Parted of int  (** the access point has ended the link; a reason: {!Dot11_code.reason} *)
  | Silent  (** nothing was heard from the access point for seconds *)

val pp : Format.formatter -> t -> unit
(** Part of a sentence for people. *)
