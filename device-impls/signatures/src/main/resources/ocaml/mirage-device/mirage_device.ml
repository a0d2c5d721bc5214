(* SPDX-License-Identifier: Apache-2.0 *)

type error = [ `Unimplemented | `Disconnected ]

let pp_error ppf (error : error) =
  Format.pp_print_string ppf
    (match error with
    | `Unimplemented -> "operation not yet implemented"
    | `Disconnected -> "device is disconnected")

module type S = sig
  type t

  val disconnect : t -> unit Lwt.t
end
