open Mirage

let main = foreign ~packages:[ package ~min:"1.0" "rot13" ] "Unikernel.Main" (time @-> job)
let () = register "secret" [ main $ default_time ]
