(* SPDX-License-Identifier: Apache-2.0 *)
(* Prints OCaml values in full: what MarshalReader reads must print the same.
   print_value write FILE      marshals the samples below to FILE and prints them
   print_value data FILE       prints the DATA section of the bytecode executable FILE *)

let seen : (Obj.t * int) list ref = ref []
let count = ref 0

let custom_name v : string =
  (* The boxed integers are told apart by comparing custom operations. *)
  let ops x = Obj.raw_field (Obj.repr x) 0 in
  let mine = Obj.raw_field v 0 in
  if mine = ops 1l then "_i" else if mine = ops 1L then "_j" else "_n"

let rec print b v =
  if Obj.is_int v then Buffer.add_string b (string_of_int (Obj.obj v))
  else if Obj.size v = 0 then Printf.bprintf b "(%d)" (Obj.tag v)
  else
    match List.assq_opt v !seen with
    | Some n -> Printf.bprintf b "#%d" n
    | None ->
        seen := (v, !count) :: !seen;
        incr count;
        let tag = Obj.tag v in
        if tag = Obj.string_tag then begin
          Buffer.add_char b 's';
          String.iter (fun c -> Printf.bprintf b "%02x" (Char.code c)) (Obj.obj v)
        end
        else if tag = Obj.double_tag then
          Printf.bprintf b "d%016Lx" (Int64.bits_of_float (Obj.obj v))
        else if tag = Obj.double_array_tag then begin
          Buffer.add_char b 'a';
          Array.iter
            (fun d -> Printf.bprintf b "%016Lx" (Int64.bits_of_float d))
            (Obj.obj v : float array)
        end
        else if tag = Obj.custom_tag then begin
          let name = custom_name v in
          Buffer.add_string b name;
          Buffer.add_string b
            (match name with
            | "_i" -> Int32.to_string (Obj.obj v)
            | "_j" -> Int64.to_string (Obj.obj v)
            | _ -> Nativeint.to_string (Obj.obj v))
        end
        else begin
          Printf.bprintf b "(%d" tag;
          for i = 0 to Obj.size v - 1 do
            Buffer.add_char b ' ';
            print b (Obj.field v i)
          done;
          Buffer.add_char b ')'
        end

let show v =
  let b = Buffer.create 1000 in
  print b v;
  print_string (Buffer.contents b)

type cyclic = { mutable self : cyclic option; name : string }

let samples () =
  let c = { self = None; name = "cycle" } in
  c.self <- Some c;
  let shared = "shared" in
  Obj.repr
    ( [ 0; 1; 63; 64; -1; 127; -128; 128; 32767; -32768; 32768; max_int; min_int; 1 lsl 31; -(1 lsl 31) ],
      [ ""; "a"; "abc"; "abcd"; String.make 31 'x'; String.make 32 'y'; String.make 300 '\255' ],
      [ 0.; -0.; 1.5; nan; infinity; 1e-310 ],
      ([| 1.; 2.; 3. |], [||], Array.make 300 0.1),
      ([ 1l; Int32.min_int ], [ 1L; Int64.max_int ], [ 1n; Nativeint.min_int; 0x7fffffffn ]),
      (shared, shared, c, Array.init 1000 string_of_int, Array.make 20 shared),
      (Some 1, Ok "x", Error 'c', `Variant, `Other 3, (1, (2, (3, (4, (5, 6)))))),
      Array.init 300 (fun i -> if i mod 2 = 0 then shared else string_of_int i) )

let section file wanted =
  let ic = open_in_bin file in
  let size = in_channel_length ic in
  seek_in ic (size - 16);
  let n = input_binary_int ic in
  let table = size - 16 - (8 * n) in
  seek_in ic table;
  let toc = List.init n (fun _ ->
    let name = really_input_string ic 4 in
    let length = input_binary_int ic in
    (name, length)) in
  let total = List.fold_left (fun sum (_, length) -> sum + length) 0 toc in
  let rec find at = function
    | [] -> failwith wanted
    | (name, length) :: rest -> if name = wanted then at else find (at + length) rest
  in
  seek_in ic (find (table - total) toc);
  ic

let () =
  set_binary_mode_out stdout true;
  match Sys.argv with
  | [| _; "write"; file |] ->
      let oc = open_out_bin file in
      let v = samples () in
      output_value oc v;
      close_out oc;
      show v
  | [| _; "data"; file |] -> show (Obj.repr (input_value (section file "DATA")))
  | _ -> exit 2
