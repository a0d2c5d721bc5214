let () = print_float (Tally_unix.now ())
