(* SPDX-License-Identifier: Apache-2.0 *)

(* What the tool wants to know about compiled OCaml files, as lines of fields
   separated by tabs:

     inspect archive FILE ...       any file; only archives and objects say more
       file FILE
       cobject ARGUMENT             what the archive wants C linked with
       literal UNIT VALUE           a number that 32 bits do not hold
     inspect source FILE.cmt ...
       literal FILE LINE FROM TO VALUE   columns, as compilers count *)

let print fields = print_endline (String.concat "\t" fields)

(* OCaml's int has 31 bits on the chip, nativeint 32. *)
let fits bits n =
  let bound = Int64.shift_left 1L (bits - 1) in
  Int64.compare n bound < 0 && Int64.compare n (Int64.neg bound) >= 0

let wide : Asttypes.constant -> string option = function
  | Const_int n when not (fits 31 (Int64.of_int n)) -> Some (string_of_int n)
  | Const_nativeint n when not (fits 32 (Int64.of_nativeint n)) ->
      Some (Nativeint.to_string n ^ "n")
  | _ -> None

let rec constants (c : Lambda.structured_constant) =
  match c with
  | Const_base c -> Option.to_list (wide c)
  | Const_block (_, fields) -> List.concat_map constants fields
  | Const_float_array _ | Const_immstring _ -> []

let unit_literals (u : Cmo_format.compilation_unit) =
  List.concat_map
    (function Cmo_format.Reloc_literal c, _ -> constants c | _ -> [])
    u.cu_reloc

let units ic : string list * Cmo_format.compilation_unit list =
  let magic = really_input_string ic (String.length Config.cma_magic_number) in
  if magic = Config.cma_magic_number then begin
    seek_in ic (input_binary_int ic);
    let library : Cmo_format.library = input_value ic in
    (library.lib_ccobjs, library.lib_units)
  end
  else if magic = Config.cmo_magic_number then begin
    seek_in ic (input_binary_int ic);
    ([], [ input_value ic ])
  end
  else ([], [])

(* What cannot be read is of no interest until a program is linked with it,
   and then the compiler says what is wrong. *)
let read_archive file =
  match open_in_bin file with
  | exception Sys_error _ -> ([], [])
  | ic ->
      Fun.protect ~finally:(fun () -> close_in ic) @@ fun () ->
      try units ic with End_of_file | Failure _ | Sys_error _ -> ([], [])

let archive file =
  let objects, units = read_archive file in
  print [ "file"; file ];
  List.iter (fun o -> print [ "cobject"; o ]) objects;
  List.iter
    (fun (u : Cmo_format.compilation_unit) ->
      List.iter
        (fun v -> print [ "literal"; u.cu_name; v ])
        (List.sort_uniq compare (unit_literals u)))
    units

let report (loc : Location.t) value =
  let p = loc.loc_start in
  let column (q : Lexing.position) = string_of_int (q.pos_cnum - p.pos_bol) in
  print
    [ "literal"; p.pos_fname; string_of_int p.pos_lnum; column p;
      column loc.loc_end; value ]

let iterator =
  let constant loc c = Option.iter (report loc) (wide c) in
  let expr it (e : Typedtree.expression) =
    (match e.exp_desc with
    | Texp_constant c -> constant e.exp_loc c
    | _ -> ());
    Tast_iterator.default_iterator.expr it e
  in
  let pat (type k) it (p : k Typedtree.general_pattern) =
    (match p.pat_desc with
    | Tpat_constant c -> constant p.pat_loc c
    | _ -> ());
    Tast_iterator.default_iterator.pat it p
  in
  { Tast_iterator.default_iterator with expr; pat }

let source file =
  match (Cmt_format.read_cmt file).cmt_annots with
  | Implementation structure -> iterator.structure iterator structure
  | _ -> ()

let () =
  match Array.to_list Sys.argv with
  | _ :: "archive" :: files -> List.iter archive files
  | _ :: "source" :: files -> List.iter source files
  | _ ->
      prerr_endline "usage: inspect archive|source FILE ...";
      exit 2
