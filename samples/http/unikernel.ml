(* SPDX-License-Identifier: Apache-2.0 *)

open Lwt.Syntax

(* Serves the files of a key-value store over HTTP/1.1: GET and HEAD, connections are kept. *)
module Http (Stack : Tcpip.Stack.V4) (Files : Mirage_kv.RO) = struct
  module Tcp = Stack.TCPV4

  let longest_head = 8192

  let text_plain = "text/plain; charset=utf-8"

  let content_type path =
    match String.rindex_opt path '.' with
    | None -> "application/octet-stream"
    | Some dot -> (
        match String.sub path dot (String.length path - dot) with
        | ".html" -> "text/html; charset=utf-8"
        | ".txt" -> text_plain
        | ".css" -> "text/css"
        | ".js" -> "text/javascript"
        | ".svg" -> "image/svg+xml"
        | ".png" -> "image/png"
        | _ -> "application/octet-stream")

  (* A client of HTTP/1.0 keeps a connection only if it is told that it is kept. *)
  let head ~keep status reason kind length =
    let rest = if keep then "\r\nConnection: keep-alive\r\n\r\n" else "\r\nConnection: close\r\n\r\n" in
    String.concat ""
      [ "HTTP/1.1 "; string_of_int status; " "; reason; "\r\nContent-Type: "; kind; "\r\nContent-Length: ";
        string_of_int length; rest ]

  (* The kind may have further fields behind it. *)
  let failure ~keep kind status reason =
    (head ~keep status reason kind (String.length reason + 1), reason ^ "\n")

  (* The head and the body that answer a path. *)
  let answer ~keep files target =
    let path = match String.index_opt target '?' with Some i -> String.sub target 0 i | None -> target in
    let path = if path <> "" && path.[String.length path - 1] = '/' then path ^ "index.html" else path in
    let+ found = Files.get files (Mirage_kv.Key.v path) in
    match found with
    | Ok body -> (200, (head ~keep 200 "OK" (content_type path) (String.length body), body))
    | Error _ -> (404, failure ~keep text_plain 404 "Not Found")

  type request = { meth : string; target : string; keep : bool }

  (* Whether a line begins there with the name of a field, given in small letters and equal up to [i]. *)
  let rec begins text line i name =
    i = String.length name
    || line + i < String.length text
       && Char.lowercase_ascii text.[line + i] = name.[i]
       && begins text line (i + 1) name

  let rec end_of_line text from =
    if from = String.length text || text.[from] = '\n' then from else end_of_line text (from + 1)

  let value text from = String.lowercase_ascii (String.trim (String.sub text from (end_of_line text from - from)))

  (* What the field says of the connection, and whether a body follows. Lines of other fields make no strings. *)
  let rec fields text from connection body =
    let line = end_of_line text from + 1 in
    if line >= String.length text then (connection, body)
    else
      match List.find_opt (begins text line 0) [ "connection:"; "content-length:"; "transfer-encoding:" ] with
      | None -> fields text line connection body
      | Some name ->
          let value = value text (line + String.length name) in
          if name = "connection:" then fields text line value body
          else fields text line connection (body || value <> "0" || name = "transfer-encoding:")

  (* The request line and the header fields, the empty line not among them. *)
  let parse text =
    let first = String.trim (String.sub text 0 (end_of_line text 0)) in
    match (String.split_on_char ' ' first, fields text 0 "" false) with
    | [ meth; target; ("HTTP/1.1" | "HTTP/1.0") as version ], (connection, false) ->
        let keep =
          match connection with "close" -> false | "keep-alive" -> true | _ -> version = "HTTP/1.1"
        in
        Some { meth; target; keep }
    | _ -> None

  (* Where the head ends in what has arrived. *)
  let rec head_end text from =
    let i = end_of_line text from in
    if i = String.length text then None
    else
      let next = if i + 1 < String.length text && text.[i + 1] = '\r' then i + 2 else i + 1 in
      if next < String.length text && text.[next] = '\n' then Some (next + 1) else head_end text (i + 1)

  (* Files lie in flash: they get into RAM, of which there is little, piece by piece. *)
  let piece = 8192

  let rec send_from flow head body from =
    let len = min piece (String.length body - from) in
    if len = 0 && head = "" then Lwt.return true
    else
      let* result = Tcp.writev flow [ Cstruct.of_string head; Cstruct.of_string ~off:from ~len body ] in
      if Result.is_ok result then send_from flow "" body (from + len) else Lwt.return false

  let send flow (head, body) ~with_body = send_from flow head (if with_body then body else "") 0

  let respond files flow request =
    match request with
    | None ->
        let+ _ = send flow (failure ~keep:false text_plain 400 "Bad Request") ~with_body:true in
        false
    | Some { meth = ("GET" | "HEAD") as meth; target; keep } ->
        let* status, response = answer ~keep files target in
        Logs.debug (fun m -> m "%s %s: %d" meth target status);
        let+ sent = send flow response ~with_body:(meth = "GET") in
        sent && keep
    | Some { keep; _ } ->
        let refusal = failure ~keep (text_plain ^ "\r\nAllow: GET, HEAD") 405 "Method Not Allowed" in
        let+ sent = send flow refusal ~with_body:true in
        sent && keep

  (* [waiting] is what has arrived and is not answered yet. *)
  let rec serve files flow waiting =
    match head_end waiting 0 with
    | Some length ->
        let* keep = respond files flow (parse (String.trim (String.sub waiting 0 length))) in
        if keep then serve files flow (String.sub waiting length (String.length waiting - length))
        else Lwt.return_unit
    | None when String.length waiting > longest_head ->
        Lwt.map ignore (respond files flow None)
    | None -> (
        let* data = Tcp.read flow in
        match data with
        | Ok (`Data more) -> serve files flow (waiting ^ Cstruct.to_string more)
        | Ok `Eof | Error _ -> Lwt.return_unit)

  let start stack files =
    let port = Key_gen.port () in
    Tcp.listen (Stack.tcpv4 stack) ~port (fun flow ->
        let* () = serve files flow "" in
        Tcp.close flow);
    List.iter
      (fun ip -> Logs.info (fun m -> m "listening on http://%a:%d/" Ipaddr.V4.pp ip port))
      (Stack.IPV4.get_ip (Stack.ipv4 stack));
    Stack.listen stack
end
