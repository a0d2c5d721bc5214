(* SPDX-License-Identifier: Apache-2.0 *)

open Functoria

let once ~name ~module_name ?(keys = []) code =
  impl
    (object
       inherit base_configurable
       method ty = job
       method name = name
       method module_name = module_name
       method! keys = keys
       method! connect _ _ _ = code
    end)

let noop = once ~name:"noop" ~module_name:"Stdlib" "return ()"

type argv = Argv

let argv = Type Argv

let constant_argv name code =
  impl
    (object
       inherit base_configurable
       method ty = argv
       method name = name
       method module_name = "Stdlib"
       method! connect _ _ _ = code
    end)

let sys_argv = constant_argv "argv_sys" "return Sys.argv"
let no_argv = constant_argv "argv_empty" "return [| \"\" |]"

let keys argv =
  impl
    (object
       inherit base_configurable
       method ty = job
       method name = "key"
       method module_name = "Functoria_runtime"
       method! deps = [ abstract argv ]

       method! connect info _ args =
         Printf.sprintf "return (Functoria_runtime.with_argv (List.map fst %s.runtime_keys) %S %s)"
           Functoria_key.module_name (Info.name info) (String.concat " " args)
    end)

type info = Info

let info = Type Info

let app_info ?(type_modname = "Functoria_info") ?(gen_modname = "Info_gen") () =
  device
    { kind = "app_info";
      type_name = "info";
      params = [ ("type", type_modname); ("module", gen_modname) ];
      arguments = [];
      options = [];
      refused = None }
    info

module type DSL = module type of struct
  include Functoria
end

module Name = Functoria_name
