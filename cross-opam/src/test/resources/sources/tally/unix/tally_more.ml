let later () = Tally_unix.now () +. 1.
