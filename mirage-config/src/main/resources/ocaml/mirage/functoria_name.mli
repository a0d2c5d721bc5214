(* SPDX-License-Identifier: Apache-2.0 *)

(** Names fit for generated OCaml. *)

val ocamlify : string -> string
(** Letters, digits and ['_'] are kept, ['-'] becomes ['_'], the rest goes.
    @raise Invalid_argument when nothing or a leading digit is left. *)

val create : string -> prefix:string -> string
(** A name that starts with the prefix and always is the same for the same string. *)
