(* SPDX-License-Identifier: Apache-2.0 *)

(** What cohttp reads and writes with, over a flow. *)
module Make (Flow : Mirage_flow.S) : sig
  type stream
  (** A flow, to be read and written. The heads of messages are bounded: lines that are read one after the other have
      8 KB together, those of all flows of this functor's result that are in the midst of a head 32 KB. What goes beyond
      fails to be read. *)

  val create : Flow.flow -> stream

  val close : stream -> unit Lwt.t
  (** Writes what is left to write, and closes the flow. *)

  val head_ends : stream -> unit
  (** Who leaves a flow to its owner says that no head is read from it any more. *)

  include Cohttp_lwt.S.IO with type conn = Flow.flow and type ic = stream and type oc = stream
end
