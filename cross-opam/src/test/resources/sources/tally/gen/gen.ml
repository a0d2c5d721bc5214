let () = Printf.printf "#define STEP %d\n" (if Sys.int_size = 63 then 3 else 4)
