(* SPDX-License-Identifier: Apache-2.0 *)
(* Client and server in one program: a whole handshake, then data both ways. *)

open Common

let step who state message =
  match Tls.Engine.handle_tls state message with
  | Ok (`Ok state, `Response answer, `Data data) -> (state, Option.value answer ~default:Cstruct.empty, data)
  | Ok ((`Eof | `Alert _), _, _) -> failwith (who ^ ": end")
  | Error (failure, _) -> failwith (who ^ ": " ^ Tls.Engine.string_of_failure failure)

let kilobytes words = words * (Sys.word_size / 8) / 1024

(** All that goes over the wire is in the digest. *)
let shake version certificate authority private_key groups =
  let wire = Buffer.create 4096 in
  let authenticator = X509.Authenticator.chain_of_trust ~time:now (certificates authority) in
  let own = `Single (certificates certificate, key private_key) in
  let server = Tls.Engine.server (Tls.Config.server ~version:(version, version) ~certificates:own ()) in
  let client, hello =
    Tls.Engine.client (Tls.Config.client ~version:(version, version) ~authenticator ~peer_name:host ~groups ())
  in
  let rec go server client message turns =
    Buffer.add_string wire (Cstruct.to_string message);
    let server, message, _ = step "server" server message in
    Buffer.add_string wire (Cstruct.to_string message);
    let client, message, _ = step "client" client message in
    if Tls.Engine.can_handle_appdata client && Tls.Engine.can_handle_appdata server && Cstruct.length message = 0 then
      (server, client)
    else if turns = 0 then failwith "no end"
    else go server client message (turns - 1)
  in
  let server, client = go server client hello 6 in
  let client, message = Option.get (Tls.Engine.send_application_data client [ Cstruct.of_string "hello, chip" ]) in
  let server, _, data = step "server" server message in
  let answer = Cstruct.append (Option.get data) (Cstruct.of_string "!") in
  let _, message = Option.get (Tls.Engine.send_application_data server [ answer ]) in
  let _, _, data = step "client" client message in
  Printf.printf "%s; all bytes %s\n" (Cstruct.to_string (Option.get data)) (digest (Cstruct.of_string (Buffer.contents wire)))

let run version certificate authority private_key groups =
  seed ();
  Gc.compact ();
  let live = kilobytes (Gc.stat ()).live_words in
  shake version certificate authority private_key groups;
  let top = kilobytes (Gc.quick_stat ()).top_heap_words in
  Printf.printf "# %d KB live before, heap top %d KB\n" live top;
  if Sys.word_size = 32 && top > 160 then print_endline "the heap was more than 160 KB"
