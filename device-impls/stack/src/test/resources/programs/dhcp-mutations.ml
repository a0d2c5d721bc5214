(* SPDX-License-Identifier: Apache-2.0 *)

(* Answers of a DHCP server, changed at random, for a client in whatever state those before have brought it to: nothing is
   raised, and a whole answer still gives an address. *)

let random = ref (Random.State.make [| 1 |])
let below n = Random.State.int !random n
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

let changed kind =
  let bytes = Cstruct.to_bytes (Dhcp_message.make (message kind)) in
  for _ = 1 to below 4 do
    Bytes.set bytes (if below 2 = 0 then below 300 else 236 + below 64) (Char.chr (below 256))
  done;
  Cstruct.of_bytes (if below 8 = 0 then Bytes.sub bytes 0 (below (Bytes.length bytes + 1)) else bytes)

let taken = ref 0
let start now = fst (Dhcp_client.start ~mac ~random:(fun () -> 5l) ~now ())
let is_check = function Dhcp_client.Check _ -> true | _ -> false

let step client ~now =
  let client = if below 20 = 0 then start now else client in
  let kind = match below 3 with 0 -> Dhcp_message.Offer | 1 -> Ack | _ -> Nak in
  let client, actions =
    match Dhcp_message.read (changed kind) with
    | Some m -> Dhcp_client.receive client ~now m
    | None -> (client, [])
  in
  let client =
    if List.exists is_check actions then begin
      incr taken;
      fst (Dhcp_client.checked client ~now ~free:(below 3 > 0))
    end
    else client
  in
  fst (Dhcp_client.expire client ~now)

let main () =
  Lwt.map
    (fun argv ->
      random := Random.State.make [| int_of_string argv.(1) |];
      let n = int_of_string argv.(2) in
      let client = ref (start 0L) in
      for i = 1 to n do
        client := step !client ~now:(Int64.mul (Int64.of_int i) 200_000_000L)
      done;
      Printf.printf "addresses are taken: %b\n" (!taken > n / 500))
    (Bootvar.argv ())

let () = OS.Main.run (main ())
