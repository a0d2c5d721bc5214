(* SPDX-License-Identifier: Apache-2.0 *)

type info = { name : string; libraries : string list; packages : (string * string) list }
