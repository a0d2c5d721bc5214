(* SPDX-License-Identifier: Apache-2.0 *)

type node =
  | Value of { content : string; digest : string; modified : int * int64 }
  | Dictionary of {
      entries : (string * [ `Value | `Dictionary ]) list;
      digest : string;
      modified : int * int64;
    }

module Make (Content : sig
  val find : string -> node option
end) =
struct
  type t = unit
  type key = Mirage_kv.Key.t
  type error = Mirage_kv.error

  let pp_error = Mirage_kv.pp_error
  let connect () = Lwt.return_unit
  let disconnect () = Lwt.return_unit
  let find key = Content.find (String.concat "/" (Mirage_kv.Key.segments key))

  let exists () key =
    Lwt.return
      (Ok
         (match find key with
         | None -> None
         | Some (Value _) -> Some `Value
         | Some (Dictionary _) -> Some `Dictionary))

  let with_node key f =
    Lwt.return (match find key with None -> Error (`Not_found key) | Some node -> f node)

  let get () key =
    with_node key (function
      | Value { content; _ } -> Ok content
      | Dictionary _ -> Error (`Value_expected key))

  let list () key =
    with_node key (function
      | Dictionary { entries; _ } -> Ok entries
      | Value _ -> Error (`Dictionary_expected key))

  let last_modified () key =
    with_node key (function Value { modified; _ } | Dictionary { modified; _ } -> Ok modified)

  let digest () key =
    with_node key (function Value { digest; _ } | Dictionary { digest; _ } -> Ok digest)
end
