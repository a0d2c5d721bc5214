(* SPDX-License-Identifier: Apache-2.0 *)

(** HTTP for unikernels: cohttp over flows. *)

(** Server. *)
module Server : sig
  module type S = sig
    include Cohttp_lwt.S.Server

    val callback : t -> IO.conn -> unit Lwt.t
    (** Serves one flow, until its peer or the server ends it. *)
  end

  (** Over any flows. *)
  module Flow (Flow : Mirage_flow.S) : S with type IO.conn = Flow.flow

  module Make (Conduit : Conduit_mirage.S) : sig
    include S with type IO.conn = Conduit.flow

    val listen : Conduit.t -> Conduit_mirage.server -> t -> unit Lwt.t
  end

  (** The same for all that a conduit can listen on, TLS among it. *)
  module Over (Conduit : Conduit_mirage.S) : sig
    include S with type IO.conn = Conduit.flow

    val serve : Conduit.t -> Conduit.endpoint -> t -> unit Lwt.t
  end
end

(** Client. *)
module Client : sig
  module Make (_ : Mirage_clock.PCLOCK) (Resolver : Resolver_mirage.S) (Conduit : Conduit_mirage.S) : sig
    include Cohttp_lwt.S.Client

    val ctx : Resolver.t -> Conduit.t -> ctx
  end
end
