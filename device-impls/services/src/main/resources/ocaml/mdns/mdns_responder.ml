(* SPDX-License-Identifier: Apache-2.0 *)

open Dns_packet
module Records = Mdns_records

type event = Claimed of name | Taken of name * name
type action = Multicast of Dns_packet.t | Reply of Dns_packet.t | Tell of event

(* How many messages of the kind have been sent; when the next is due, [next] says. *)
type phase = Probing of int | Announcing of int | Established | Stopped

(* An answer that waits for the rest of what the asker knows (7.2). *)
type waiting = { asker : Ipaddr.t; due : int64; records : record list }

type t = {
  hostname : string;
  random : int -> int;
  mutable number : int;  (** of the name: 1 is the host's own *)
  mutable addresses : Ipaddr.t list;
  mutable phase : phase;
  mutable due : int64;  (** of the phase's next step *)
  mutable conflicts : int;  (** since the name was last had *)
  mutable waiting : waiting list;
  mutable sent : (record * int64) list;  (** what was multicast last, and when *)
}

let probes = 3
let announcements = 2
let between_probes = 250L
let second = 1000L
let longest_label = 63

let check hostname =
  let n = String.length hostname in
  let is_of_host = function 'a' .. 'z' | 'A' .. 'Z' | '0' .. '9' | '-' -> true | _ -> false in
  if n < 1 || n > longest_label then
    Error (Printf.sprintf "host name %S: it has %d bytes; one has 1 to %d" hostname n longest_label)
  else if not (String.for_all is_of_host hostname) then
    Error (Printf.sprintf "host name %S: one has letters, digits and hyphens alone" hostname)
  else if hostname.[0] = '-' || hostname.[n - 1] = '-' then
    Error (Printf.sprintf "host name %S: one neither begins nor ends with a hyphen" hostname)
  else Ok ()

let label t =
  if t.number = 1 then t.hostname
  else
    let suffix = Printf.sprintf "-%d" t.number in
    let room = longest_label - String.length suffix in
    (if String.length t.hostname > room then String.sub t.hostname 0 room else t.hostname) ^ suffix

let name t = Records.local (label t)
let own t = Records.all (name t) t.addresses

(* Many boards that get power together do not probe together (8.1). *)
let probe_at t start =
  t.phase <- Probing 0;
  t.due <- Int64.add start (Int64.of_int (t.random 250))

let create ~hostname ~addresses ~random ~now =
  Result.iter_error invalid_arg (check hostname);
  let t = { hostname; random; number = 1; addresses; phase = Established; due = now; conflicts = 0; waiting = []; sent = [] } in
  probe_at t now;
  t

(* ---- Sending ---- *)

let response answers = { empty with response = true; authoritative = true; answers }

let multicast t ~now answers =
  let others = List.filter (fun (r, _) -> not (List.exists (Records.same r) answers)) t.sent in
  t.sent <- List.map (fun r -> (r, now)) answers @ others;
  Multicast (response answers)

(* Since it was multicast; for ever, if it never was. *)
let age t ~now record =
  match List.find_opt (fun (r, _) -> Records.same r record) t.sent with
  | Some (_, at) -> Int64.sub now at
  | None -> Int64.max_int

let goodbye records = if records = [] then [] else [ Multicast (response (List.map (fun r -> { r with ttl = 0L }) records)) ]

let probe t =
  let question = { name = name t; kind = Any; unicast = true } in
  let authorities = List.map (fun r -> { r with unique = false }) (Records.addresses (name t) t.addresses) in
  Multicast { empty with questions = [ question ]; authorities }

(* ---- Time ---- *)

let next t =
  let phase =
    match t.phase with
    | (Probing _ | Announcing _) when t.addresses <> [] -> t.due
    | Probing _ | Announcing _ | Established | Stopped -> Int64.max_int
  in
  List.fold_left (fun first (w : waiting) -> Int64.min first w.due) phase t.waiting


let announce t ~now sent =
  let message = multicast t ~now (own t) in
  t.phase <- (if sent + 1 = announcements then Established else Announcing (sent + 1));
  t.due <- Int64.add now second;
  message

let step t ~now =
  match t.phase with
  | (Probing _ | Announcing _) when t.addresses = [] || Int64.compare now t.due < 0 -> []
  | Probing sent when sent < probes ->
      t.phase <- Probing (sent + 1);
      t.due <- Int64.add now between_probes;
      [ probe t ]
  | Probing _ ->
      t.conflicts <- 0;
      let message = announce t ~now 0 in
      [ Tell (Claimed (name t)); message ]
  | Announcing sent -> [ announce t ~now sent ]
  | Established | Stopped -> []

let wake t ~now =
  let due, rest = List.partition (fun (w : waiting) -> Int64.compare w.due now <= 0) t.waiting in
  t.waiting <- rest;
  let answers = List.concat_map (fun w -> w.records) due in
  let delayed = if answers = [] then [] else [ multicast t ~now answers ] in
  delayed @ step t ~now

(* ---- Conflicts ---- *)

let most_conflicts = 15

(* Who is in conflict all the time looks less often (8.1). *)
let rename t ~now =
  let before = name t in
  t.number <- t.number + 1;
  t.conflicts <- t.conflicts + 1;
  t.waiting <- [];
  probe_at t (if t.conflicts > most_conflicts then Int64.add now 5000L else now);
  [ Tell (Taken (before, name t)) ]

let is_ours t r = List.exists (Records.same r) (own t)

(* Somebody says something else about the name. *)
let contradicts t r =
  Records.same_name r.owner (name t)
  && r.ttl > 0L
  && (match kind_of r.data with A | AAAA -> true | _ -> false)
  && not (is_ours t r)

let heard_response t ~now message =
  let records = message.answers @ message.additionals in
  if not (List.exists (contradicts t) records) then begin
    (* Another has just answered the same (7.4). *)
    let said w = { w with records = List.filter (fun r -> not (List.exists (Records.same r) records)) w.records } in
    t.waiting <- List.filter (fun w -> w.records <> []) (List.map said t.waiting);
    []
  end
  else
    match t.phase with
    | Probing _ -> rename t ~now
    | Announcing _ | Established ->
        (* Both may have had it apart from each other: who defends it keeps it (9). *)
        t.conflicts <- t.conflicts + 1;
        probe_at t now;
        []
    | Stopped -> []

(* Two probe at a time: whose data come later goes on, the other waits for what that one will say (8.2). *)
let heard_probe t ~now message =
  let of_name = List.filter (fun r -> Records.same_name r.owner (name t)) message.authorities in
  match t.phase with
  | Probing _ when of_name <> [] && Records.compare_data (Records.addresses (name t) t.addresses) of_name < 0 ->
      probe_at t (Int64.add now second)
  | _ -> ()

(* ---- Questions ---- *)

let is_known message r =
  List.exists (fun k -> Records.same k r && Int64.compare k.ttl (Int64.div r.ttl 2L) >= 0) message.answers

let wanted t message questions =
  let answers = List.concat_map (Records.answers (name t) t.addresses) questions in
  let once = List.fold_left (fun acc r -> if List.exists (Records.same r) acc then acc else r :: acc) [] answers in
  List.filter (fun r -> not (is_known message r)) (List.rev once)

(* A resolver of another kind: it knows nothing of caches that are told to forget (6.7). *)
let legacy t message =
  match wanted t message message.questions with
  | [] -> []
  | answers ->
      let plain r = { r with unique = false; ttl = Int64.min r.ttl 10L } in
      let questions = List.map (fun q -> { q with unicast = false }) message.questions in
      [ Reply { (response (List.map plain answers)) with id = message.id; questions } ]

(* Those that have been silent for a quarter of their lives are told to all. *)
let to_one t ~now answers =
  let old r = Int64.compare (age t ~now r) (Int64.div (Int64.mul r.ttl second) 4L) > 0 in
  let stale, fresh = List.partition old answers in
  let all = if stale = [] then [] else [ multicast t ~now stale ] in
  if fresh = [] then all else Reply (response fresh) :: all

let to_all t ~now ~probed answers =
  let pause = if probed then between_probes else second in
  match List.filter (fun r -> Int64.compare (age t ~now r) pause >= 0) answers with
  | [] -> []
  | answers -> [ multicast t ~now answers ]

let most_waiting = 8

let wait t ~now ~from records =
  if records <> [] && List.length t.waiting < most_waiting then
    t.waiting <- { asker = from; due = Int64.add now (Int64.of_int (400 + t.random 100)); records } :: t.waiting

let more_known t ~from message =
  let rest w =
    if Ipaddr.compare w.asker from <> 0 then w
    else { w with records = List.filter (fun r -> not (is_known message r)) w.records }
  in
  t.waiting <- List.filter (fun w -> w.records <> []) (List.map rest t.waiting)

let heard_question t ~now ~from message =
  let unicast, multicast = List.partition (fun q -> q.unicast) message.questions in
  let probed = message.authorities <> [] in
  if message.questions = [] then begin
    more_known t ~from message;
    []
  end
  else if message.truncated then begin
    wait t ~now ~from (wanted t message message.questions);
    []
  end
  else
    let one = if probed then [] else wanted t message unicast in
    let all = wanted t message (if probed then message.questions else multicast) in
    to_one t ~now one @ to_all t ~now ~probed all

let is_up t = match t.phase with Announcing _ | Established -> true | Probing _ | Stopped -> false

let receive t ~now ~from ~port message =
  if message.opcode <> 0 || message.code <> 0 || t.phase = Stopped then []
  else if message.response then if port = Records.port then heard_response t ~now message else []
  else begin
    heard_probe t ~now message;
    if not (is_up t) then []
    else if port <> Records.port then legacy t message
    else heard_question t ~now ~from message
  end

(* ---- Addresses, end ---- *)

let set_addresses t ~now addresses =
  if List.equal (fun a b -> Ipaddr.compare a b = 0) addresses t.addresses then []
  else begin
    let before = own t in
    t.addresses <- addresses;
    t.waiting <- [];
    let gone = List.filter (fun r -> not (is_ours t r)) before in
    if not (is_up t) then []
    else begin
      t.phase <- Announcing 0;
      t.due <- now;
      goodbye gone
    end
  end

let stop t =
  let last = if is_up t then goodbye (own t) else [] in
  t.phase <- Stopped;
  t.waiting <- [];
  last
