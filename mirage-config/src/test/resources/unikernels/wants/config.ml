open Mirage
let packages = [ package "nosuch"; package "tls"; package ~min:"99" "lwt" ]
let main = foreign ~packages "Unikernel.Main" (network @-> job)
let () = register "wants" [ main $ default_network ]
