(* SPDX-License-Identifier: Apache-2.0 *)

(** Elements: what management frames consist of behind their fixed fields (IEEE 802.11-2020, 9.4.2). *)

val find : int -> Cstruct.t -> Cstruct.t option
(** The body of the first element with that number; one that is longer than what is there does not count, nor does
    anything behind it. *)

val ssid_longest : int
(** 32 bytes. *)

val ssid : Cstruct.t -> string option
(** 9.4.2.2. [None] when there is none or it is longer than 32 bytes. A hidden network announces none, an empty one, or
    one of zero bytes: each of them is [Some ""] or [None]. *)

val channel : Cstruct.t -> int option
(** The DS parameter set (9.4.2.4), if it is a channel from 1 to 14. *)

val rsn : Cstruct.t -> Cstruct.t option
(** 9.4.2.24, its body. *)

val rates : int list
(** What is supported here, in units of 500 kb/s: the eight of the first element and the four of the second, basic ones
    with their high bit. *)

(** {1 Building}

    Each is an element with its header. *)

val build : int -> string -> string
(** The number and the body, of 255 bytes at most. *)

val build_ssid : string -> string
val build_rates : string
val build_more_rates : string
val build_channel : int -> string
val build_rsn : string -> string

val build_tim : string
(** 9.4.2.5: no traffic is waiting for anybody. *)

(** {1 Numbers} *)

val vendor : int
(** 221; the body of WPA's older element begins with {!wpa_type}. *)

val wpa_type : string
