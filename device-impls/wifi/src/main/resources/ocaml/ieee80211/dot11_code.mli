(* SPDX-License-Identifier: Apache-2.0 *)

(** What the numbers mean with which stations part or refuse each other, for people. *)

val reason : int -> string
(** Of a deauthentication or disassociation (IEEE 802.11-2020, 9.4.1.7, table 9-49). *)

val status : int -> string
(** Of an answer to authentication or association (9.4.1.9, table 9-50). *)

(** The reasons that are given here. *)

val leaving : int
(** 3: the station is leaving. *)

val inactivity : int
(** 4. *)

val not_authenticated : int
(** 6: a frame for which the sender would have to be authenticated. *)

val not_associated : int
(** 7. *)

val handshake_timeout : int
(** 15. *)

(** The statuses that are given here. *)

val success : int
val unspecified : int
val unsupported_algorithm : int
val no_room : int
val invalid_element : int
