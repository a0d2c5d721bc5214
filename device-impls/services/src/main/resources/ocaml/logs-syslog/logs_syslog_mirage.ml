(* SPDX-License-Identifier: Apache-2.0 *)

open Lwt.Infix

let default_port = 514
let most_waiting = 64

(* A reporter over a function that takes a line. What is reported while it runs would come back to it. *)
module Reporter (Console : Mirage_console.S) (Clock : Mirage_clock.PCLOCK) = struct
  let to_console console line = Lwt.async (fun () -> Console.log console line)

  let create console ~hostname ?truncate send =
    let sending = ref false in
    let report source level ~over k msgf =
      let now = Clock.now_d_ps () in
      let finish text =
        let line = Syslog_message.line ~now ~hostname ~tag:(Logs.Src.name source) ?truncate level text in
        if !sending then to_console console line
        else begin
          sending := true;
          Fun.protect ~finally:(fun () -> sending := false) (fun () -> send line)
        end;
        over ();
        k ()
      in
      msgf (fun ?header ?tags:_ format ->
          let header = Option.fold ~none:"" ~some:(fun h -> h ^ " ") header in
          Format.kasprintf (fun text -> finish (header ^ text)) format)
    in
    { Logs.report }
end

module Udp (Console : Mirage_console.S) (Clock : Mirage_clock.PCLOCK) (Stack : Tcpip.Stack.V4V6) = struct
  module Reporter = Reporter (Console) (Clock)

  let create console stack ~hostname server ?(port = default_port) ?truncate () =
    let udp = Stack.udp stack in
    let failed line why = Reporter.to_console console (Printf.sprintf "syslog: %s: %s" why line) in
    let send line =
      Lwt.async (fun () ->
          Lwt.catch
            (fun () ->
              Stack.UDP.write udp ~src_port:port ~dst:server ~dst_port:port (Cstruct.of_string line)
              >|= function
              | Ok () -> ()
              | Error e -> failed line (Format.asprintf "%a" Stack.UDP.pp_error e))
            (fun e -> Lwt.return (failed line (Printexc.to_string e))))
    in
    Reporter.create console ~hostname ?truncate send
end

module Tcp (Console : Mirage_console.S) (Clock : Mirage_clock.PCLOCK) (Stack : Tcpip.Stack.V4V6) = struct
  module Reporter = Reporter (Console) (Clock)

  type t = { console : Console.t; waiting : string Queue.t; more : unit Lwt_condition.t; mutable ended : bool }

  let rec deliver t flow =
    match Queue.take_opt t.waiting with
    | None -> Lwt_condition.wait t.more >>= fun () -> deliver t flow
    | Some line -> (
        Stack.TCP.write flow (Cstruct.of_string (line ^ "\n")) >>= function
        | Ok () -> deliver t flow
        | Error e ->
            t.ended <- true;
            let why = Format.asprintf "syslog: %a" Stack.TCP.pp_write_error e in
            List.iter (Reporter.to_console t.console) (why :: line :: List.of_seq (Queue.to_seq t.waiting));
            Stack.TCP.close flow)

  let send t line =
    if t.ended || Queue.length t.waiting >= most_waiting then Reporter.to_console t.console line
    else begin
      Queue.add line t.waiting;
      Lwt_condition.broadcast t.more ()
    end

  let create console stack ~hostname server ?(port = default_port) ?truncate () =
    Stack.TCP.create_connection (Stack.tcp stack) (server, port) >|= function
    | Error e -> Error (Format.asprintf "syslog: %a port %d: %a" Ipaddr.pp server port Stack.TCP.pp_error e)
    | Ok flow ->
        let t = { console; waiting = Queue.create (); more = Lwt_condition.create (); ended = false } in
        Lwt.async (fun () -> deliver t flow);
        Ok (Reporter.create console ~hostname ?truncate (send t))
end
