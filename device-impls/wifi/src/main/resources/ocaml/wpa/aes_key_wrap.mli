(* SPDX-License-Identifier: Apache-2.0 *)

(** AES Key Wrap (RFC 3394), in which group keys travel. *)

val wrap : kek:string -> string -> string
(** Eight bytes longer than the text. [kek] has 16, 24 or 32 bytes.
    @raise Invalid_argument when the text is shorter than 16 bytes or not a multiple of 8 *)

val unwrap : kek:string -> string -> string option
(** [None]: not a multiple of 8, shorter than 24 bytes, or not wrapped with this key. *)
