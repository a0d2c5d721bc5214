(* SPDX-License-Identifier: Apache-2.0 *)

(** The C boundary between OCaml and the machine: [board.h], as OCaml sees it.

    Every target implements these functions; nothing else in OCaml knows which machine it runs on. They
    never call back into OCaml. Times are nanoseconds. Positions and lengths are bytes and are {e not}
    checked by the callee: the modules that use them do. *)

(** {1 Time} *)

external monotonic_ns : unit -> int64 = "mirage_monotonic_ns"
(** Time since start; never goes back. *)

external wall_ns : unit -> int64 = "mirage_wall_ns"
(** Time since 1970-01-01 00:00 UTC. A machine without a battery-backed clock starts at 0. *)

external cycle_count : unit -> int = "mirage_cycle_count"
(** The processor's cycle counter, its lowest bits. *)

(** {1 Events} *)

type event = int
(** What can end a wait: one bit, given out by the machine; a sum of them is a set. The functions that begin to
    use a device answer its events. *)

external wait : int64 -> event -> event = "mirage_wait"
(** [wait deadline wanted] sleeps until the monotonic clock reaches [deadline] or one of the wanted events is
    there, and gives back the wanted events that are there, 0 when there are none. [-1L] is a deadline that
    never comes; one that has passed means: look, do not sleep. An event stays until what caused it has been
    taken. *)

(** {1 Console} *)

external console_event : unit -> event = "mirage_console_event"
(** Input has arrived, or its end. *)

external console_write : string -> int -> int -> unit = "mirage_console_write"
(** [console_write s off len] sends all of it before it returns. *)

external console_read : bytes -> int -> int -> int = "mirage_console_read"
(** [console_read b off len] takes what has arrived, at most [len]: the number of bytes, 0 when nothing
    has arrived yet, -1 at the end of input (of a file; on a serial line a break, until bytes come again). *)

(** {1 Identity} *)

external random : bytes -> int -> int -> unit = "mirage_random"
(** [random b off len] fills it from the machine's random number generator. *)

external random_has_noise : unit -> bool = "mirage_random_has_noise"
(** Whether noise feeds that generator now. On the chip: whether the radio is on; without it, what comes out
    passes statistical tests but can be guessed. *)

external mac : unit -> string = "mirage_mac"
(** Six bytes. *)

external boot_args : unit -> string array = "mirage_boot_args"
(** The boot arguments, word by word. *)

(** {1 Data partitions of the flash} *)

external partition_size : string -> int = "mirage_partition_size"
(** The length of the partition of that name, or -1 when there is none. *)

external partition_read : string -> int -> bytes -> int -> int -> int = "mirage_partition_read"
(** [partition_read name position b off len] is 0, or a negative error code of [board.h]. *)

external partition_write : string -> int -> bytes -> int -> int -> int = "mirage_partition_write"
(** [partition_write name position b off len] turns bits from 1 to 0, in an erased range. *)

external partition_erase : string -> int -> int -> int = "mirage_partition_erase"
(** [partition_erase name position len] sets whole sectors of 4096 bytes to 0xFF. *)
