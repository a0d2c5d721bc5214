(* SPDX-License-Identifier: Apache-2.0 *)

(** Block devices in memory. Disks of the same name are the same disk. *)

type error = [ Mirage_block.error | `Invalid of string ]
type write_error = [ Mirage_block.write_error | `Invalid of string ]

include Mirage_block.S with type error := error and type write_error := write_error

val create : name:string -> size_sectors:int64 -> sector_size:int -> (t, [ `Msg of string ]) result
(** A new disk of zeroes; an error if the name is taken or there is no room. *)

val destroy : name:string -> unit
(** Forgets the disk; those who still hold it keep it. *)

val connect : name:string -> t Lwt.t
(** The disk of that name; if there is none, a new one of 32 KB in sectors of 512 bytes. *)
