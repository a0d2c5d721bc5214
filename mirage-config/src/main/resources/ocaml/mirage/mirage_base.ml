(* SPDX-License-Identifier: Apache-2.0 *)

(* Basic devices and storage. What of it is public, mirage.mli says. *)

open Functoria
module Key = Mirage_key

let code key = Fmt.str "%a" Key.serialize_call (Key.abstract key)

let dev ?(params = []) ?(keys = []) ?(arguments = []) ?(options = []) ?refused kind type_name ty =
  device { kind; type_name; params; arguments; options = List.concat options; refused } ~keys ty

let chosen o = Option.fold ~none:[] ~some:(fun i -> [ abstract i ]) o

let elsewhere what where =
  Printf.sprintf "%s exists on %s only, this tool builds for esp32 and unix" what where

type tracing = Tracing

let tracing = Type Tracing

let mprof_trace ~size () =
  let size = Key.tracing_size size in
  dev "mprof_trace" "tracing" tracing ~keys:[ Key.abstract size ] ~params:[ ("size", code size) ]

type qubesdb = Qubesdb

let qubesdb = Type Qubesdb
let default_qubesdb = dev "qubesdb" "qubesdb" qubesdb ~refused:(elsewhere "default_qubesdb" "Qubes")

type time = Time

let time = Type Time
let default_time = dev "time" "time" time

type pclock = Pclock

let pclock = Type Pclock
let default_posix_clock = dev "pclock" "pclock" pclock

type mclock = Mclock

let mclock = Type Mclock
let default_monotonic_clock = dev "mclock" "mclock" mclock

type reporter = Reporter

let reporter = Type Reporter

let default_reporter ?clock ?ring_size ?(level = Logs.Info) () =
  let level =
    match level with
    | Logs.App -> "App"
    | Logs.Error -> "Error"
    | Logs.Warning -> "Warning"
    | Logs.Info -> "Info"
    | Logs.Debug -> "Debug"
  in
  let ring_size = Option.fold ~none:"None" ~some:(Printf.sprintf "(Some %d)") ring_size in
  dev "reporter" "reporter" reporter
    ~keys:[ Key.abstract Key.logs ]
    ~params:[ ("level", "Logs." ^ level); ("ring_size", ring_size); ("logs", code Key.logs) ]
    ~options:[ chosen clock ]

let no_reporter =
  impl
    (object
       inherit base_configurable
       method ty = reporter
       method name = "no_reporter"
       method module_name = "Stdlib"
    end)

type random = Random

let random = Type Random
let default_random = dev "random" "random" random ~keys:[ Key.abstract Key.prng ]
let stdlib_random = default_random
let nocrypto_random = default_random

type console = Console

let console = Type Console
let custom_console name = dev "console" "console" console ~params:[ ("name", name) ]
let default_console = dev "console" "console" console

type block = Block

let block = Type Block
let named_block kind name = dev kind "block" block ~params:[ ("name", name) ]
let block_of_file name = named_block "block" name
let ramdisk name = named_block "ramdisk" name

let block_of_xenstore_id name =
  dev "block_xenstore" "block" block
    ~params:[ ("name", name) ]
    ~refused:(elsewhere (Printf.sprintf "block_of_xenstore_id %S" name) "Xen")

let generic_block ?group ?(key = Key.value (Key.block ?group ())) name =
  match_impl key ~default:(ramdisk name)
    [ (`XenstoreId, block_of_xenstore_id name); (`BlockFile, block_of_file name) ]

type fs = Fs

let fs = Type Fs
let fat block = dev "fat" "fs" fs ~arguments:[ abstract block ]

let fat_of_files ?(dir = ".") ?(regexp = "*") () =
  dev "fat_of_files" "fs" fs ~params:[ ("dir", dir); ("regexp", regexp) ]

type kv_ro = Kv_ro

let kv_ro = Type Kv_ro
let kv_of_dir kind dir = dev kind "kv_ro" kv_ro ~params:[ ("dir", dir) ]
let crunch dir = kv_of_dir "crunch" dir
let archive block = dev "archive" "kv_ro" kv_ro ~arguments:[ abstract block ]
let archive_of_files ?(dir = ".") () = kv_of_dir "archive_of_files" dir
let direct_kv_ro = kv_of_dir "direct_kv_ro"
let kv_ro_of_fs fs = dev "kv_ro_of_fs" "kv_ro" kv_ro ~arguments:[ abstract fs ]

let generic_kv_ro ?group ?(key = Key.value (Key.kv_ro ?group ())) dir =
  match_impl key ~default:(direct_kv_ro dir)
    [ (`Fat, kv_ro_of_fs (fat_of_files ~dir ())); (`Archive, archive_of_files ~dir ()); (`Crunch, crunch dir) ]

type kv_rw = Kv_rw

let kv_rw = Type Kv_rw
let direct_kv_rw dir = dev "direct_kv_rw" "kv_rw" kv_rw ~params:[ ("dir", dir) ]
let kv_rw_mem ?clock () = dev "kv_rw_mem" "kv_rw" kv_rw ~options:[ chosen clock ]
let default_argv = dev "argv" "argv" Functoria_app.argv
let no_argv = Functoria_app.no_argv
let nocrypto = Functoria_app.noop
let app_info = Functoria_app.app_info ~type_modname:"Mirage_info" ()
