module Main (Time : Mirage_time.S) = struct
  let start () =
    print_endline (Rot13.string "Uryyb sebz gur puvc");
    Time.sleep_ns 0L
end
