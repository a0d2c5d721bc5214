(* SPDX-License-Identifier: Apache-2.0 *)

(** Connections with TLS beside plain ones, over a conduit that has plain ones. *)

module Make (Plain : Conduit_mirage.S) : sig
  include
    Conduit_mirage.S
      with type t = Plain.t
       and type endpoint = [ `TCP of int | `TLS of Tls.Config.server * [ `TCP of int ] ]

  val connect_tls : t -> Tls.Config.client -> ?host:[ `host ] Domain_name.t -> Conduit_mirage.client -> flow Lwt.t
  (** Fails with [Failure] if the handshake does; [host] is the name that the peer's certificate has to have. *)

  val v : ?weak_random:bool -> Plain.t -> t
  (** Seeds the generator that keys are made with: {!Mirage_crypto_rng_hardware.initialize}. *)
end

val trust : X509.Authenticator.t -> unit
(** Which certificates to believe when a name is reached by [https]. Until it is said, none: then [reach] fails. *)
