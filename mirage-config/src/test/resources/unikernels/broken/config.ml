open Mirage
let main = foreign "Unikernel.Main" (tyme @-> job)
let () = register "broken" [ main $ default_time ]
