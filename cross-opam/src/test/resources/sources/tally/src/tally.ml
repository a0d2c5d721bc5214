external count : int -> int = "tally_count"
external bits : unit -> int = "tally_bits"
