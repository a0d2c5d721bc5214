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
  let code = function `IPv4 -> 0x0800 | `ARP -> 0x0806 | `IPv6 -> 0x86dd

  let proto = function
    | 0x0800 -> Some `IPv4
    | 0x0806 -> Some `ARP
    | 0x86dd -> Some `IPv6
    | _ -> None

  let mac frame offset = Macaddr.of_octets_exn (Cstruct.to_string (Cstruct.sub frame offset 6))

  let of_cstruct frame =
    if Cstruct.length frame < sizeof_ethernet then Error "frame too small to contain an ethernet header"
    else
      let number = Cstruct.BE.get_uint16 frame 12 in
      match proto number with
      | None -> Error ("unknown ethertype " ^ string_of_int number)
      | Some ethertype ->
          Ok
            ( { destination = mac frame 0; source = mac frame 6; ethertype },
              Cstruct.shift frame sizeof_ethernet )

  let into_cstruct t buffer =
    if Cstruct.length buffer < sizeof_ethernet then Error "buffer too small for an ethernet header"
    else begin
      Cstruct.blit_from_string (Macaddr.to_octets t.destination) 0 buffer 0 6;
      Cstruct.blit_from_string (Macaddr.to_octets t.source) 0 buffer 6 6;
      Cstruct.BE.set_uint16 buffer 12 (code t.ethertype);
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

  (* The address once more as three numbers: every frame's destination is compared with it. And the header of the last
     frame that was sent, because the next one's is most often the same. *)
  type t = {
    net : Net.t;
    high : int;
    middle : int;
    low : int;
    header : Cstruct.t;
    mutable last : Packet.t;
    mutable done_below : (unit, Net.error) result Lwt.t;
  }

  let sent_at_once = Lwt.return (Ok ())

  let set_header t (packet : Packet.t) =
    match Packet.into_cstruct packet t.header with
    | Ok () -> t.last <- packet
    | Error message -> invalid_arg message

  let connect net =
    let source = Net.mac net in
    let octets = Macaddr.to_octets source in
    let word i = String.get_uint16_be octets i in
    let last = { Packet.source; destination = Macaddr.broadcast; ethertype = `ARP } in
    let header = Cstruct.create Packet.sizeof_ethernet in
    let done_below = Lwt.return (Ok ()) in
    let t = { net; high = word 0; middle = word 2; low = word 4; header; last; done_below } in
    set_header t last;
    Lwt.return t

  let disconnect _ = Lwt.return_unit
  let mac t = Net.mac t.net
  let mtu t = Net.mtu t.net

  (* Addresses that are equal and not the same only cost time. *)
  let prepare t ~source ~destination ethertype =
    let last = t.last in
    if not (last.destination == destination && last.source == source && last.ethertype = ethertype) then
      set_header t { source; destination; ethertype }

  (* Most frames are sent at once, with one and the same promise for an answer: no new one is made of it. *)
  let answer t sent =
    if sent == t.done_below then sent_at_once
    else
      match Lwt.state sent with
      | Return (Ok ()) ->
          t.done_below <- sent;
          sent_at_once
      | _ -> Lwt.map (function Ok () -> Ok () | Error e -> Error (`Net e)) sent

  let write t ?src destination ethertype ?size fill =
    let size = match size with Some size -> size | None -> mtu t in
    if size > mtu t then Lwt.return (Error `Exceeds_mtu)
    else
      let source = match src with Some source -> source | None -> mac t in
      let fill_frame frame =
        prepare t ~source ~destination ethertype;
        Cstruct.blit t.header 0 frame 0 Packet.sizeof_ethernet;
        Packet.sizeof_ethernet + fill (Cstruct.shift frame Packet.sizeof_ethernet)
      in
      answer t (Net.write t.net ~size:(size + Packet.sizeof_ethernet) fill_frame)

  let is_ours t frame =
    Network_order.get16 frame 4 = t.low
    && Network_order.get16 frame 2 = t.middle
    && Network_order.get16 frame 0 = t.high
    || Cstruct.get_uint8 frame 0 land 1 = 1

  let input ~arpv4 ~ipv4 ~ipv6 t frame =
    if Cstruct.length frame >= Packet.sizeof_ethernet && is_ours t frame then
      let payload () = Cstruct.shift frame Packet.sizeof_ethernet in
      match Packet.proto (Network_order.get16 frame 12) with
      | Some `IPv4 -> ipv4 (payload ())
      | Some `ARP -> arpv4 (payload ())
      | Some `IPv6 -> ipv6 (payload ())
      | None -> Lwt.return_unit
    else Lwt.return_unit
end
