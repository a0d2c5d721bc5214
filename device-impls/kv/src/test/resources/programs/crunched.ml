(* SPDX-License-Identifier: Apache-2.0 *)
open Lwt.Infix
module S : Mirage_kv.RO with type t = Static1.t = Static1

let key = Mirage_kv.Key.v
let hex s = String.concat "" (List.map (fun c -> Printf.sprintf "%02x" (Char.code c)) (List.of_seq (String.to_seq s)))
let error e = Format.asprintf "%a" S.pp_error e
let show name to_string result =
  Lwt.return (Printf.printf "%s %s\n" name (match result with Ok x -> to_string x | Error e -> error e))
let kind = function `Value -> "value" | `Dictionary -> "dictionary"
let entries l = String.concat " " (List.map (fun (n, k) -> n ^ ":" ^ kind k) l)

let () =
  OS.Main.run
    ( Static1.connect () >>= fun s ->
      S.get s (key "secret") >>= show "secret" String.escaped >>= fun () ->
      S.get s (key "/empty/") >>= show "empty" String.escaped >>= fun () ->
      S.get s (key "text") >>= show "text" hex >>= fun () ->
      S.get s (key "sub/deep/bytes.bin") >>= show "bytes" hex >>= fun () ->
      S.get s (key "sub") >>= show "get" hex >>= fun () ->
      S.get s (key "none") >>= show "get" hex >>= fun () ->
      S.list s (key "") >>= show "list" entries >>= fun () ->
      S.list s (key "sub") >>= show "list" entries >>= fun () ->
      S.list s (key "secret") >>= show "list" entries >>= fun () ->
      S.exists s (key "sub/deep") >>= show "exists" (function None -> "no" | Some k -> kind k) >>= fun () ->
      S.exists s (key "sub/none") >>= show "exists" (function None -> "no" | Some k -> kind k) >>= fun () ->
      S.digest s (key "secret") >>= show "digest" hex >>= fun () ->
      S.last_modified s (key "text") >>= show "time" (fun (d, ps) -> Printf.sprintf "%d %Ld" d ps) >>= fun () ->
      S.last_modified s (key "") >>= show "time" (fun (d, ps) -> Printf.sprintf "%d %Ld" d ps) )
