(* SPDX-License-Identifier: Apache-2.0 *)

(* Fetches a page and says what it got; the body is counted piece by piece, and never in RAM as a whole. *)

open Lwt.Syntax

module Fetch (Client : Cohttp_lwt.S.Client) = struct
  let start ctx =
    let uri = Uri.of_string (Key_gen.uri ()) in
    let* response, body = Client.get ~ctx uri in
    let status = Cohttp.Code.string_of_status (Cohttp.Response.status response) in
    let kind = Cohttp.Header.get (Cohttp.Response.headers response) "content-type" in
    let+ length, digest =
      Lwt_stream.fold
        (fun piece (length, sum) -> (length + String.length piece, String.fold_left (fun s c -> s + Char.code c) sum piece))
        (Cohttp_lwt.Body.to_stream body) (0, 0)
    in
    Logs.info (fun m ->
        m "%a: %s, %s, %d bytes with sum %d" Uri.pp uri status (Option.value kind ~default:"no type") length digest)
end
