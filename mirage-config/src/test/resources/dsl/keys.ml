(* SPDX-License-Identifier: Apache-2.0 *)
(* request: keys esp32 *)
(* request: graph esp32 need=x port=81 verbose colour=green host=h address=10.0.0.7 *)
(* request: graph unix need=x everything p=82 *)
(* request: graph esp32 port=many colour=blue boot=1 verbose=perhaps logs=shout address=10.0.0 need=a need=b *)
open Mirage

let port =
  let doc = Key.Arg.info ~doc:"Listen on $(docv), $(b,TCP)." ~docv:"PORT" [ "p"; "port" ] in
  Key.(create "port" Arg.(opt int 8080 doc))

let colour =
  let cases = [ ("red", `Red); ("green", `Green) ] in
  let serialize ppf c = Fmt.string ppf (match c with `Red -> "`Red" | `Green -> "`Green") in
  let colours = Key.Arg.conv ~conv:(Cmdliner.Arg.enum cases) ~serialize ~runtime_conv:"Cmdliner.Arg.string" in
  Key.(create "my-colour" Arg.(opt ~stage:`Configure colours `Red (info [ "colour" ])))

let need = Key.(create "need" Arg.(required ~stage:`Configure string (info [ "need" ])))
let host = Key.(create "host" Arg.(required string (info ~docs:"NETWORK" [ "host" ])))
let verbose = Key.(create "verbose" Arg.(flag (info [ "verbose" ])))
let boot = Key.(create "boot" Arg.(opt ~stage:`Run (list int) [ 1; -2 ] (info [ "boot" ])))

let address =
  Key.(create "address" Arg.(opt (some ipv4_address) None (info ~env:"TEST_ADDRESS" [ "address" ])))

let everything =
  let open Key.Alias in
  flag (Key.Arg.info [ "everything" ])
  |> add verbose (fun on -> Some on)
  |> add port (fun on -> if on then Some 1 else None)
  |> Key.alias "everything"

let keys =
  Key.[ abstract port; abstract colour; abstract need; abstract host; abstract verbose; abstract boot;
        abstract address; abstract everything ]

let () = register ~keys "keys" [ foreign "Unikernel" job ]
