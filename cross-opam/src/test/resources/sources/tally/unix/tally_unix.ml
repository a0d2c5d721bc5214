let now () = Unix.time ()
