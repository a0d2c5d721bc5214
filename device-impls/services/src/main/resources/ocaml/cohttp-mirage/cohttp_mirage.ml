(* SPDX-License-Identifier: Apache-2.0 *)

open Lwt.Infix

module Server = struct
  module type S = sig
    include Cohttp_lwt.S.Server

    val callback : t -> IO.conn -> unit Lwt.t
  end

  module Flow (Flow : Mirage_flow.S) = struct
    module Io = Cohttp_mirage_io.Make (Flow)
    include Cohttp_lwt.Make_server (Io)

    (* What cohttp has buffered goes out before the flow is left to its owner. *)
    let callback t flow =
      let io = Io.create flow in
      let served () = callback t flow io io >>= fun () -> Io.catch (fun () -> Io.flush io) >|= ignore in
      Lwt.finalize served (fun () -> Lwt.return (Io.head_ends io))
  end

  module Make (Conduit : Conduit_mirage.S) = struct
    include Flow (Conduit.Flow)

    let listen conduit server t = Conduit.listen conduit server (callback t)
  end

  module Over (Conduit : Conduit_mirage.S) = struct
    include Flow (Conduit.Flow)

    let serve conduit endpoint t = Conduit.serve conduit endpoint (callback t)
  end
end

module Client = struct
  module Make (_ : Mirage_clock.PCLOCK) (Resolver : Resolver_mirage.S) (Conduit : Conduit_mirage.S) =
  struct
    module Net = struct
      module IO = Cohttp_mirage_io.Make (Conduit.Flow)

      type ctx = { resolver : Resolver.t; conduit : Conduit.t option }

      let sexp_of_ctx ctx = Resolver.sexp_of_t ctx.resolver
      let default_ctx = { resolver = Resolver.init (); conduit = None }

      let connect_uri ~ctx uri =
        match ctx.conduit with
        | None -> Lwt.fail (Failure "Cohttp_mirage.Client: a request needs ~ctx, as Client.ctx makes it")
        | Some conduit ->
            Resolver.resolve_uri ~uri ctx.resolver >>= Conduit.reach conduit >|= fun flow ->
            let io = IO.create flow in
            (flow, io, io)

      let close_flow io = Lwt.async (fun () -> Lwt.catch (fun () -> IO.close io) (fun _ -> Lwt.return_unit))

      let close_in _ = ()
      let close_out _ = ()
      let close input _ = close_flow input
    end

    include Cohttp_lwt.Make_client (Net.IO) (Net)

    let ctx resolver conduit = { Net.resolver; conduit = Some conduit }
  end
end
