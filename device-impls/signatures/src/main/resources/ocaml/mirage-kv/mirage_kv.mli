(* SPDX-License-Identifier: Apache-2.0 *)

(** Key-value stores whose keys form a tree. *)

(** Places in the tree: a path of segments. *)
module Key : sig
  type t

  val empty : t
  (** The root. *)

  val v : string -> t
  (** [v "a/b"], which is the same as [v "/a/b/"]. Empty segments are dropped. *)

  val add : t -> string -> t
  (** [add t segment] is [segment] in the dictionary [t].
      @raise Invalid_argument if [segment] contains a slash. *)

  val ( / ) : t -> string -> t
  (** {!add}. *)

  val append : t -> t -> t
  (** [append a b] is the path [b] seen from [a]. *)

  val ( // ) : t -> t -> t
  (** {!append}. *)

  val segments : t -> string list

  val basename : t -> string
  (** The last segment; [""] of the root. *)

  val parent : t -> t
  (** Without the last segment; the root's parent is the root. *)

  val compare : t -> t -> int
  val equal : t -> t -> bool
  val pp : Format.formatter -> t -> unit

  val to_string : t -> string
  (** ["/a/b"]; ["/"] for the root. *)
end

type key = Key.t

type error =
  [ `Not_found of key  (** nothing is there *)
  | `Dictionary_expected of key  (** a value is there *)
  | `Value_expected of key  (** a dictionary is there *) ]

val pp_error : Format.formatter -> error -> unit

module type RO = sig
  type nonrec error = private [> error ]

  val pp_error : Format.formatter -> error -> unit

  type t

  val disconnect : t -> unit Lwt.t

  type key = Key.t

  val exists : t -> key -> ([ `Value | `Dictionary ] option, error) result Lwt.t
  val get : t -> key -> (string, error) result Lwt.t

  val list : t -> key -> ((string * [ `Value | `Dictionary ]) list, error) result Lwt.t
  (** Names in a dictionary, with what they are. *)

  val last_modified : t -> key -> (int * int64, error) result Lwt.t
  (** Days since 1970-01-01 UTC and picoseconds of the day; of a dictionary, the latest of what is in
      it. *)

  val digest : t -> key -> (string, error) result Lwt.t
  (** Changes when the value, or anything in the dictionary, changes. *)
end

type write_error = [ error | `No_space | `Too_many_retries of int ]

val pp_write_error : Format.formatter -> write_error -> unit

module type RW = sig
  include RO

  type nonrec write_error = private [> write_error ]

  val pp_write_error : Format.formatter -> write_error -> unit

  val set : t -> key -> string -> (unit, write_error) result Lwt.t
  (** Dictionaries on the way come into being. *)

  val remove : t -> key -> (unit, write_error) result Lwt.t
  (** A value, or a dictionary with everything in it. *)

  val batch : t -> ?retries:int -> (t -> 'a Lwt.t) -> 'a Lwt.t
  (** Changes that appear together to others. *)
end
