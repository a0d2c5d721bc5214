(* SPDX-License-Identifier: Apache-2.0 *)

module Key = Functoria_runtime.Key

let with_argv = Functoria_runtime.with_argv

type log_threshold = [ `All | `Src of string ] * Logs.level

let rec level_of_all default = function
  | [] -> default
  | (`All, level) :: _ -> level
  | (`Src _, _) :: rest -> level_of_all default rest

let set_source_level = function
  | `All, _ -> ()
  | `Src name, level -> (
      match List.find_opt (fun src -> Logs.Src.name src = name) (Logs.Src.list ()) with
      | Some src -> Logs.Src.set_level src (Some level)
      | None -> print_endline ("Warning: " ^ name ^ " is not a valid log source."))

let set_level ~default thresholds =
  Logs.set_level (Some (level_of_all default thresholds));
  List.iter set_source_level thresholds

module Arg = struct
  include Functoria_runtime.Arg

  let levels =
    [ ("error", Logs.Error); ("warning", Logs.Warning); ("info", Logs.Info); ("debug", Logs.Debug) ]

  let level = enum levels

  let log_threshold =
    let parse s =
      let source, name =
        match String.rindex_opt s ':' with
        | None -> (`All, s)
        | Some i ->
            let source = String.sub s 0 i in
            ( (if source = "*" then `All else `Src source),
              String.sub s (i + 1) (String.length s - i - 1) )
      in
      match level.parse name with Ok level -> Ok (source, level) | Error _ as e -> e
    in
    let print (source, l) =
      (match source with `All -> "*:" | `Src name -> name ^ ":") ^ level.print l
    in
    { parse; print }

  let make of_string print =
    let parse s =
      match of_string s with
      | Ok _ as ok -> ok
      | Error (`Msg message) -> Error ("invalid value '" ^ s ^ "': " ^ message)
    in
    { parse; print }

  module type S = sig
    type t

    val of_string : string -> (t, [ `Msg of string ]) result
    val to_string : t -> string
  end

  let of_module (type a) (module M : S with type t = a) = make M.of_string M.to_string

  let allocation_policy =
    enum [ ("next-fit", `Next_fit); ("first-fit", `First_fit); ("best-fit", `Best_fit) ]
end

(* Declared here because naming Stdlib's own declarations would link that module. *)
external gc_get : unit -> Gc.control = "caml_gc_get"
external gc_set : Gc.control -> unit = "caml_gc_set"

let gc_control ~allocation_policy ~minor_heap_size ~major_heap_increment ~space_overhead
    ~max_space_overhead ~gc_verbosity ~gc_window_size ~custom_major_ratio ~custom_minor_ratio
    ~custom_minor_max_size =
  let now = gc_get () in
  let chosen default = function None -> default | Some given -> given in
  gc_set
    {
      now with
      Gc.allocation_policy =
        (match allocation_policy with `Next_fit -> 0 | `First_fit -> 1 | `Best_fit -> 2);
      minor_heap_size = chosen now.Gc.minor_heap_size minor_heap_size;
      major_heap_increment = chosen now.Gc.major_heap_increment major_heap_increment;
      space_overhead = chosen now.Gc.space_overhead space_overhead;
      max_overhead = chosen now.Gc.max_overhead max_space_overhead;
      verbose = chosen now.Gc.verbose gc_verbosity;
      window_size = chosen now.Gc.window_size gc_window_size;
      custom_major_ratio = chosen now.Gc.custom_major_ratio custom_major_ratio;
      custom_minor_ratio = chosen now.Gc.custom_minor_ratio custom_minor_ratio;
      custom_minor_max_size = chosen now.Gc.custom_minor_max_size custom_minor_max_size;
    }

let exit_hooks = ref []
let enter_hooks = ref []
let leave_hooks = ref []
let add hooks f = hooks := f :: !hooks
let at_exit f = add exit_hooks f
let at_enter_iter f = add enter_hooks f
let at_leave_iter f = add leave_hooks f
let run hooks = List.iter (fun f -> f ()) !hooks
let run_enter_iter_hooks () = run enter_hooks
let run_leave_iter_hooks () = run leave_hooks

let rec run_exit_hooks () =
  match !exit_hooks with
  | [] -> Lwt.return_unit
  | hook :: rest ->
      exit_hooks := rest;
      Lwt.bind (Lwt.catch hook (fun _ -> Lwt.return_unit)) run_exit_hooks
