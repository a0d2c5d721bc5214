(* SPDX-License-Identifier: Apache-2.0 *)

(* The name server of a network that is one board: every name is its address. *)

open Dns_packet

(* Short, so that nobody remembers it when the portal is closed. *)
let ttl = 10L

let record ip (question : question) =
  match question.kind with
  | A | Any -> Some { owner = question.name; ttl; unique = false; data = Address (Ipaddr.V4 ip) }
  | _ -> None

let answer ip message =
  match read message with
  | Some ({ response = false; opcode = 0; questions = [ question ]; _ } as asked) ->
      let answers = Option.to_list (record ip question) in
      Some
        (write
           { empty with id = asked.id; response = true; authoritative = true; recursion = asked.recursion;
             questions = [ { question with unicast = false } ]; answers })
  | Some _ | None -> None
