(* SPDX-License-Identifier: Apache-2.0 *)

external monotonic_ns : unit -> int64 = "mirage_monotonic_ns"
external wall_ns : unit -> int64 = "mirage_wall_ns"
external cycle_count : unit -> int = "mirage_cycle_count"

type event = int

external wait : int64 -> event -> event = "mirage_wait"
external console_event : unit -> event = "mirage_console_event"
external console_write : string -> int -> int -> unit = "mirage_console_write"
external console_read : bytes -> int -> int -> int = "mirage_console_read"
external random : bytes -> int -> int -> unit = "mirage_random"
external random_has_noise : unit -> bool = "mirage_random_has_noise"
external mac : unit -> string = "mirage_mac"
external boot_args : unit -> string array = "mirage_boot_args"
external partition_size : string -> int = "mirage_partition_size"
external partition_read : string -> int -> bytes -> int -> int -> int = "mirage_partition_read"
external partition_write : string -> int -> bytes -> int -> int -> int = "mirage_partition_write"
external partition_erase : string -> int -> int -> int = "mirage_partition_erase"
