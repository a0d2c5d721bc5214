(* SPDX-License-Identifier: Apache-2.0 *)

open Lwt.Infix

module Make (Flow : Mirage_flow.S) = struct
  module Channel = Mirage_channel.Make (Flow)

  type 'a t = 'a Lwt.t
  type conn = Flow.flow
  type ic = Channel.t
  type oc = Channel.t
  type error = Read of Channel.error | Write of Channel.write_error

  exception Failed of error

  let pp_error ppf = function
    | Read e -> Channel.pp_error ppf e
    | Write e -> Channel.pp_write_error ppf e

  let return = Lwt.return
  let ( >>= ) = Lwt.bind
  let fail error = Lwt.fail (Failed error)

  let flush channel =
    Channel.flush channel >>= function Ok () -> Lwt.return_unit | Error e -> fail (Write e)

  let write channel text =
    Channel.write_string channel text 0 (String.length text);
    Lwt.return_unit

  (* Cohttp does not always flush. What was written goes out before an answer to it is waited for. *)

  let read_line channel =
    flush channel >>= fun () ->
    Channel.read_line channel >>= function
    | Ok (`Data line) -> Lwt.return (Some (Cstruct.copyv line))
    | Ok `Eof -> Lwt.return None
    | Error e -> fail (Read e)

  let read channel length =
    flush channel >>= fun () ->
    Channel.read_some ~len:length channel >>= function
    | Ok (`Data bytes) -> Lwt.return (Cstruct.to_string bytes)
    | Ok `Eof -> Lwt.return ""
    | Error e -> fail (Read e)

  let catch f =
    Lwt.catch
      (fun () -> f () >|= fun x -> Ok x)
      (function Failed e -> Lwt.return (Error e) | e -> Lwt.fail e)
end
