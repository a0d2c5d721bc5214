(* SPDX-License-Identifier: Apache-2.0 *)

(** Keys of a unikernel at boot: declared by the generated [key_gen.ml], set from the boot arguments.

    The names are those of Functoria's run-time library. The implementation needs neither Cmdliner nor
    Format: on a small machine the argument parser must not be larger than the program.

    A generated [key_gen.ml] looks like this:
    {[
      let hello =
        Functoria_runtime.(
          Key.create
            (Arg.opt Arg.string "Hello World!"
               (Arg.info ~docs:"APPLICATION OPTIONS" ~docv:"VAL" ~doc:"How to say hello." [ "hello" ])))

      let hello_t = Functoria_runtime.Key.term hello
      let hello () = Functoria_runtime.Key.get hello

      let logs =
        Functoria_runtime.(
          Key.create
            (Arg.opt (Arg.list Mirage_runtime.Arg.log_threshold) []
               (Arg.info ~docs:"MIRAGE PARAMETERS" ~docv:"LEVEL" ~env:"MIRAGE_LOGS"
                  ~doc:"Log thresholds." [ "l"; "logs" ])))

      let logs_t = Functoria_runtime.Key.term logs
      let logs () = Functoria_runtime.Key.get logs

      let pghost =
        Functoria_runtime.(
          Key.create (Arg.key ?default:None Arg.string (Arg.info ~doc:"Host." [ "h"; "pghost" ])))

      let pghost_t = Functoria_runtime.Key.term pghost
      let pghost () = Functoria_runtime.Key.get pghost
      let target () = `Unix
      let runtime_keys = List.combine [ hello_t; logs_t; pghost_t ] [ "hello"; "logs"; "pghost" ]
    ]}
    and [main.ml] calls [with_argv (List.map fst Key_gen.runtime_keys) "hello" argv] once. *)

module Arg : sig
  (** {1 Converters} *)

  type 'a converter = {
    parse : string -> ('a, string) result;
        (** the value, or what is wrong, such as ["invalid value 'x', expected an integer"] *)
    print : 'a -> string;  (** text that [parse] accepts; [""] when there is nothing to show *)
  }

  val conv : parse:(string -> ('a, string) result) -> print:('a -> string) -> 'a converter
  val string : string converter
  val bool : bool converter

  val int : int converter
  (** Accepts what [int_of_string] accepts: 31 bits on the chip, 63 on a 64-bit host. *)

  val int32 : int32 converter
  val int64 : int64 converter
  val float : float converter

  val char : char converter
  (** One character. *)

  val enum : (string * 'a) list -> 'a converter
  (** One of the names. *)

  val list : ?sep:char -> 'a converter -> 'a list converter
  (** Values between [sep]s (a comma when absent). The empty string is the empty list. *)

  val some : 'a converter -> 'a option converter
  (** [None] cannot be typed: it is what an absent option means. *)

  (** {1 Arguments} *)

  type info

  val info : ?docs:string -> ?docv:string -> ?doc:string -> ?env:string -> string list -> info
  (** [info names] describes an option. Names of one character are typed [-n], longer ones [--name].
      [docs] is the section of the help page (["OPTIONS"] when absent), [docv] stands for the value in
      it (["VAL"]), [doc] is plain text without markup, [env] an environment variable used
      when the option is absent. *)

  type 'a t

  val opt : 'a converter -> 'a -> info -> 'a t
  (** An option with a value; the second argument is the value when it is absent. *)

  val required : 'a converter -> info -> 'a t
  (** An option that must be given at boot. *)

  val key : ?default:'a -> 'a converter -> info -> 'a t
  (** [required], or [opt] when a default is known. *)

  val flag : info -> bool t
  (** [true] when the option is given; it takes no value. *)
end

module Key : sig
  type 'a t

  val create : 'a Arg.t -> 'a t

  val get : 'a t -> 'a
  (** The value at this boot.
      @raise Invalid_argument before {!with_argv} has run. *)

  val default : 'a t -> 'a option
  (** The value used when the option is absent. *)

  type term
  (** A key, its type forgotten: what {!with_argv} sets. *)

  val term : 'a t -> term
end

val with_argv : Key.term list -> string -> string array -> unit
(** [with_argv keys name argv] sets every key from [argv], whose first element is ignored. Understood:
    [--option=value], [--option value], [-o value], [-ovalue], flags, and any unambiguous beginning of a
    long option.

    [--help], or [--help=plain] (any other format prints the same), lists the keys on standard output
    and exits with {!help_exit}. If anything is wrong, each problem is one line on standard error, and
    the program exits with {!argument_error_exit}. A second call does nothing. *)

val argument_error_exit : int
(** 64. *)

val help_exit : int
(** 63. *)
