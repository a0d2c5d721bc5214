(* SPDX-License-Identifier: Apache-2.0 *)

(* A web server and its client on two hosts; the server's machine also answers questions for names. *)

open Lwt.Infix
open Stacks
open Dual

module Wall = struct
  let now_d_ps () = (0, 0L)
  let current_tz_offset_s () = None
  let period_d_ps () = None
end

module Tcp_conduit = Conduit_mirage.TCP (Stack)
module Names = Resolver_mirage.Make (Mirage_random_hardware) (OS.Time) (Mclock) (Wall) (Stack)
module Server = Cohttp_mirage.Server.Make (Tcp_conduit)
module Client = Cohttp_mirage.Client.Make (Wall) (Names) (Tcp_conduit)

(* ---- The server ---- *)

let big = bytes 100_000

let respond _ request body =
  let uri = Cohttp.Request.uri request in
  match (Cohttp.Request.meth request, Uri.path uri) with
  | `GET, "/" -> Server.respond_string ~status:`OK ~body:"hello" ()
  | `GET, "/big" -> Server.respond_string ~status:`OK ~body:big ()
  | `POST, "/echo" ->
      Cohttp_lwt.Body.to_string body >>= fun body -> Server.respond_string ~status:`OK ~body ()
  | `GET, "/fail" -> failwith "a bug of the handler"
  | _ -> Server.respond_not_found ~uri ()

(* ---- A name server that knows one name, by an alias, and is asked for it ---- *)

let asked = ref 0

let name_answer question =
  let id = Cstruct.to_string ~len:2 question and rest = Cstruct.to_string ~off:12 question in
  let is_known = String.length rest > 8 && String.sub rest 1 3 = "www" in
  let is_a = String.length rest > 4 && rest.[String.length rest - 3] = '\001' in
  incr asked;
  if is_known && is_a then
    (* www -> alias, a pointer to the rest of the question's name; alias -> 10.0.0.2 *)
    let alias = "\005alias\192\016" in
    let record name kind data = name ^ kind ^ "\000\001\000\000\000\060\000" ^ String.make 1 (Char.chr (String.length data)) ^ data in
    id ^ "\129\128\000\001\000\002\000\000\000\000" ^ rest
    ^ record "\192\012" "\000\005" alias
    ^ record alias "\000\001" "\010\000\000\002"
  else id ^ "\129\131\000\001\000\000\000\000\000\000" ^ rest

let serve_names stack =
  Stack.listen_udp stack ~port:53 (fun ~src ~dst:_ ~src_port question ->
      let answer = Cstruct.of_string (name_answer question) in
      Stack.UDP.write (Stack.udp stack) ~src_port:53 ~dst:src ~dst_port:src_port answer >|= ignore)

(* ---- The client ---- *)

let show uri result =
  print_endline
    (uri ^ ": "
    ^
    match result with
    | Ok (status, body) when String.length body < 100 -> Printf.sprintf "%d %S" status body
    | Ok (status, body) -> Printf.sprintf "%d %d bytes, right %b" status (String.length body) (String.equal body big)
    | Error (Failure why) -> why
    | Error e -> Printexc.to_string e)

let request ctx ?body meth uri =
  let body = Option.map Cohttp_lwt.Body.of_string body in
  Lwt.catch
    (fun () ->
      Client.call ~ctx ?body meth (Uri.of_string uri) >>= fun (response, body) ->
      Cohttp_lwt.Body.to_string body >|= fun body ->
      Ok (Cohttp.Code.code_of_status (Cohttp.Response.status response), body))
    (fun e -> Lwt.return (Error e))
  >|= show uri

let main () =
  let net_a, net_b = Net.pair () in
  dual net_a "10.0.0.1/24" (Some "fd00::1/64") >>= fun a ->
  dual net_b "10.0.0.2/24" (Some "fd00::2/64") >>= fun b ->
  seconds 3 >>= fun () ->
  serve_names b;
  Lwt.async (fun () -> Server.listen b (`TCP 80) (Server.make ~callback:respond ()));
  let nameservers = [ (Ipaddr.of_string_exn "10.0.0.2", 53) ] in
  let ctx = Client.ctx (Names.v ~nameservers a) a in
  request ctx `GET "http://10.0.0.2/" >>= fun () ->
  request ctx `GET "http://10.0.0.2/big" >>= fun () ->
  request ctx `POST ~body:"what I say" "http://www.example.org/echo" >>= fun () ->
  request ctx `GET "http://www.example.org/nowhere" >>= fun () ->
  Printf.printf "%d questions\n" !asked;
  request ctx `GET "http://www.example.org/fail" >>= fun () ->
  request ctx `GET "http://other.example.org/" >>= fun () ->
  request ctx `GET "http://10.0.0.2:81/" >>= fun () ->
  request ctx `GET "http:/nowhere" >>= fun () ->
  request ctx `GET "https://www.example.org/" >>= fun () ->
  seconds 100 >|= fun () ->
  let left stack = (Tcp46.counts (Stack.tcp stack)).connections in
  Printf.printf "left %d %d\n" (left a) (left b)

let () =
  Logs.set_level None;
  OS.Main.run (main ())
