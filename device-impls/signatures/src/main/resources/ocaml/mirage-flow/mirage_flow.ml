(* SPDX-License-Identifier: Apache-2.0 *)

type write_error = [ `Closed ]

let pp_write_error ppf `Closed =
  Format.pp_print_string ppf "attempted to write to a closed flow"

type 'a or_eof = [ `Data of 'a | `Eof ]

let pp_or_eof pp_data ppf = function
  | `Eof -> Format.pp_print_string ppf "End-of-file"
  | `Data data -> pp_data ppf data

module type S = sig
  type error

  val pp_error : Format.formatter -> error -> unit

  type nonrec write_error = private [> write_error ]

  val pp_write_error : Format.formatter -> write_error -> unit

  type flow

  val read : flow -> (Cstruct.t or_eof, error) result Lwt.t
  val write : flow -> Cstruct.t -> (unit, write_error) result Lwt.t
  val writev : flow -> Cstruct.t list -> (unit, write_error) result Lwt.t
  val close : flow -> unit Lwt.t
end

type stats = {
  read_bytes : int64;
  read_ops : int64;
  write_bytes : int64;
  write_ops : int64;
  duration : int64;
}

let pp_stats ppf s =
  Format.fprintf ppf "%Ld bytes read in %Ld operations, %Ld bytes written in %Ld, %Ld ns"
    s.read_bytes s.read_ops s.write_bytes s.write_ops s.duration
