(* SPDX-License-Identifier: Apache-2.0 *)

(** The connections of one stack at work: which segment belongs to which, what is sent when, and who is told. What
    a connection does is in {!Tcp_connection} and the modules beside it; what users see is {!Tcp_flow}. *)

module Make
    (Ip : Tcpip.Ip.S)
    (_ : Mirage_time.S)
    (_ : Mirage_clock.MCLOCK)
    (_ : Mirage_random.S) : sig
  type t = {
    ip : Ip.t;
    isn : Tcp_isn.t;
    memory : Tcp_memory.t;
    flows : (Ip.ipaddr, flow) Tcp_table.t;
    time_waits : (Ip.ipaddr, Tcp_time_wait.t) Tcp_table.t;
    time_wait_order : (Ip.ipaddr * Ip.ipaddr * Tcp_time_wait.t) Queue.t;  (** local, remote *)
    listeners : (int, listener) Hashtbl.t;
    mutable turns : flow list;  (** who waits for one ({!Tcp_memory}), the next first *)
    mutable half_open : flow list;  (** asked for by peers, the newest first *)
    mutable wake_at : Tcp_time.t;
    mutable sleeper : unit Lwt.t;  (** until then *)
  }

  and listener = { keepalive : Tcp_connection.keepalive option; callback : flow -> unit Lwt.t }

  and flow = {
    stack : t;
    connection : Tcp_connection.t;
    local : Ip.ipaddr;
    remote : Ip.ipaddr;
    pseudo : int;  (** sum of the pseudo-header, the length apart; the same in both directions *)
    readers : unit Lwt_condition.t;
    writers : unit Lwt_condition.t;  (** also those who wait for the connection to be open *)
    mutable accept : (flow -> unit Lwt.t) option;  (** to be called when the connection is open *)
    mutable sending : bool;
    mutable sending_soon : bool;  (** an acknowledgement, at the end of this turn *)
    mutable listed : bool;  (** in [flows] *)
  }

  val create : Ip.t -> t
  val now : unit -> Tcp_time.t

  val register :
    t ->
    Tcp_connection.t ->
    local:Ip.ipaddr ->
    remote:Ip.ipaddr ->
    pseudo:int ->
    accept:(flow -> unit Lwt.t) option ->
    flow
  (** Takes a connection in. *)

  val happened : ?at:Tcp_time.t -> flow -> unit
  (** Something was done to the flow's connection ([at]: just now): sends what is to be sent, tells those who wait, sets the timer, and
      forgets the connection if it is over. *)

  val send : flow -> unit
  (** The same, when nobody has to be told. *)

  val send_soon : flow -> unit
  (** Sends an acknowledgement that is to be sent soon at the end of this turn, with data if there are some then. *)

  val wait_to_read : flow -> unit Lwt.t
  (** Until there is something to read, or will never be. *)

  val input : t -> src:Ip.ipaddr -> dst:Ip.ipaddr -> Cstruct.t -> unit Lwt.t

  (** {1 For a new connection} *)

  val make_room : t -> unit
  (** If there are as many connections as may be, ends one that its user has closed and the peer has not, else one that
      a peer has asked for and not confirmed, if there is one. *)

  val numbers : t -> local:Ip.ipaddr -> remote:Ip.ipaddr -> local_port:int -> remote_port:int -> Tcp_isn.numbers
  val pseudo_sum : t -> local:Ip.ipaddr -> remote:Ip.ipaddr -> int

  val find_time_wait :
    t -> local:Ip.ipaddr -> local_port:int -> remote:Ip.ipaddr -> remote_port:int -> Tcp_time_wait.t option
end
