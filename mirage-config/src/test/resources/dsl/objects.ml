(* SPDX-License-Identifier: Apache-2.0 *)
(* request: graph esp32 *)
(* request: configure esp32 *)
(* request: build esp32 *)
(* request: clean esp32 *)
open Mirage

type store = Store

let store = Type Store

let clash = impl (object
  inherit base_configurable
  method ty = job
  method name = "clash"
  method module_name = "Clash"
  method! build _ = Error (`Msg "no flux capacitor")
  method! clean _ = failwith "cannot clean"
end)

let my_store =
  impl
    (object
       inherit base_configurable
       method ty = store
       method name = "my_store"
       method module_name = "My_store"
       method! keys = [ Key.abstract (Key.interface ~group:"my" "eth7") ]
       method! deps = [ abstract default_console ]
       method! packages = Key.pure [ package "my-store" ]
       method! connect i m args =
         Fmt.str "%s.connect ~app:%S %a %s" m (Info.name i) Key.serialize_call
           (Key.abstract (Key.interface ~group:"my" "eth7"))
           (String.concat " " args)

       method! configure i =
         Bos.OS.File.writef (Fpath.v "info.txt") "%s: %s | %s, on %a\n" (Info.name i)
           (String.concat " " (Info.libraries i))
           (String.concat " " (Info.package_names i))
           Key.pp_target
           (Key.get (Info.context i) Key.target)

       method! build _ = Bos.OS.File.write (Fpath.v "made.txt") "by build\n"
       method! clean _ = Bos.OS.File.delete (Fpath.v "made.txt")
    end)

let main = foreign ~deps:[ abstract app_info; abstract clash ] "Unikernel.Main" (store @-> time @-> job)
let () = register "objects" [ main $ my_store $ default_time ]
