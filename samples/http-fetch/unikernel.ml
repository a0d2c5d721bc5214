(* SPDX-License-Identifier: Apache-2.0 *)

(* Fetches a page and says what it got; the body is counted piece by piece, and never in RAM as a whole. Whatever servers
   do instead of an answer is told, and the page asked for again: after a second, two, four, at last each minute. *)

open Lwt.Syntax

let longest_wait = 60

module Fetch (Time : Mirage_time.S) (Client : Cohttp_lwt.S.Client) = struct
  let fetch ctx uri =
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

  let rec try_to_fetch ctx uri ~wait =
    let failed exn =
      let why = match exn with Failure why -> why | exn -> Printexc.to_string exn in
      Logs.warn (fun m -> m "%a: %s; the next try is in %d s" Uri.pp uri why wait);
      let* () = Time.sleep_ns (Duration.of_sec wait) in
      try_to_fetch ctx uri ~wait:(min longest_wait (2 * wait))
    in
    Lwt.catch (fun () -> fetch ctx uri) failed

  let start () ctx = try_to_fetch ctx (Uri.of_string (Key_gen.uri ())) ~wait:1
end
