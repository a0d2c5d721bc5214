(* SPDX-License-Identifier: Apache-2.0 *)

(** Datagrams of IP put together from fragments, in bounded memory.

    Fragments that overlap end their datagram (RFC 5722), except for copies of one that is there. A datagram that
    is not complete 30 seconds after its first fragment is forgotten when the next fragment of any arrives. *)

type 'key t
(** Datagrams told apart by ['key]: addresses, protocol and identification. *)

val create : ?most_datagrams:int -> ?most_bytes:int -> unit -> 'key t
(** At most so many datagrams at a time (8), and so many bytes of fragments in all (32768): what is
    oldest makes room. A datagram has 64 fragments at most. *)

val add : 'key t -> now:int64 -> 'key -> offset:int -> last:bool -> Cstruct.t -> Cstruct.t option
(** [add t ~now key ~offset ~last payload] takes a fragment, and answers with the payload of the whole
    datagram if that was all that was missing. [offset] is in bytes, [now] in nanoseconds. The fragment is
    copied. *)

val bytes : 'key t -> int
(** What fragments take at the moment. *)
