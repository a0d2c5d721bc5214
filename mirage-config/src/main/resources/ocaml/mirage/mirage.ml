(* SPDX-License-Identifier: Apache-2.0 *)

include Functoria
include Mirage_base
include Mirage_network
include Mirage_stack
include Mirage_services
module Key = Mirage_key

type info = Functoria_app.info

let info = Functoria_app.info
let noop = Functoria_app.noop
let jar = Functoria_package.jar

(* Names of MirageOS 4 that mean the same. *)
let main ?pos:_ ?local_libs:_ ?packages ?keys ?deps module_name ty = foreign ?packages ?keys ?deps module_name ty
let ethif = etif
let dep = abstract
let key = Key.abstract

let call key = Mirage_base.code key

let backtrace =
  Functoria_app.once ~name:"ocaml_backtrace" ~module_name:"Printexc"
    ~keys:[ Key.abstract Key.backtrace ]
    (Printf.sprintf "return (Printexc.record_backtrace %s)" (call Key.backtrace))

let randomize_hashtables =
  Functoria_app.once ~name:"ocaml_hashtable_randomize" ~module_name:"Hashtbl"
    ~keys:[ Key.abstract Key.randomize_hashtables ]
    (Printf.sprintf "return (if %s then Hashtbl.randomize ())" (call Key.randomize_hashtables))

let gc_control =
  let optional =
    Key.
      [ minor_heap_size; major_heap_increment; space_overhead; max_space_overhead; gc_verbosity; gc_window_size;
        custom_major_ratio; custom_minor_ratio; custom_minor_max_size ]
  in
  let argument key = Printf.sprintf " ~%s:%s" (Key.ocaml_name (Key.abstract key)) (call key) in
  Functoria_app.once ~name:"ocaml_gc_control" ~module_name:"Mirage_runtime"
    ~keys:(Key.abstract Key.allocation_policy :: List.map Key.abstract optional)
    (Printf.sprintf "return (Mirage_runtime.gc_control%s%s)" (argument Key.allocation_policy)
       (String.concat "" (List.map argument optional)))

let register ?(argv = default_argv) ?tracing ?(reporter = default_reporter ()) ?(keys = []) ?(packages = []) name
    jobs =
  let reporters = if equal reporter no_reporter then [] else [ abstract reporter ] in
  let tracings = Option.fold ~none:[] ~some:(fun t -> [ abstract t ]) tracing in
  let runtime = List.map abstract [ Functoria_app.keys argv; backtrace; randomize_hashtables; gc_control ] in
  Config_program.register ~keys ~packages ~init:(runtime @ reporters @ tracings) name (List.map abstract jobs)

let run () = ()
