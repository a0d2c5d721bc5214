(* SPDX-License-Identifier: Apache-2.0 *)

open Lwt.Infix

let timeout = 2_000_000_000L
let rounds = 2
let most_aliases = 8
let default_negative_ttl = 60L
let longest_negative_ttl = 900L

module Make
    (Random : Mirage_random.S)
    (Time : Mirage_time.S)
    (Clock : Mirage_clock.MCLOCK)
    (_ : Mirage_clock.PCLOCK)
    (Stack : Tcpip.Stack.V4V6) =
struct
  (* What is remembered of a name: addresses, or why there are none. *)
  type found = (Ipaddr.t list, string) result

  type t = { stack : Stack.t; nameservers : (Ipaddr.t * int) list; cache : found Dns_cache.t }

  let create ?(nameservers = []) stack = { stack; nameservers; cache = Dns_cache.create () }

  (* Those that were given, else what the networks say at the time. *)
  let servers t =
    match t.nameservers with
    | [] -> List.map (fun ip -> (ip, 53)) (Tcpip_nameservers.get ())
    | given -> given

  let random_word () = Cstruct.BE.get_uint16 (Random.generate 2) 0

  (* ---- Asking one server ---- *)

  (* Guessing an answer takes the number, the port and the name (RFC 5452). *)
  let is_answer ~id name kind (answer : Dns_message.answer) =
    answer.id = id
    && match answer.question with Some (n, k) -> Domain_name.equal n name && k = kind | None -> false

  let ask_udp t (server, port) ~id name kind =
    let udp = Stack.udp t.stack in
    let answered, wake = Lwt.wait () in
    let src_port = 49152 + (random_word () land 0x3fff) in
    let callback ~src ~dst:_ ~src_port:from payload =
      (match Dns_message.read payload with
      | Some answer
        when Lwt.is_sleeping answered && Ipaddr.compare src server = 0 && from = port
             && is_answer ~id name kind answer ->
          Lwt.wakeup_later wake (Some answer)
      | _ -> ());
      Lwt.return_unit
    in
    Stack.UDP.listen udp ~port:src_port callback;
    let question = Dns_message.question ~id name kind in
    let sent = Stack.UDP.write udp ~src_port ~dst:server ~dst_port:port question in
    Lwt.finalize
      (fun () ->
        sent >>= function
        | Error _ -> Lwt.return None
        | Ok () -> Lwt.pick [ Lwt.protected answered; (Time.sleep_ns timeout >|= fun () -> None) ])
      (fun () ->
        Stack.UDP.unlisten udp ~port:src_port;
        Lwt.return_unit)

  let rec read_message flow buffer =
    let length = if Cstruct.length buffer < 2 then max_int else 2 + Cstruct.BE.get_uint16 buffer 0 in
    if Cstruct.length buffer >= length then Lwt.return (Some (Cstruct.sub buffer 2 (length - 2)))
    else
      Stack.TCP.read flow >>= function
      | Ok (`Data more) -> read_message flow (Cstruct.append buffer more)
      | Ok `Eof | Error _ -> Lwt.return None

  let converse flow ~id name kind =
    let question = Dns_message.question ~id name kind in
    let length = Cstruct.create 2 in
    Cstruct.BE.set_uint16 length 0 (Cstruct.length question);
    Stack.TCP.writev flow [ length; question ] >>= fun _ ->
    read_message flow Cstruct.empty >|= fun message ->
    match Option.bind message Dns_message.read with
    | Some answer when is_answer ~id name kind answer -> Some answer
    | _ -> None

  let ask_tcp t server ~id name kind =
    let conversation =
      Stack.TCP.create_connection (Stack.tcp t.stack) server >>= function
      | Error _ -> Lwt.return None
      | Ok flow ->
          Lwt.finalize (fun () -> converse flow ~id name kind) (fun () -> Stack.TCP.close flow)
    in
    Lwt.pick [ conversation; (Time.sleep_ns timeout >|= fun () -> None) ]

  let ask t server name kind =
    let id = random_word () in
    ask_udp t server ~id name kind >>= function
    | Some { Dns_message.truncated = true; _ } -> ask_tcp t server ~id name kind
    | answer -> Lwt.return answer

  (* ---- Answers ---- *)

  let rec addresses (answer : Dns_message.answer) name aliases ttl =
    let of_name = List.filter (fun (n, _, _) -> Domain_name.equal n name) answer.records in
    let found =
      List.filter_map (function _, ttl, Dns_message.Address ip -> Some (ttl, ip) | _ -> None) of_name
    in
    let alias =
      List.find_map (function _, ttl, Dns_message.Alias name -> Some (ttl, name) | _ -> None) of_name
    in
    match (found, alias) with
    | _ :: _, _ -> (List.fold_left (fun ttl (t, _) -> Int64.min ttl t) ttl found, List.map snd found)
    | [], Some (t, name) when aliases < most_aliases ->
        addresses answer name (aliases + 1) (Int64.min ttl t)
    | [], _ -> (ttl, [])

  let remember t key ~ttl (found : found) =
    Dns_cache.add t.cache ~now:(Int64.div (Clock.elapsed_ns ()) 1_000_000_000L) ~ttl key found;
    found

  let nothing t key (answer : Dns_message.answer) why =
    let ttl = Int64.min longest_negative_ttl (Option.value answer.negative_ttl ~default:default_negative_ttl) in
    remember t key ~ttl (Error why)

  let understand t key name (answer : Dns_message.answer) : found option =
    match answer.code with
    | 0 -> (
        match addresses answer (Domain_name.raw name) 0 Int64.max_int with
        | _, [] -> Some (nothing t key answer "the name has no such address")
        | ttl, ips -> Some (remember t key ~ttl (Ok ips)))
    | 3 -> Some (nothing t key answer "there is no such name")
    | _ -> None

  let rec ask_all t key name kind = function
    | [] -> Lwt.return (Error "no server answers")
    | server :: others -> (
        ask t server name kind >>= fun answer ->
        match Option.bind answer (understand t key name) with
        | Some found -> Lwt.return found
        | None -> ask_all t key name kind others)

  let resolve t name kind =
    let key =
      (match kind with Dns_message.A -> "4 " | Dns_message.AAAA -> "6 ")
      ^ Domain_name.to_string (Domain_name.canonical name)
    in
    match Dns_cache.find t.cache ~now:(Int64.div (Clock.elapsed_ns ()) 1_000_000_000L) key with
    | Some found -> Lwt.return found
    | None -> (
        match servers t with
        | [] -> Lwt.return (Error "no server of the domain name system is known")
        | servers -> ask_all t key name kind (List.concat (List.init rounds (fun _ -> servers))))

  let first t name kind pick =
    resolve t name kind >|= fun found ->
    let failed why = Error (`Msg (Printf.sprintf "%s: %s" (Domain_name.to_string name) why)) in
    match found with
    | Error why -> failed why
    | Ok ips -> (
        match List.find_map pick ips with
        | Some ip -> Ok ip
        | None -> failed "the name has no such address")

  let gethostbyname t name = first t name A (function Ipaddr.V4 ip -> Some ip | V6 _ -> None)
  let gethostbyname6 t name = first t name AAAA (function Ipaddr.V6 ip -> Some ip | V4 _ -> None)
end
