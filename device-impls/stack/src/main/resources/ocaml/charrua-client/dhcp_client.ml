(* SPDX-License-Identifier: Apache-2.0 *)

type lease = {
  address : Ipaddr.V4.t;
  network : Ipaddr.V4.Prefix.t;
  gateway : Ipaddr.V4.t option;
  dns : Ipaddr.V4.t list;
  server : Ipaddr.V4.t;
  duration : int64 option;
}

(* When a lease is renewed with its server, with any, and ends. *)
type times = { renew : int64; rebind : int64; ends : int64 }
type bound = { lease : lease; times : times option }

type state =
  | Waiting  (** until the search begins again *)
  | Selecting
  | Requesting of lease
  | Checking of bound
  | Bound of bound
  | Renewing of bound * times
  | Rebinding of bound * times

type t = {
  mac : Macaddr.t;
  host_name : string option;
  random : unit -> int32;
  state : state;
  xid : int32;
  since : int64;  (** when the search, or the renewal, began *)
  attempts : int;
  next : int64 option;
}

type action =
  | Broadcast of Dhcp_message.t
  | Unicast of Ipaddr.V4.t * Dhcp_message.t
  | Check of lease
  | Use of lease
  | Renewed of lease
  | Give_up of string

let second = 1_000_000_000L
let after now seconds = Int64.add now (Int64.mul second seconds)
let deadline t = t.next

(* ---- Messages ---- *)

let wanted =
  Dhcp_message.[ subnet_mask; routers; dns_servers; lease_time; renewal_time; rebinding_time ]
  |> List.map Char.chr |> List.to_seq |> String.of_seq

let largest_message = 1500

let message t ~now kind options =
  let name = match t.host_name with Some n -> [ (Dhcp_message.host_name, n) ] | None -> [] in
  {
    Dhcp_message.is_reply = false;
    xid = t.xid;
    secs = Int64.to_int (Int64.min 65535L (Int64.div (Int64.sub now t.since) second));
    broadcast = false;
    ciaddr = Ipaddr.V4.any;
    yiaddr = Ipaddr.V4.any;
    siaddr = Ipaddr.V4.any;
    giaddr = Ipaddr.V4.any;
    chaddr = t.mac;
    kind;
    options =
      ((Dhcp_message.client_identifier, "\001" ^ Macaddr.to_octets t.mac) :: options) @ name;
  }

let for_answer =
  let high = Char.chr (largest_message lsr 8) and low = Char.chr (largest_message land 255) in
  [ (Dhcp_message.parameter_list, wanted); (Dhcp_message.max_size, Printf.sprintf "%c%c" high low) ]

let discover t ~now = message t ~now Discover for_answer

let naming lease =
  [ (Dhcp_message.requested_address, Dhcp_message.of_address lease.address);
    (Dhcp_message.server_identifier, Dhcp_message.of_address lease.server) ]

let request t ~now lease = message t ~now Request (naming lease @ for_answer)
let renew t ~now lease = { (message t ~now Request for_answer) with ciaddr = lease.address }
let decline t ~now lease = message t ~now Decline (naming lease)

(* ---- Searching ---- *)

(* 4, 8, 16, 32, 64 seconds and so on, each a second more or less (RFC 2131, 4.1). *)
let backed_off t ~now =
  let seconds = Int64.of_int (4 lsl min 4 t.attempts) in
  let jitter = Int64.sub (Int64.rem (Int64.logand (Int64.of_int32 (t.random ())) 0x7fffffffL) 2000L) 1000L in
  Int64.add (after now seconds) (Int64.mul jitter 1_000_000L)

let send_discover t ~now =
  let t = { t with state = Selecting; next = Some (backed_off t ~now) } in
  ({ t with attempts = t.attempts + 1 }, [ Broadcast (discover t ~now) ])

let search t ~now = send_discover { t with xid = t.random (); since = now; attempts = 0 } ~now

let start ~mac ?host_name ~random ~now () =
  search
    { mac; host_name; random; state = Selecting; xid = 0l; since = now; attempts = 0; next = None }
    ~now

let wait t ~now seconds = { t with state = Waiting; next = Some (after now seconds) }

(* Why there is no address, and when the next message asks for one. *)
let without t ~now why =
  let left = match t.next with Some at -> Int64.sub at now | None -> 0L in
  Give_up (Printf.sprintf "%s; the next try is in %Ld s" why (Int64.div (Int64.add left 500_000_000L) second))

let fail t ~now ~seconds why =
  let t = wait t ~now seconds in
  (t, without t ~now why)

let send_request t ~now lease =
  let t = { t with state = Requesting lease; next = Some (backed_off t ~now) } in
  ({ t with attempts = t.attempts + 1 }, [ Broadcast (request t ~now lease) ])

(* ---- Leases ---- *)

let for_ever = 0xffffffffL

