(* SPDX-License-Identifier: Apache-2.0 *)

(** Whole messages of the domain name system (RFC 1035), for those who answer: servers of one zone and multicast
    DNS. *)

type name = [ `raw ] Domain_name.t

type kind = A | PTR | TXT | AAAA | SRV | NSEC | Any | Kind of int  (** any other, by its number *)

type question = {
  name : name;
  kind : kind;
  unicast : bool;  (** an answer to the asker alone will do (RFC 6762, 5.4) *)
}

type data =
  | Address of Ipaddr.t  (** A or AAAA *)
  | Pointer of name
  | Only of kind list  (** NSEC: of this name there are records of these kinds, all below 256, and no others *)
  | Bytes of kind * string  (** any other, as it stands in the message *)

type record = {
  owner : name;
  ttl : int64;  (** seconds; 0: it is no more *)
  unique : bool;  (** all others of this name and kind are to be forgotten (RFC 6762, 10.2) *)
  data : data;
}

type t = {
  id : int;
  response : bool;
  opcode : int;
  authoritative : bool;
  truncated : bool;
  recursion : bool;  (** desired *)
  code : int;
  questions : question list;
  answers : record list;
  authorities : record list;
  additionals : record list;
}

val empty : t
(** A question about nothing. *)

val kind_of : data -> kind

val number : kind -> int
(** As it stands in a message. *)

val rdata : data -> string
(** The bytes by which data are compared (RFC 6762, 8.2). *)

val read : Cstruct.t -> t option
(** [None] if it is damaged. Total. Of more than 64 questions and records the last are left out, as are records of
    another class than the Internet's and questions about one. *)

val write : t -> Cstruct.t
(** Without pointers. *)
