(* SPDX-License-Identifier: Apache-2.0 *)

(** {!Mirage_types}: all input and output is in Lwt since MirageOS 3.7. *)

include module type of struct
  include Mirage_types
end
