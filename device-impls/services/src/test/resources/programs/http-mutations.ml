(* SPDX-License-Identifier: Apache-2.0 *)

(* Requests and answers changed at random, in pieces of random size: whatever a peer sends, a server's callback ends
   without an exception. Who reads an answer gets one, its end, or that it is none: by cohttp in a result, or as Failure when
   the status is no number. *)

open Lwt.Infix

let random = ref (Random.State.make [| 1 |])
let below n = Random.State.int !random n

module Memory_flow = struct
  (* After [input], [tail] can be read [tails] times; [taken] bytes were. *)
  type flow = { mutable input : string; tail : string; mutable tails : int; mutable taken : int; mutable written : int }

  type error = |
  type write_error = Mirage_flow.write_error

  let pp_error _ : error -> unit = function _ -> .
  let pp_write_error = Mirage_flow.pp_write_error

  let refill t =
    if t.input = "" && t.tails > 0 then begin
      t.input <- t.tail;
      t.tails <- t.tails - 1
    end

  let read t =
    refill t;
    if t.input = "" then Lwt.return (Ok `Eof)
    else begin
      let n = min (String.length t.input) (1 + below 40) in
      let piece = Cstruct.of_string ~len:n t.input in
      t.input <- String.sub t.input n (String.length t.input - n);
      t.taken <- t.taken + n;
      Lwt.return (Ok (`Data piece))
    end

  let write t buffer =
    t.written <- t.written + Cstruct.length buffer;
    Lwt.return (Ok ())

  let writev t buffers = Lwt_list.iter_s (fun b -> write t b >|= ignore) buffers >|= Result.ok
  let close _ = Lwt.return_unit
end

module Server = Cohttp_mirage.Server.Flow (Memory_flow)
module Io = Cohttp_mirage_io.Make (Memory_flow)
module Response = Cohttp.Response.Make (Io)

let samples =
  [| "GET /index.html?a=b%20c HTTP/1.1\r\nHost: board\r\nAccept: */*\r\n\r\n";
     "POST /echo HTTP/1.1\r\nHost: board\r\nContent-Length: 11\r\n\r\nhello world";
     "POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n";
     "HEAD http://board:80/ HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" |]

let answers =
  [| "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n\r\nhello";
     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n";
     "HTTP/1.0 404 Not Found\r\nConnection: close\r\n\r\ngone" |]

let interesting = "\r\n:; \000\255-%0fA/?"

let change text =
  let bytes = Bytes.of_string text in
  for _ = 1 to below 5 do
    let c = if below 2 = 0 then interesting.[below (String.length interesting)] else Char.chr (below 256) in
    Bytes.set bytes (below (Bytes.length bytes)) c
  done;
  match below 8 with
  | 0 -> Bytes.sub_string bytes 0 (below (Bytes.length bytes))
  | 1 -> Bytes.to_string bytes ^ text
  | 2 -> String.concat (Bytes.to_string bytes) (List.init (below 30) (fun _ -> "x"))
  | _ -> Bytes.to_string bytes

let served = ref 0 and read = ref 0

let respond _ request body =
  Cohttp_lwt.Body.to_string body >>= fun body ->
  incr served;
  Server.respond_string ~status:`OK ~body:(Uri.path (Cohttp.Request.uri request) ^ body) ()

let server = Server.make ~callback:respond ()
let flow ?(tail = "") ?(tails = 0) input = { Memory_flow.input; tail; tails; taken = 0; written = 0 }
let serve input = Server.callback server (flow input)

let rec drain reader =
  Response.read_body_chunk reader >>= function
  | Cohttp.Transfer.Chunk _ -> drain reader
  | Final_chunk _ | Done -> Lwt.return_unit

let fetch input =
  let io = Io.create (flow input) in
  let fetched () =
    Response.read io >>= function
    | `Eof | `Invalid _ -> Lwt.return_unit
    | `Ok response ->
        incr read;
        drain (Response.make_body_reader response io)
  in
  Lwt.catch fetched (function Failure _ -> Lwt.return_unit | e -> Lwt.fail e) >>= fun () -> Io.close io

let rec throw n =
  if n = 0 then Lwt.return_unit
  else
    (if n mod 2 = 0 then serve (change samples.(below 4)) else fetch (change answers.(below 3))) >>= fun () ->
    (if n mod 64 = 0 then Lwt.pause () else Lwt.return_unit) >>= fun () -> throw (n - 1)

(* A head that does not end is not kept; the end of it is the end of the flow. *)
let endless () =
  Lwt_list.iter_s
    (fun (input, tail) ->
      let flow = flow input ~tail ~tails:100_000 in
      Server.callback server flow >|= fun () -> Printf.printf "%b" (flow.taken < 10_000))
    [ ("GET /", "aaa"); ("GET / HTTP/1.1", "\r\na: b") ]

let main () =
  Bootvar.argv () >>= fun argv ->
  random := Random.State.make [| int_of_string argv.(1) |];
  let n = int_of_string argv.(2) in
  endless () >>= fun () ->
  throw n >>= fun () ->
  let before = !served in
  serve samples.(0) >|= fun () ->
  Printf.printf " %b %b works %b\n" (!served > n / 8) (!read > n / 8) (!served = before + 1)

let () =
  Logs.set_level None;
  OS.Main.run (main ())
