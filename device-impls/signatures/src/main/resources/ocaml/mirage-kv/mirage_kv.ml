(* SPDX-License-Identifier: Apache-2.0 *)

module Key = struct
  type t = string list

  let empty = []
  let v s = List.filter (fun segment -> segment <> "") (String.split_on_char '/' s)
  let append = List.append

  let add t segment =
    if String.contains segment '/' then
      invalid_arg ("Mirage_kv.Key.add: a slash in segment " ^ segment);
    append t [ segment ]

  let ( / ) = add
  let ( // ) = append
  let segments t = t
  let basename t = List.fold_left (fun _ segment -> segment) "" t
  let rec parent = function [] | [ _ ] -> [] | segment :: rest -> segment :: parent rest

  let rec compare a b =
    match (a, b) with
    | [], [] -> 0
    | [], _ -> -1
    | _, [] -> 1
    | x :: a, y :: b -> ( match String.compare x y with 0 -> compare a b | c -> c)

  let equal a b = compare a b = 0
  let to_string t = "/" ^ String.concat "/" t
  let pp ppf t = Format.pp_print_string ppf (to_string t)
end

type key = Key.t
type error = [ `Not_found of key | `Dictionary_expected of key | `Value_expected of key ]

let pp_error ppf (error : error) =
  let print expectation key = Format.pp_print_string ppf (expectation ^ Key.to_string key) in
  match error with
  | `Not_found key -> print "cannot find the key " key
  | `Dictionary_expected key -> print "expecting a dictionary for the key " key
  | `Value_expected key -> print "expecting a value for the key " key

module type RO = sig
  type nonrec error = private [> error ]

  val pp_error : Format.formatter -> error -> unit

  type t

  val disconnect : t -> unit Lwt.t

  type key = Key.t

  val exists : t -> key -> ([ `Value | `Dictionary ] option, error) result Lwt.t
  val get : t -> key -> (string, error) result Lwt.t
  val list : t -> key -> ((string * [ `Value | `Dictionary ]) list, error) result Lwt.t
  val last_modified : t -> key -> (int * int64, error) result Lwt.t
  val digest : t -> key -> (string, error) result Lwt.t
end

type write_error = [ error | `No_space | `Too_many_retries of int ]

let pp_write_error ppf = function
  | `No_space -> Format.pp_print_string ppf "no space left"
  | `Too_many_retries n ->
      Format.pp_print_string ppf ("at least " ^ string_of_int n ^ " retries, giving up")
  | #error as e -> pp_error ppf e

module type RW = sig
  include RO

  type nonrec write_error = private [> write_error ]

  val pp_write_error : Format.formatter -> write_error -> unit
  val set : t -> key -> string -> (unit, write_error) result Lwt.t
  val remove : t -> key -> (unit, write_error) result Lwt.t
  val batch : t -> ?retries:int -> (t -> 'a Lwt.t) -> 'a Lwt.t
end
