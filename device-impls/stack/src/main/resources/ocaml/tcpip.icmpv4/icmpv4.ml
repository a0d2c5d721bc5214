(* SPDX-License-Identifier: Apache-2.0 *)

module type S = sig
  type t

  val disconnect : t -> unit Lwt.t

  type ipaddr = Ipaddr.V4.t
  type error

  val pp_error : Format.formatter -> error -> unit
  val input : t -> src:ipaddr -> dst:ipaddr -> Cstruct.t -> unit Lwt.t

  val write :
    t -> ?src:ipaddr -> dst:ipaddr -> ?ttl:int -> Cstruct.t -> (unit, error) result Lwt.t
end

module Make (Ip : Tcpip.Ip.S with type ipaddr = Ipaddr.V4.t) = struct
  type ipaddr = Ipaddr.V4.t
  type error = [ `Ip of Ip.error ]

  let pp_error ppf (`Ip e) = Ip.pp_error ppf e

  type t = Ip.t

  let connect ip = Lwt.return ip
  let disconnect _ = Lwt.return_unit

  let write t ?src ~dst ?ttl message =
    let sent = Ip.write t ?src dst `ICMP ?ttl ~size:0 (fun _ -> 0) [ message ] in
    Lwt.map (function Ok () -> Ok () | Error e -> Error (`Ip e)) sent

  let is_own t ip = List.exists (fun own -> Ipaddr.V4.compare own ip = 0) (Ip.get_ip t)

  (* An echo asked for by broadcast is not answered (RFC 1122, 3.2.2.6): it would let one packet make many. *)
  let input t ~src ~dst buffer =
    match Icmpv4_packet.read buffer with
    | Some message when message.kind = Icmpv4_packet.echo_request && is_own t dst ->
        let reply = Icmpv4_packet.make { message with kind = Icmpv4_packet.echo_reply; code = 0 } in
        Lwt.map ignore (write t ~src:dst ~dst:src reply)
    | Some _ | None -> Lwt.return_unit
end
