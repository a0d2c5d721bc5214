(* SPDX-License-Identifier: Apache-2.0 *)

module type S = sig
  type t

  val disconnect : t -> unit Lwt.t

  include Mirage_flow.S with type flow := t

  val log : t -> string -> unit Lwt.t
end
