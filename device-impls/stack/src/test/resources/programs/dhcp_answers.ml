(* SPDX-License-Identifier: Apache-2.0 *)

(* Answers of a DHCP server, changed at random, for a client in whatever state those before have brought it to. *)

let mac = Macaddr.of_string_exn "02:00:00:00:00:01"

let message kind =
  let ip = Ipaddr.V4.of_string_exn "10.0.0.7" in
  let of_ip = Dhcp_message.of_address ip in
  { Dhcp_message.is_reply = true; xid = 5l; secs = 0; broadcast = false; ciaddr = ip; yiaddr = ip; siaddr = ip;
    giaddr = ip; chaddr = mac; kind;
    options =
      Dhcp_message.
        [ (subnet_mask, "\255\255\255\000"); (routers, of_ip); (lease_time, of_seconds 100l);
          (server_identifier, of_ip); (52, "\003") ] }

let changed ~below kind =
  let bytes = Cstruct.to_bytes (Dhcp_message.make (message kind)) in
  for _ = 1 to below 4 do
    Bytes.set bytes (if below 2 = 0 then below 300 else 236 + below 64) (Char.chr (below 256))
  done;
  Cstruct.of_bytes (if below 8 = 0 then Bytes.sub bytes 0 (below (Bytes.length bytes + 1)) else bytes)

let client = ref None

(* So many times the client was offered an address that it did not refuse. *)
let taken = ref 0
let is_check = function Dhcp_client.Check _ -> true | _ -> false

(* [below n] is a number at random, from 0. *)
let one ~below ~now =
  let before =
    match !client with
    | Some client when below 20 > 0 -> client
    | _ -> fst (Dhcp_client.start ~mac ~random:(fun () -> 5l) ~now ())
  in
  let kind = match below 3 with 0 -> Dhcp_message.Offer | 1 -> Dhcp_message.Ack | _ -> Dhcp_message.Nak in
  let after, actions =
    match Dhcp_message.read (changed ~below kind) with
    | Some m -> Dhcp_client.receive before ~now m
    | None -> (before, [])
  in
  let after =
    if List.exists is_check actions then begin
      incr taken;
      fst (Dhcp_client.checked after ~now ~free:(below 3 > 0))
    end
    else after
  in
  client := Some (fst (Dhcp_client.expire after ~now))
