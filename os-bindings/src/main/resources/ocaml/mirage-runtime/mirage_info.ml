(* SPDX-License-Identifier: Apache-2.0 *)

type t = Functoria_info.info = {
  name : string;
  libraries : string list;
  packages : (string * string) list;
}
