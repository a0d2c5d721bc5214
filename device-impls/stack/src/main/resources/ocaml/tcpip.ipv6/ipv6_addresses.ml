(* SPDX-License-Identifier: Apache-2.0 *)

module V6 = Ipaddr.V6

type state = Tentative | Detecting of int64  (** usable from then on *) | Usable | Duplicate

type address = {
  ip : V6.t;
  mutable state : state;
  mutable until : int64 option;
  mutable preferred_until : int64 option;
}

type network = { prefix : V6.Prefix.t; mutable ends : int64 option }

type t = {
  mac : Macaddr.t;
  mutable addresses : address list;
  mutable networks : network list;  (** on the link *)
  mutable routers : (V6.t * int64 option) list;  (** until when *)
}

let most_addresses = 8
let most_routers = 4

let interface_identifier mac =
  let o = Macaddr.to_octets mac in
  let first = Char.chr (Char.code o.[0] lxor 2) in
  Printf.sprintf "%c%s\xff\xfe%s" first (String.sub o 1 2) (String.sub o 3 3)

let of_prefix mac prefix =
  let network = V6.to_octets (V6.Prefix.network prefix) in
  V6.of_octets_exn (String.sub network 0 8 ^ interface_identifier mac)

let solicited_node ip =
  V6.of_octets_exn ("\xff\x02\000\000\000\000\000\000\000\000\000\001\xff" ^ String.sub (V6.to_octets ip) 13 3)

let address ip = { ip; state = Tentative; until = None; preferred_until = None }
let same a b = V6.compare a b = 0

let create ~mac =
  { mac; addresses = [ address (of_prefix mac V6.Prefix.link) ]; networks = []; routers = [] }

let link_local t = of_prefix t.mac V6.Prefix.link
let find t ip = List.find_opt (fun a -> same a.ip ip) t.addresses

let add_address t a =
  if List.length t.addresses < most_addresses && find t a.ip = None then t.addresses <- t.addresses @ [ a ]

let add_network t prefix ends =
  match List.find_opt (fun n -> V6.Prefix.compare n.prefix prefix = 0) t.networks with
  | Some network -> network.ends <- ends
  | None ->
      if List.length t.networks < most_addresses then t.networks <- { prefix; ends } :: t.networks

let add t cidr =
  add_address t (address (V6.Prefix.address cidr));
  add_network t (V6.Prefix.prefix cidr) None

let remove_router t ip = t.routers <- List.filter (fun (r, _) -> not (same r ip)) t.routers

let add_router t ?until ip =
  remove_router t ip;
  if List.length t.routers < most_routers then t.routers <- t.routers @ [ (ip, until) ]

let for_ever = 0xffffffffL
let after now seconds = if Int64.equal seconds for_ever then None else Some (Int64.add now seconds)

(* An advertisement, which nobody has signed, must not end an address at once (RFC 4862, 5.5.3 (e)). *)
let least_lifetime = 7200L

let renew a ~now (p : Ndp_message.prefix) =
  let left = Option.map (fun until -> Int64.sub until now) a.until in
  let longer =
    Int64.compare p.valid least_lifetime > 0
    || match left with Some left -> Int64.compare p.valid left > 0 | None -> false
  in
  if longer then a.until <- after now p.valid
  else if match left with Some left -> Int64.compare left least_lifetime > 0 | None -> false then
    a.until <- Some (Int64.add now least_lifetime);
  a.preferred_until <- after now p.preferred

let advertised t ~now (p : Ndp_message.prefix) =
  let is_link_local = V6.Prefix.(mem (network p.prefix) link) in
  if (not is_link_local) && Int64.compare p.preferred p.valid <= 0 then begin
    if p.on_link then add_network t p.prefix (after now p.valid);
    if p.autonomous && V6.Prefix.bits p.prefix = 64 then
      let ip = of_prefix t.mac p.prefix in
      match find t ip with
      | Some a -> renew a ~now p
      | None ->
          if Int64.compare p.valid 0L > 0 then
            add_address t
              { ip; state = Tentative; until = after now p.valid; preferred_until = after now p.preferred }
  end

(* ---- Detection ---- *)

let with_state t is = List.filter (fun a -> is a.state) t.addresses
let ips = List.map (fun a -> a.ip)
let tentative t = ips (with_state t (fun state -> state = Tentative))

let is_tentative t ip =
  match find t ip with Some { state = Tentative | Detecting _; _ } -> true | _ -> false

let set_state t ip state = Option.iter (fun a -> a.state <- state) (find t ip)
let asked t ~now ip = set_state t ip (Detecting (Int64.add now 1L))
let duplicate t ip = set_state t ip Duplicate

(* ---- Use ---- *)

let is_over ~now = function Some until -> Int64.compare until now <= 0 | None -> false

let tick t ~now =
  let detected a =
    match a.state with
    | Detecting until when Int64.compare until now <= 0 -> a.state <- Usable
    | _ -> ()
  in
  List.iter detected t.addresses;
  t.addresses <- List.filter (fun a -> not (is_over ~now a.until)) t.addresses;
  List.iter
    (fun a -> if is_over ~now a.preferred_until then a.preferred_until <- Some 0L)
    t.addresses;
  t.networks <- List.filter (fun n -> not (is_over ~now n.ends)) t.networks;
  t.routers <- List.filter (fun (_, until) -> not (is_over ~now until)) t.routers

let usable_addresses t = with_state t (fun state -> state = Usable)
let usable t = ips (usable_addresses t)
let is_own t ip = List.exists (fun a -> a.state = Usable && same a.ip ip) t.addresses
let groups t = List.sort_uniq V6.compare (List.map (fun a -> solicited_node a.ip) t.addresses)
let is_link_local ip = V6.Prefix.(mem ip link)
let is_deprecated a = match a.preferred_until with Some 0L -> true | _ -> false

(* The same scope, then an address that is not deprecated, then the longest common prefix (part of RFC 6724, 5). *)
let source t dst =
  let local = is_link_local dst || V6.is_multicast dst in
  let common ip =
    let a = V6.to_octets ip and b = V6.to_octets dst in
    let rec go i = if i < 16 && a.[i] = b.[i] then go (i + 1) else i in
    go 0
  in
  let rank a = (is_link_local a.ip = local, not (is_deprecated a), common a.ip) in
  match usable_addresses t with
  | [] -> V6.unspecified
  | first :: rest ->
      (List.fold_left (fun best a -> if compare (rank a) (rank best) > 0 then a else best) first rest).ip

type hop = Direct | Router of V6.t | Nowhere

let next_hop t dst =
  let on_link = List.exists (fun n -> V6.Prefix.mem dst n.prefix) t.networks in
  if is_link_local dst || on_link then Direct
  else match t.routers with (router, _) :: _ -> Router router | [] -> Nowhere
