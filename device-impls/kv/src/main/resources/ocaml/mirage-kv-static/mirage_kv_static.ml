(* SPDX-License-Identifier: Apache-2.0 *)

type 'content node =
  | Value of { content : 'content; digest : string; modified : int * int64 }
  | Dictionary of {
      entries : (string * [ `Value | `Dictionary ]) list;
      digest : string;
      modified : int * int64;
    }

module type SOURCE = sig
  type content

  val connect : unit -> unit Lwt.t
  val read : content -> string
end

module Constants = struct
  type content = string

  let connect () = Lwt.return_unit
  let read content = content
end

module Make
    (Source : SOURCE) (Files : sig
      val find : string -> Source.content node option
    end) =
struct
  type t = unit
  type key = Mirage_kv.Key.t
  type error = Mirage_kv.error

  let pp_error = Mirage_kv.pp_error
  let connect = Source.connect
  let disconnect () = Lwt.return_unit
  let find key = Files.find (String.concat "/" (Mirage_kv.Key.segments key))

  let exists () key =
    Lwt.return
      (Ok
         (match find key with
         | None -> None
         | Some (Value _) -> Some `Value
         | Some (Dictionary _) -> Some `Dictionary))

  let with_node key f =
    Lwt.wrap (fun () -> match find key with None -> Error (`Not_found key) | Some node -> f node)

  let get () key =
    with_node key (function
      | Value { content; _ } -> Ok (Source.read content)
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
