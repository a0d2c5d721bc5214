(* SPDX-License-Identifier: Apache-2.0 *)

open Lwt.Infix

let trusted = ref None
let trust authenticator = trusted := Some authenticator

module Log = (val Logs.src_log (Logs.Src.create "conduit-tls" ~doc:"connections with TLS") : Logs.LOG)

module Make (Plain : Conduit_mirage.S) = struct
  module Secret = Tls_mirage.Make (Plain.Flow)

  module Flow = struct
    type flow = Plain of Plain.flow | Secret of Secret.flow
    type error = [ `Plain of Plain.Flow.error | `Secret of Secret.error ]
    type write_error = [ Mirage_flow.write_error | `Plain of Plain.Flow.write_error | `Secret of Secret.write_error ]

    let pp_error ppf = function
      | `Plain e -> Plain.Flow.pp_error ppf e
      | `Secret e -> Secret.pp_error ppf e

    let pp_write_error ppf = function
      | #Mirage_flow.write_error as e -> Mirage_flow.pp_write_error ppf e
      | `Plain e -> Plain.Flow.pp_write_error ppf e
      | `Secret e -> Secret.pp_write_error ppf e

    let plain result = Result.map_error (fun e -> `Plain e) result
    let secret result = Result.map_error (fun e -> `Secret e) result

    let read = function
      | Plain flow -> Plain.Flow.read flow >|= plain
      | Secret flow -> Secret.read flow >|= secret

    let writev flow buffers =
      match flow with
      | Plain flow -> Plain.Flow.writev flow buffers >|= plain
      | Secret flow -> Secret.writev flow buffers >|= secret

    let write flow buffer = writev flow [ buffer ]

    let close = function Plain flow -> Plain.Flow.close flow | Secret flow -> Secret.close flow
  end

  type flow = Flow.flow
  type t = Plain.t
  type endpoint = [ `TCP of int | `TLS of Tls.Config.server * [ `TCP of int ] ]

  let fail format = Format.kasprintf (fun text -> Lwt.fail (Failure text)) format

  let v ?weak_random conduit =
    Mirage_crypto_rng_hardware.initialize ?weak:weak_random ();
    conduit

  let connect t client = Plain.connect t client >|= fun flow -> Flow.Plain flow
  let listen t server f = Plain.listen t server (fun flow -> f (Flow.Plain flow))

  (* A peer that does not get through the handshake is nobody the program knows of. *)
  let accept config f flow =
    Mirage_crypto_rng_hardware.reseed ();
    Secret.server_of_flow config flow >>= function
    | Ok flow -> Lwt.finalize (fun () -> f (Flow.Secret flow)) (fun () -> Secret.close flow)
    | Error e ->
        Log.info (fun m -> m "no handshake: %a" Secret.pp_write_error e);
        Lwt.return_unit

  let serve t endpoint f =
    match endpoint with
    | `TCP port -> listen t (`TCP port) f
    | `TLS (config, `TCP port) -> Plain.listen t (`TCP port) (accept config f)

  let connect_tls t config ?host (`TCP (address, port) as client) =
    Plain.connect t client >>= fun flow ->
    Mirage_crypto_rng_hardware.reseed ();
    Secret.client_of_flow config ?host flow >>= function
    | Ok flow -> Lwt.return (Flow.Secret flow)
    | Error e -> fail "%a port %d: %a" Ipaddr.pp address port Secret.pp_write_error e

  let reach t : Conduit.endp -> flow Lwt.t = function
    | `TLS (host, found) -> (
        Conduit_mirage.Endpoint.client found >>= fun client ->
        match !trusted with
        | None -> fail "%s: no certificate is trusted; Conduit_tls.trust says which to believe" host
        | Some authenticator ->
            let name = Result.to_option (Result.bind (Domain_name.of_string host) Domain_name.host) in
            connect_tls t (Tls.Config.client ~authenticator ()) ?host:name client)
    | found -> Conduit_mirage.Endpoint.client found >>= connect t
end
