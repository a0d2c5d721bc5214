(* SPDX-License-Identifier: Apache-2.0 *)

type error = [ `Exceeds_mtu ]

let pp_error ppf `Exceeds_mtu = Format.pp_print_string ppf "exceeds MTU"

module Packet = struct
  type proto = [ `ARP | `IPv4 | `IPv6 ]

  let pp_proto ppf (proto : proto) =
    Format.pp_print_string ppf
      (match proto with `ARP -> "ARP" | `IPv4 -> "IPv4" | `IPv6 -> "IPv6")

  type t = { source : Macaddr.t; destination : Macaddr.t; ethertype : proto }

  let sizeof_ethernet = 14
  let codes = [ (`IPv4, 0x0800); (`ARP, 0x0806); (`IPv6, 0x86dd) ]
  let mac frame offset = Macaddr.of_octets_exn (Cstruct.to_string (Cstruct.sub frame offset 6))

  let of_cstruct frame =
    if Cstruct.length frame < sizeof_ethernet then Error "frame too small to contain an ethernet header"
    else
      let code = Cstruct.BE.get_uint16 frame 12 in
      match List.find_opt (fun (_, c) -> c = code) codes with
      | None -> Error ("unknown ethertype " ^ string_of_int code)
      | Some (ethertype, _) ->
          Ok
            ( { destination = mac frame 0; source = mac frame 6; ethertype },
              Cstruct.shift frame sizeof_ethernet )

  let into_cstruct t buffer =
    if Cstruct.length buffer < sizeof_ethernet then Error "buffer too small for an ethernet header"
    else begin
      Cstruct.blit_from_string (Macaddr.to_octets t.destination) 0 buffer 0 6;
      Cstruct.blit_from_string (Macaddr.to_octets t.source) 0 buffer 6 6;
      Cstruct.BE.set_uint16 buffer 12 (List.assoc t.ethertype codes);
      Ok ()
    end

  let make_cstruct t =
    let buffer = Cstruct.create sizeof_ethernet in
    match into_cstruct t buffer with Ok () -> buffer | Error message -> invalid_arg message
end

module type S = sig
  type nonrec error = private [> error ]

  val pp_error : Format.formatter -> error -> unit

  type t

  val disconnect : t -> unit Lwt.t

  val write :
    t ->
    ?src:Macaddr.t ->
    Macaddr.t ->
    Packet.proto ->
    ?size:int ->
    (Cstruct.t -> int) ->
    (unit, error) result Lwt.t

  val mac : t -> Macaddr.t

  val mtu : t -> int

  val input :
    arpv4:(Cstruct.t -> unit Lwt.t) ->
    ipv4:(Cstruct.t -> unit Lwt.t) ->
    ipv6:(Cstruct.t -> unit Lwt.t) ->
    t ->
    Cstruct.t ->
    unit Lwt.t
  end

module Make (Net : Mirage_net.S) = struct
  type nonrec error = [ error | `Net of Net.error ]

  let pp_error ppf = function
    | `Net error -> Net.pp_error ppf error
    | `Exceeds_mtu -> pp_error ppf `Exceeds_mtu

  type t = Net.t

  let connect net = Lwt.return net
  let disconnect _ = Lwt.return_unit
  let mac = Net.mac
  let mtu = Net.mtu

  let write t ?src destination ethertype ?size fill =
    let size = Option.value size ~default:(mtu t) in
    if size > mtu t then Lwt.return (Error `Exceeds_mtu)
    else
      let header =
        { Packet.source = Option.value src ~default:(mac t); destination; ethertype }
      in
      let fill_frame frame =
        match Packet.into_cstruct header frame with
        | Ok () -> Packet.sizeof_ethernet + fill (Cstruct.shift frame Packet.sizeof_ethernet)
        | Error message -> invalid_arg message
      in
      Lwt.map (Result.map_error (fun e -> `Net e)) (Net.write t ~size fill_frame)

  let is_ours t destination =
    Macaddr.compare destination (mac t) = 0 || not (Macaddr.is_unicast destination)

  let input ~arpv4 ~ipv4 ~ipv6 t frame =
    match Packet.of_cstruct frame with
    | Ok ({ destination; ethertype; _ }, payload) when is_ours t destination -> (
        match ethertype with
        | `ARP -> arpv4 payload
        | `IPv4 -> ipv4 payload
        | `IPv6 -> ipv6 payload)
    | _ -> Lwt.return_unit
end
