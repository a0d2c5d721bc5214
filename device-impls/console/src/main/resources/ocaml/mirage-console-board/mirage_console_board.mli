(* SPDX-License-Identifier: Apache-2.0 *)

(** The board's console: a serial line on the chip, standard input and output of a process. *)

type t
type error = [ `Disconnected ]

val pp_error : Format.formatter -> error -> unit

type write_error = Mirage_flow.write_error

val pp_write_error : Format.formatter -> write_error -> unit

val connect : string -> t Lwt.t
(** The board has one console; the name is not looked at. *)

val disconnect : t -> unit Lwt.t
(** Nothing to do. *)

val read : t -> (Cstruct.t Mirage_flow.or_eof, error) result Lwt.t
(** What has arrived, at most 128 bytes (the queue of the chip's receiver); waits until there is
    something. *)

val write : t -> Cstruct.t -> (unit, write_error) result Lwt.t
(** Returns when the last byte is on its way; other promises do not run meanwhile. Text in the buffer of
    [stdout] goes first. *)

val writev : t -> Cstruct.t list -> (unit, write_error) result Lwt.t

val close : t -> unit Lwt.t
(** Nothing to do. *)

val log : t -> string -> unit Lwt.t
