(* SPDX-License-Identifier: Apache-2.0 *)
(* OCaml's bytecode compiler as a program that prints the digests of the files it writes. *)

(* Interfaces are looked for by name: what there is in RAM cannot be listed. *)
let () =
  Persistent_env.Persistent_signature.load :=
    fun ~unit_name ->
      let filename = String.uncapitalize_ascii unit_name ^ ".cmi" in
      if Sys.file_exists filename then
        Some
          {
            Persistent_env.Persistent_signature.filename;
            cmi = Cmi_format.read_cmi filename;
          }
      else None

let print_digests source =
  List.iter
    (fun ending ->
      let file = Filename.chop_suffix source ".ml" ^ ending in
      Printf.printf "%s %s\n" file (Digest.to_hex (Digest.file file)))
    [ ".cmi"; ".cmo" ]

let () =
  let status = Maindriver.main Sys.argv Format.err_formatter in
  if status = 0 then
    Array.iter
      (fun name -> if Filename.check_suffix name ".ml" then print_digests name)
      Sys.argv;
  exit status
