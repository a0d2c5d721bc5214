(* SPDX-License-Identifier: Apache-2.0 *)

(* Random operations of the library str, every result printed. *)

let () =
  Random.init (match Sys.argv with [| _; seed |] -> int_of_string seed | _ -> 1);
  let pair = Str.regexp "\\([a-c]+\\)x\\(y*\\)" in
  let blanks = Str.regexp "[ x]+" in
  for _ = 1 to 700 do
    let s = String.init (Random.int 40) (fun _ -> "abcxy ".[Random.int 6]) in
    print_endline (Str.global_replace pair "<\\2|\\1>" s);
    print_endline (String.concat "," (Str.split blanks s));
    let position =
      try Str.search_backward pair s (String.length s) with Not_found -> -1
    in
    print_endline (string_of_int position)
  done
