(* SPDX-License-Identifier: Apache-2.0 *)

type t =
  | Not_found
  | Unfit of string
  | No_answer of string
  | Refused of int
  | Wrong_passphrase
  | Parted of int
  | Silent

let pp ppf = function
  | Not_found -> Format.pp_print_string ppf "no such network is heard"
  | Unfit why -> Format.pp_print_string ppf why
  | No_answer what -> Format.fprintf ppf "the access point does not answer %s" what
  | Refused status -> Format.fprintf ppf "the access point refuses: %s" (Dot11_code.status status)
  | Wrong_passphrase -> Format.pp_print_string ppf "the access point has another passphrase"
  | Parted reason -> Format.fprintf ppf "the access point has ended the link: %s" (Dot11_code.reason reason)
  | Silent -> Format.pp_print_string ppf "the access point is not heard any more"
