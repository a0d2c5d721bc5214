(* SPDX-License-Identifier: Apache-2.0 *)

(** Memory for what is queued in pieces. *)

val large : int
(** Pieces of so many bytes and more are kept in the buffer they came in; smaller ones are worth a copy into a shared one,
    because that buffer may be a frame of 1500 bytes. *)

val create : queued:int -> int -> Cstruct.t
(** A buffer for a piece of less than {!large} bytes that is put behind [queued] ones, and for pieces that follow. It has
    room for as many bytes as are queued: many small pieces share few buffers, and a connection that
    carries a byte now and then takes no segment's worth of memory. *)
