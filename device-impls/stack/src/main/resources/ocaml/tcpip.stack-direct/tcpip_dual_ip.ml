(* SPDX-License-Identifier: Apache-2.0 *)

module Make
    (Ipv4 : Tcpip.Ip.S with type ipaddr = Ipaddr.V4.t)
    (Ipv6 : Tcpip.Ip.S with type ipaddr = Ipaddr.V6.t) =
struct
  type error = [ Tcpip.Ip.error | `Ipv4 of Ipv4.error | `Ipv6 of Ipv6.error ]

  let pp_error ppf = function
    | #Tcpip.Ip.error as e -> Tcpip.Ip.pp_error ppf e
    | `Ipv4 e -> Ipv4.pp_error ppf e
    | `Ipv6 e -> Ipv6.pp_error ppf e

  type ipaddr = Ipaddr.t
  type callback = src:ipaddr -> dst:ipaddr -> Cstruct.t -> unit Lwt.t

  let pp_ipaddr = Ipaddr.pp

  type t = { ipv4 : Ipv4.t; ipv6 : Ipv6.t; has_ipv4 : bool; has_ipv6 : bool }

  let connect ~ipv4_only ~ipv6_only ipv4 ipv6 =
    if ipv4_only && ipv6_only then
      invalid_arg "ipv4_only and ipv6_only: one of them at most can be asked for";
    Lwt.return { ipv4; ipv6; has_ipv4 = not ipv6_only; has_ipv6 = not ipv4_only }

  let disconnect t = Lwt.bind (Ipv4.disconnect t.ipv4) (fun () -> Ipv6.disconnect t.ipv6)

  (* ---- Receiving ---- *)

  let of_v4 (callback : callback) =
    let input ~src ~dst buffer = callback ~src:(Ipaddr.V4 src) ~dst:(Ipaddr.V4 dst) buffer in
    input

  let of_v6 (callback : callback) =
    let input ~src ~dst buffer = callback ~src:(Ipaddr.V6 src) ~dst:(Ipaddr.V6 dst) buffer in
    input

  let input t ~tcp ~udp ~default =
    let input4 =
      Ipv4.input t.ipv4 ~tcp:(of_v4 tcp) ~udp:(of_v4 udp) ~default:(fun ~proto ->
          of_v4 (default ~proto))
    and input6 =
      Ipv6.input t.ipv6 ~tcp:(of_v6 tcp) ~udp:(of_v6 udp) ~default:(fun ~proto ->
          of_v6 (default ~proto))
    in
    fun packet ->
      if Cstruct.length packet = 0 then Lwt.return_unit
      else
        match Cstruct.get_uint8 packet 0 lsr 4 with
        | 4 when t.has_ipv4 -> input4 packet
        | 6 when t.has_ipv6 -> input6 packet
        | _ -> Lwt.return_unit

  (* ---- Sending ---- *)

  let no_route version = Lwt.return (Error (`No_route ("this stack does not speak " ^ version)))

  let write4 t ?fragment ?ttl ?src dst proto ?size fill payload =
    if not t.has_ipv4 then no_route "IPv4"
    else
      let sent = Ipv4.write t.ipv4 ?fragment ?ttl ?src dst proto ?size fill payload in
      Lwt.map (function Ok () -> Ok () | Error e -> Error (`Ipv4 e)) sent

  let write6 t ?fragment ?ttl ?src dst proto ?size fill payload =
    if not t.has_ipv6 then no_route "IPv6"
    else
      let sent = Ipv6.write t.ipv6 ?fragment ?ttl ?src dst proto ?size fill payload in
      Lwt.map (function Ok () -> Ok () | Error e -> Error (`Ipv6 e)) sent

  let mixed = "an address of IPv4 and one of IPv6 in one packet"

  let write t ?fragment ?ttl ?src dst proto ?size fill payload =
    match (dst, src) with
    | Ipaddr.V4 dst, None -> write4 t ?fragment ?ttl dst proto ?size fill payload
    | Ipaddr.V4 dst, Some (Ipaddr.V4 src) -> write4 t ?fragment ?ttl ~src dst proto ?size fill payload
    | Ipaddr.V6 dst, None -> write6 t ?fragment ?ttl dst proto ?size fill payload
    | Ipaddr.V6 dst, Some (Ipaddr.V6 src) -> write6 t ?fragment ?ttl ~src dst proto ?size fill payload
    | Ipaddr.V4 _, Some (Ipaddr.V6 _) | Ipaddr.V6 _, Some (Ipaddr.V4 _) ->
        Lwt.return (Error (`No_route mixed))

  let pseudoheader t ?src dst proto length =
    match (dst, src) with
    | Ipaddr.V4 dst, None -> Ipv4.pseudoheader t.ipv4 dst proto length
    | Ipaddr.V4 dst, Some (Ipaddr.V4 src) -> Ipv4.pseudoheader t.ipv4 ~src dst proto length
    | Ipaddr.V6 dst, None -> Ipv6.pseudoheader t.ipv6 dst proto length
    | Ipaddr.V6 dst, Some (Ipaddr.V6 src) -> Ipv6.pseudoheader t.ipv6 ~src dst proto length
    | Ipaddr.V4 _, Some (Ipaddr.V6 _) | Ipaddr.V6 _, Some (Ipaddr.V4 _) -> invalid_arg mixed

  let src t ~dst =
    match dst with
    | Ipaddr.V4 dst -> Ipaddr.V4 (Ipv4.src t.ipv4 ~dst)
    | Ipaddr.V6 dst -> Ipaddr.V6 (Ipv6.src t.ipv6 ~dst)

  let get_ip t =
    let v4 = if t.has_ipv4 then Ipv4.get_ip t.ipv4 else [] in
    let v6 = if t.has_ipv6 then Ipv6.get_ip t.ipv6 else [] in
    List.map (fun ip -> Ipaddr.V4 ip) v4 @ List.map (fun ip -> Ipaddr.V6 ip) v6

  let mtu t ~dst =
    match dst with
    | Ipaddr.V4 dst -> Ipv4.mtu t.ipv4 ~dst
    | Ipaddr.V6 dst -> Ipv6.mtu t.ipv6 ~dst
end
