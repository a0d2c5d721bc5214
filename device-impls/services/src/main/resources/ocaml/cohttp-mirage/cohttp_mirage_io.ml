(* SPDX-License-Identifier: Apache-2.0 *)

open Lwt.Infix

module Make (Flow : Mirage_flow.S) = struct
  module Channel = Mirage_channel.Make (Flow)

  type 'a t = 'a Lwt.t
  type conn = Flow.flow

  type stream = {
    channel : Channel.t;
    mutable head : int;  (** bytes of lines that were read one after the other *)
  }

  type ic = stream
  type oc = stream
  type error = Read of Channel.error | Write of Channel.write_error | Too_long

  exception Failed of error

  (* A head ends where its sender wants it to. *)
  let most_head = 8192
  let most_heads = 32768
  let heads = ref 0

  let pp_error ppf = function
    | Read e -> Channel.pp_error ppf e
    | Write e -> Channel.pp_write_error ppf e
    | Too_long -> Format.fprintf ppf "a head of over %d bytes, or all of them of over %d" most_head most_heads

  let return = Lwt.return
  let ( >>= ) = Lwt.bind
  let fail error = Lwt.fail (Failed error)
  let create flow = { channel = Channel.create flow; head = 0 }

  let head_ends t =
    heads := !heads - t.head;
    t.head <- 0

  let flush t =
    Channel.flush t.channel >>= function Ok () -> Lwt.return_unit | Error e -> fail (Write e)

  let close t =
    head_ends t;
    Channel.close t.channel >|= ignore

  let write t text =
    head_ends t;
    Channel.write_string t.channel text 0 (String.length text);
    Lwt.return_unit

  (* Cohttp does not always flush. What was written goes out before an answer to it is waited for. *)

  (* A line comes in parts, which count from when they are there. *)
  let part = 256

  let count t length =
    heads := !heads + length;
    t.head <- t.head + length;
    t.head <= most_head && !heads <= most_heads

  let without_cr line =
    let last = String.length line - 1 in
    if last >= 0 && line.[last] = '\r' then String.sub line 0 last else line

  let rec read_parts t parts =
    Channel.read_line ~len:part t.channel >>= function
    | Ok (`Data buffers) ->
        let text = Cstruct.copyv buffers in
        let parts = text :: parts in
        if not (count t (String.length text + 1)) then fail Too_long
        else if String.length text = part then read_parts t parts
        else Lwt.return (Some (without_cr (String.concat "" (List.rev parts))))
    | Ok `Eof when parts <> [] -> Lwt.return (Some (String.concat "" (List.rev parts)))
    | Ok `Eof -> Lwt.return None
    | Error e -> fail (Read e)

  let read_line t = flush t >>= fun () -> read_parts t []

  (* The length may be what a peer says it is. *)
  let read t length =
    head_ends t;
    flush t >>= fun () ->
    if length <= 0 then Lwt.return ""
    else
      Channel.read_some ~len:length t.channel >>= function
      | Ok (`Data bytes) -> Lwt.return (Cstruct.to_string bytes)
      | Ok `Eof -> Lwt.return ""
      | Error e -> fail (Read e)

  let catch f =
    Lwt.catch
      (fun () -> f () >|= fun x -> Ok x)
      (function Failed e -> Lwt.return (Error e) | e -> Lwt.fail e)
end
