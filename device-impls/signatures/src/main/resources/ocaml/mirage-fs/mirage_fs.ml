(* SPDX-License-Identifier: Apache-2.0 *)

type error = [ `Is_a_directory | `No_directory_entry | `Not_a_directory ]

let pp_error ppf (error : error) =
  Format.pp_print_string ppf
    (match error with
    | `Is_a_directory -> "is a directory"
    | `No_directory_entry -> "no such file or directory"
    | `Not_a_directory -> "is not a directory")

type write_error = [ error | `Directory_not_empty | `File_already_exists | `No_space ]

let pp_write_error ppf = function
  | `Directory_not_empty -> Format.pp_print_string ppf "directory is not empty"
  | `File_already_exists -> Format.pp_print_string ppf "file already exists"
  | `No_space -> Format.pp_print_string ppf "device has no more free space"
  | #error as e -> pp_error ppf e

type stat = { filename : string; read_only : bool; directory : bool; size : int64 }

module type S = sig
  type nonrec error = private [> error ]

  val pp_error : Format.formatter -> error -> unit

  type nonrec write_error = private [> write_error ]

  val pp_write_error : Format.formatter -> write_error -> unit

  type t

  val disconnect : t -> unit Lwt.t

  val read : t -> string -> int -> int -> (Cstruct.t list, error) result Lwt.t

  val size : t -> string -> (int64, error) result Lwt.t
  val create : t -> string -> (unit, write_error) result Lwt.t
  val mkdir : t -> string -> (unit, write_error) result Lwt.t

  val destroy : t -> string -> (unit, write_error) result Lwt.t

  val stat : t -> string -> (stat, error) result Lwt.t
  val listdir : t -> string -> (string list, error) result Lwt.t
  val write : t -> string -> int -> Cstruct.t -> (unit, write_error) result Lwt.t
end

module To_KV_RO (FS : S) = struct
  type nonrec error = [ Mirage_kv.error | `FS of FS.error ]

  let pp_error ppf = function
    | `FS e -> FS.pp_error ppf e
    | #Mirage_kv.error as e -> Mirage_kv.pp_error ppf e

  type t = FS.t
  type key = Mirage_kv.Key.t

  let connect t = Lwt.return t
  let disconnect t = FS.disconnect t
  let path = Mirage_kv.Key.to_string
  let ( let* ) p f = Lwt.bind p (function Ok x -> f x | Error _ as e -> Lwt.return e)
  let ok x = Lwt.return (Ok x)

  let error key = function
    | `Is_a_directory -> `Value_expected key
    | `Not_a_directory -> `Dictionary_expected key
    | `No_directory_entry -> `Not_found key
    | e -> `FS e

  let lift key p = Lwt.map (Result.map_error (error key)) p
  let stat t key = lift key (FS.stat t (path key))
  let kind stat = if stat.directory then `Dictionary else `Value

  let exists t key =
    Lwt.map
      (function
        | Ok stat -> Ok (Some (kind stat))
        | Error (`Not_found _) -> Ok None
        | Error _ as e -> e)
      (stat t key)

  let get t key =
    let* stat = stat t key in
    if stat.directory then Lwt.return (Error (`Value_expected key))
    else
      let* pages = lift key (FS.read t (path key) 0 (Int64.to_int stat.size)) in
      ok (Cstruct.copyv pages)

  let list t key =
    let* names = lift key (FS.listdir t (path key)) in
    let rec kinds known = function
      | [] -> ok (List.rev known)
      | name :: rest ->
          let* stat = stat t (Mirage_kv.Key.add key name) in
          kinds ((name, kind stat) :: known) rest
    in
    kinds [] names

  (* File systems of this interface know no times. *)
  let last_modified t key =
    let* _ = stat t key in
    ok (0, 0L)

  let rec digest t key =
    let* stat = stat t key in
    if stat.directory then
      let* entries = list t key in
      let rec add known = function
        | [] -> ok (Digest.string known)
        | (name, _) :: rest ->
            let* d = digest t (Mirage_kv.Key.add key name) in
            add (known ^ name ^ "/" ^ d) rest
      in
      add "" entries
    else
      let* value = get t key in
      ok (Digest.string value)
end
