(* SPDX-License-Identifier: Apache-2.0 *)

let ocamlify s =
  let keep = function
    | ('a' .. 'z' | 'A' .. 'Z' | '0' .. '9' | '_') as c -> Some c
    | '-' -> Some '_'
    | _ -> None
  in
  let name = String.of_seq (Seq.filter_map keep (String.to_seq s)) in
  match name with
  | "" -> invalid_arg (Printf.sprintf "'%s' has no letter that an OCaml name could be made of" s)
  | name when name.[0] >= '0' && name.[0] <= '9' ->
      invalid_arg (Printf.sprintf "'%s' starts with a digit, an OCaml name may not" s)
  | name -> name

let create s ~prefix = prefix ^ "_" ^ String.sub (Digest.to_hex (Digest.string s)) 0 8
