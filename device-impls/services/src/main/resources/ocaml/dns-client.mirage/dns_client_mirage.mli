(* SPDX-License-Identifier: Apache-2.0 *)

(** A stub resolver: asks recursive servers, over UDP and, for long answers, TCP. *)

module Make
    (_ : Mirage_random.S)
    (_ : Mirage_time.S)
    (_ : Mirage_clock.MCLOCK)
    (_ : Mirage_clock.PCLOCK)
    (Stack : Tcpip.Stack.V4V6) : sig
  type t

  val create : ?nameservers:(Ipaddr.t * int) list -> Stack.t -> t
  (** Servers with their ports, asked in turn, each for two seconds, all twice. Without any they are those
      of {!Tcpip_nameservers}: what the networks said by DHCP. *)

  val gethostbyname : t -> [ `host ] Domain_name.t -> (Ipaddr.V4.t, [> `Msg of string ]) result Lwt.t
  val gethostbyname6 : t -> [ `host ] Domain_name.t -> (Ipaddr.V6.t, [> `Msg of string ]) result Lwt.t
  (** The first address. Answers are remembered for as long as they say, also that there is none. *)
end
