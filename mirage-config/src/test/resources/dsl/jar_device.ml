(* SPDX-License-Identifier: Apache-2.0 *)
(* request: graph esp32 *)
open Mirage

(* A device kind that only a jar knows. *)
type led = Led

let led = Type Led

let led_on pin =
  device
    { kind = "led"; type_name = "led"; params = [ ("pin", string_of_int pin) ]; arguments = [];
      options = [ abstract default_time ]; refused = None }
    led

let main = foreign ~packages:[ jar "org.example:led:1.0" ] "Unikernel.Main" (led @-> led @-> led @-> job)
let () = register "jar_device" [ main $ led_on 2 $ led_on 4 $ led_on 2 ]
