(* SPDX-License-Identifier: Apache-2.0 *)

(** Which Ethernet address has an IP address: what ARP and neighbour discovery have in common. At most 64 addresses are
    known, each for some time after it was last heard of. *)

module Make (_ : Mirage_time.S) : sig
  type 'ip t
  type error = [ `Timeout ]

  val pp_error : Format.formatter -> error -> unit

  val create : lifetime:int -> attempts:int -> ('ip -> unit Lwt.t) -> 'ip t
  (** [create ~lifetime ~attempts ask]: an address is forgotten after [lifetime] seconds. To find one, [ask] is called so
      many times, once a second; then it is [`Timeout]. *)

  val query : 'ip t -> 'ip -> (Macaddr.t, error) result Lwt.t
  (** Asks if the address is not known. When 16 addresses are being asked for, or 32 queries wait for this one, the
      answer is [`Timeout] at once: what strangers send must not pile up. *)

  val learn : 'ip t -> 'ip -> Macaddr.t -> add:bool -> unit
  (** The address was heard of. [add]: also if nobody wanted to know. *)

  val forget : 'ip t -> 'ip -> unit
  val each_second : 'ip t -> (unit -> bool) -> unit
  (** Calls the function once a second from now on, until it answers [false]. *)

  val disconnect : 'ip t -> unit
  val pp : (Format.formatter -> 'ip -> unit) -> Format.formatter -> 'ip t -> unit
end
