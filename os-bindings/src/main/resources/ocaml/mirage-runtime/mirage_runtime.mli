(* SPDX-License-Identifier: Apache-2.0 *)

(** What generated code and platform libraries share at run time: keys, log thresholds, hooks.

    IP address converters live in {!Mirage_runtime_ipaddr}, so that only programs with such keys carry
    the address library. *)

module Key = Functoria_runtime.Key

(** {1 Logs} *)

type log_threshold = [ `All | `Src of string ] * Logs.level
(** The least important level that is still shown, of every source or of one. *)

val set_level : default:Logs.level -> log_threshold list -> unit
(** [set_level ~default thresholds] sets the level of all sources known so far and of later ones. The
    entry for [`All], or else [default], holds for every source that has none of its own. A source that
    does not exist is reported on standard output. *)

(** {1 Arguments} *)

module Arg : sig
  include module type of struct
    include Functoria_runtime.Arg
  end

  val log_threshold : log_threshold converter
  (** [LEVEL], [*:LEVEL] or [SOURCE:LEVEL], with the levels [error], [warning], [info], [debug]. A list
      of thresholds is [list log_threshold]. *)

  val make : (string -> ('a, [ `Msg of string ]) result) -> ('a -> string) -> 'a converter
  (** From functions as libraries have them: [make of_string to_string]. *)

  (** A type with its text form. *)
  module type S = sig
    type t

    val of_string : string -> (t, [ `Msg of string ]) result
    val to_string : t -> string
  end

  val of_module : (module S with type t = 'a) -> 'a converter

  val allocation_policy : [ `Next_fit | `First_fit | `Best_fit ] converter
  (** [next-fit], [first-fit] or [best-fit]. *)
end

val with_argv : Key.term list -> string -> string array -> unit
(** See {!Functoria_runtime.with_argv}. *)

(** {1 Garbage collector} *)

val gc_control :
  allocation_policy:[ `Next_fit | `First_fit | `Best_fit ] ->
  minor_heap_size:int option ->
  major_heap_increment:int option ->
  space_overhead:int option ->
  max_space_overhead:int option ->
  gc_verbosity:int option ->
  gc_window_size:int option ->
  custom_major_ratio:int option ->
  custom_minor_ratio:int option ->
  custom_minor_max_size:int option ->
  unit
(** Sets what the keys of the same names ask for, leaves the rest as the platform chose it. *)

(** {1 Hooks}

    The main loop of the platform ([OS.Main]) runs them. *)

val at_exit : (unit -> unit Lwt.t) -> unit
(** Runs once when the program ends, whatever the reason; the last registered comes first. *)

val at_enter_iter : (unit -> unit) -> unit
(** Runs in every turn of the main loop, before it waits for an event. *)

val at_leave_iter : (unit -> unit) -> unit
(** Runs in every turn of the main loop, after it has waited. *)

val run_exit_hooks : unit -> unit Lwt.t
(** One after the other; their exceptions are dropped. *)

val run_enter_iter_hooks : unit -> unit
val run_leave_iter_hooks : unit -> unit
