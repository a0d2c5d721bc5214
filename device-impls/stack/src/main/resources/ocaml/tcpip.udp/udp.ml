(* SPDX-License-Identifier: Apache-2.0 *)

module Make (Ip : Tcpip.Ip.S) (Random : Mirage_random.S) = struct
  type ipaddr = Ip.ipaddr
  type error = [ `Ip of Ip.error ]

  let pp_error ppf (`Ip e) = Ip.pp_error ppf e

  type callback = src:ipaddr -> dst:ipaddr -> src_port:int -> Cstruct.t -> unit Lwt.t
  type t = { ip : Ip.t; listeners : (int, callback) Hashtbl.t }

  let connect ip = Lwt.return { ip; listeners = Hashtbl.create 7 }

  let disconnect t =
    Hashtbl.reset t.listeners;
    Lwt.return_unit

  let check_port function_name port =
    if port < 0 || port > 65535 then
      invalid_arg (Printf.sprintf "Udp.%s: port %d is not one of 0 to 65535" function_name port)

  let listen t ~port callback =
    check_port "listen" port;
    Hashtbl.replace t.listeners port callback

  let unlisten t ~port = Hashtbl.remove t.listeners port

  let pseudo_sum t ~src dst length =
    Tcpip_checksum.sum (Ip.pseudoheader t.ip ~src dst `UDP length)

  (* Over IPv6 a checksum is not optional (RFC 8200, 8.1); its pseudo-header is the longer one. *)
  let is_right t ~src ~dst (header : Udp_packet.t) datagram =
    let length = Cstruct.length datagram in
    let pseudo = Ip.pseudoheader t.ip ~src dst `UDP length in
    if header.checksum = 0 then Cstruct.length pseudo = 12
    else Tcpip_checksum.(finish (sum ~init:(sum pseudo) datagram)) = 0

  let input t ~src ~dst buffer =
    match Udp_packet.read buffer with
    | None -> Lwt.return_unit
    | Some (header, payload) -> (
        match Hashtbl.find_opt t.listeners header.dst_port with
        | None -> Lwt.return_unit
        | Some callback ->
            let datagram = Cstruct.sub buffer 0 (Udp_packet.size + Cstruct.length payload) in
            if is_right t ~src ~dst header datagram then
              callback ~src ~dst ~src_port:header.src_port payload
            else Lwt.return_unit)

  (* A dynamic port (RFC 6335) nobody listens on. *)
  let rec any_port t =
    let port = 49152 + (Cstruct.BE.get_uint16 (Random.generate 2) 0 land 0x3fff) in
    if Hashtbl.mem t.listeners port then any_port t else port

  let write ?src ?src_port ?ttl ~dst ~dst_port t payload =
    let src_port = match src_port with Some port -> port | None -> any_port t in
    check_port "write" src_port;
    check_port "write" dst_port;
    let length = Udp_packet.size + Cstruct.length payload in
    let src = match src with Some src -> src | None -> Ip.src t.ip ~dst in
    let fill buffer =
      Udp_packet.write ~src_port ~dst_port ~length buffer;
      let header = Cstruct.sub buffer 0 Udp_packet.size in
      let init = Tcpip_checksum.sum ~init:(pseudo_sum t ~src dst length) header in
      Udp_packet.set_checksum buffer Tcpip_checksum.(finish (sum ~init payload));
      Udp_packet.size
    in
    let sent = Ip.write t.ip ~src dst `UDP ?ttl ~size:Udp_packet.size fill [ payload ] in
    Lwt.map (function Ok () -> Ok () | Error e -> Error (`Ip e)) sent
end
