(* SPDX-License-Identifier: Apache-2.0 *)

(** Questions to the domain name system and their answers (RFC 1035), as far as addresses go. *)

type kind = A | AAAA

type record =
  | Address of Ipaddr.t
  | Alias of [ `raw ] Domain_name.t  (** CNAME *)

type answer = {
  id : int;
  truncated : bool;  (** to be asked for again over TCP *)
  code : int;  (** 0: no error, 2: the server failed, 3: there is no such name *)
  question : ([ `raw ] Domain_name.t * kind) option;
  records : ([ `raw ] Domain_name.t * int64 * record) list;  (** name, time to live in seconds *)
  negative_ttl : int64 option;  (** how long to remember that there is nothing (RFC 2308) *)
}

val question : id:int -> [ `host ] Domain_name.t -> kind -> Cstruct.t
(** Asks for recursion. *)

val read : Cstruct.t -> answer option
(** [None] if it is no answer, or damaged. Total: pointers of names lead backwards only. *)
