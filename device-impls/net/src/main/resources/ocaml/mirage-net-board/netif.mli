(* SPDX-License-Identifier: Apache-2.0 *)

(** A network interface of the board: Ethernet of the chip, a TAP device of a process. *)

include Mirage_net.S

val connect : string -> t Lwt.t
(** [connect name] opens the interface and waits until its link is up, at most three seconds: without a link it
    goes on, and says so in the log, as it does whenever the link changes.
    @raise Failure with a message for people when there is no such interface *)

val link : t -> bool
(** Whether there is a partner at the far end, as of the last look a second ago at most. *)

type losses = {
  missed : int;  (** frames that found no buffer *)
  damaged : int;  (** frames received with an error *)
  failed : int;  (** frames that could not be sent *)
}

val losses : t -> losses
(** Since [connect], each modulo 2{^30}. *)
