(* SPDX-License-Identifier: Apache-2.0 *)

(** What cohttp reads and writes with, over a flow. *)
module Make (Flow : Mirage_flow.S) : sig
  module Channel : module type of Mirage_channel.Make (Flow)

  include
    Cohttp_lwt.S.IO
      with type conn = Flow.flow
       and type ic = Channel.t
       and type oc = Channel.t
end
