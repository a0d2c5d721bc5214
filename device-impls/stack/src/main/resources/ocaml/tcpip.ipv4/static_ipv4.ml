(* SPDX-License-Identifier: Apache-2.0 *)

module Make
    (Random : Mirage_random.S)
    (Clock : Mirage_clock.MCLOCK)
    (Ethernet : Ethernet.S)
    (Arp : Arp.S) =
struct
  include Ipv4_layer.Make (Random) (Clock) (Ethernet) (Arp)

  let connect ?(no_init = false) ~cidr ?gateway ethernet arp =
    let t = create ethernet arp in
    let configured = if no_init then Lwt.return_unit else configure t (Some { cidr; gateway }) in
    Lwt.map (fun () -> t) configured
end