let lease_of (m : Dhcp_message.t) =
  match (Dhcp_message.address m Dhcp_message.server_identifier, Ipaddr.V4.compare m.yiaddr Ipaddr.V4.any) with
  | None, _ | _, 0 -> None
  | Some server, _ ->
      let network =
        match Dhcp_message.address m Dhcp_message.subnet_mask with
        | None -> Ipaddr.V4.Prefix.make 24 m.yiaddr
        | Some netmask -> (
            match Ipaddr.V4.Prefix.of_netmask_exn ~netmask ~address:m.yiaddr with
            | prefix -> prefix
            | exception Ipaddr.Parse_error _ -> Ipaddr.V4.Prefix.make 24 m.yiaddr)
      in
      let duration =
        match Dhcp_message.seconds m Dhcp_message.lease_time with
        | Some n when Int64.compare n for_ever < 0 -> Some n
        | _ -> None
      in
      Some
        { address = m.yiaddr; network; gateway = Dhcp_message.address m Dhcp_message.routers;
          dns = Dhcp_message.addresses m Dhcp_message.dns_servers; server; duration }

(* Times count from the request (RFC 2131, 4.4.1); what a server says of them must be in order. *)
let times_of (m : Dhcp_message.t) lease ~since =
  let times duration =
    let part numerator denominator = Int64.div (Int64.mul duration numerator) denominator in
    let said option default =
      match Dhcp_message.seconds m option with
      | Some n when Int64.compare n duration <= 0 && Int64.compare n 0L > 0 -> n
      | _ -> default
    in
    let rebind = said Dhcp_message.rebinding_time (part 7L 8L) in
    let renew = Int64.min rebind (said Dhcp_message.renewal_time (part 1L 2L)) in
    { renew = after since renew; rebind = after since rebind; ends = after since duration }
  in
  Option.map times (Option.map (Int64.max 10L) lease.duration)

let bind t bound =
  { t with state = Bound bound; attempts = 0; next = Option.map (fun times -> times.renew) bound.times }

(* ---- Events ---- *)

let text (m : Dhcp_message.t) =
  match List.assoc_opt Dhcp_message.message m.options with Some s -> ": " ^ String.escaped s | None -> ""

let refused t ~now m =
  let t, failed = fail t ~now ~seconds:2L ("the server refused the address" ^ text m) in
  (t, [ failed ])

let acknowledged t m lease ~renewing =
  let bound = { lease; times = times_of m lease ~since:t.since } in
  match renewing with
  | Some old when Ipaddr.V4.compare old.address lease.address = 0 -> (bind t bound, [ Renewed lease ])
  | Some _ | None -> ({ t with state = Checking bound; next = None }, [ Check lease ])

let receive t ~now (m : Dhcp_message.t) =
  if (not m.is_reply) || m.xid <> t.xid || Macaddr.compare m.chaddr t.mac <> 0 then (t, [])
  else
    match (t.state, m.kind, lease_of m) with
    | Selecting, Offer, Some lease -> send_request { t with attempts = 0; since = now } ~now lease
    | Requesting asked, Ack, Some lease when Ipaddr.V4.compare asked.server lease.server = 0 ->
        acknowledged t m lease ~renewing:None
    | Requesting _, Nak, _ -> refused t ~now m
    | (Renewing (old, _) | Rebinding (old, _)), Ack, Some lease ->
        acknowledged t m lease ~renewing:(Some old.lease)
    | (Renewing _ | Rebinding _), Nak, _ -> refused t ~now m
    | _ -> (t, [])

let checked t ~now ~free =
  match t.state with
  | Checking bound when free -> (bind t bound, [ Use bound.lease ])
  | Checking { lease; _ } ->
      let why = Printf.sprintf "%s is in use by another machine" (Ipaddr.V4.to_string lease.address) in
      let declined = Broadcast (decline t ~now lease) in
      let t, failed = fail t ~now ~seconds:10L why in
      (t, [ declined; failed ])
  | _ -> (t, [])

(* Half of what is left until [limit], but a minute at least (RFC 2131, 4.4.5). *)
let half_way ~now limit =
  let half = Int64.div (Int64.sub limit now) 2L in
  Int64.min limit (Int64.add now (Int64.max half (Int64.mul 60L second)))

let ask_server t ~now bound times =
  let t = { t with state = Renewing (bound, times); next = Some (half_way ~now times.rebind) } in
  (t, [ Unicast (bound.lease.server, renew t ~now bound.lease) ])

let ask_all t ~now bound times =
  let t = { t with state = Rebinding (bound, times); next = Some (half_way ~now times.ends) } in
  (t, [ Broadcast (renew t ~now bound.lease) ])

let is_past now time = Int64.compare now time >= 0
let most_requests = 4

let expire t ~now =
  match t.state with
  | _ when (match t.next with Some at -> not (is_past now at) | None -> true) -> (t, [])
  | Waiting -> search t ~now
  | Selecting ->
      let t, actions = send_discover t ~now in
      (t, without t ~now "no server answers" :: actions)
  | Requesting lease when t.attempts < most_requests -> send_request t ~now lease
  | Requesting _ -> search t ~now
  | Bound ({ times = Some times; _ } as bound) ->
      ask_server { t with xid = t.random (); since = now } ~now bound times
  | Renewing (bound, times) when is_past now times.rebind -> ask_all t ~now bound times
  | Renewing (bound, times) -> ask_server t ~now bound times
  | Rebinding (_, times) when is_past now times.ends ->
      let t, actions = search t ~now in
      (t, without t ~now "the lease has ended and no server renews it" :: actions)
  | Rebinding (bound, times) -> ask_all t ~now bound times
  | Checking _ | Bound { times = None; _ } -> (t, [])
