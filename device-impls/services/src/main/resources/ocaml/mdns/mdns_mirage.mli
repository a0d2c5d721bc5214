(* SPDX-License-Identifier: Apache-2.0 *)

(** A host that is found by its name: [name.local] on a network whose machines know multicast DNS. *)

module Make (_ : Mirage_random.S) (_ : Mirage_time.S) (_ : Mirage_clock.MCLOCK) (Stack : Tcpip.Stack.V4V6) : sig
  val start : hostname:string -> Stack.t -> unit
  (** Answers for [hostname], without [.local], from now until the unikernel ends; when others have the name already, for
      [hostname-2] and so on. Without a name, the empty one, it does nothing; one that cannot be a name is reported in
      the log. *)
end
