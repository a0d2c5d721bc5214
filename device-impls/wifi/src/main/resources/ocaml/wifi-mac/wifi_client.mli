(* SPDX-License-Identifier: Apache-2.0 *)

(** What an access point knows of one station. *)

type phase = Authenticated | Associated of Wpa_authenticator.t option  (** of a protected network *)

type t = {
  mac : Macaddr.t;
  number : int;  (** its place in the table *)
  mutable phase : phase;
  mutable pairwise : Wifi_cipher.t option;
  mutable idle : int;  (** seconds since its last frame *)
  mutable last : int;  (** the sequence number of its last data frame, -1 at first *)
}

val create : Macaddr.t -> number:int -> t

val may_talk : t -> bool
(** It is associated, and has its key if it needs one. *)

val aid : t -> int
val slot : t -> int
(** Of its key in the radio. *)
