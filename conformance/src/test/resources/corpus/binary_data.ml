(* SPDX-License-Identifier: Apache-2.0 *)
(* Bytes and big arrays: a tagged binary format with all accessor widths, base64 and hex dumps, an IP header with its checksum, images as big arrays, convolution, floats by their bits, Scanf over records. *)

(* A tagged format, written with growing bytes and read with bounds found by exceptions *)
type value = U8 of int | I16 of int | I32 of int32 | I64 of int64 | F64 of float | Text of string | Seq of value list | Pair of value * value

module Out = struct
  type t = { mutable data : Bytes.t; mutable pos : int }

  let create () = { data = Bytes.create 4; pos = 0 }

  let rec put t size write =
    match write t.data t.pos with
    | () -> t.pos <- t.pos + size
    | exception Invalid_argument _ ->
        t.data <- Bytes.extend t.data 0 (Bytes.length t.data + size);
        put t size write

  let u8 t v = put t 1 (fun b i -> Bytes.set_uint8 b i v)
  let text t s = put t (String.length s) (fun b i -> Bytes.blit_string s 0 b i (String.length s))

  let rec varint t n = if n < 128 then u8 t n else begin u8 t (n land 127 lor 128); varint t (n lsr 7) end

  let rec value t = function
    | U8 v -> u8 t 0; u8 t v
    | I16 v -> u8 t 1; put t 2 (fun b i -> Bytes.set_int16_be b i v)
    | I32 v -> u8 t 2; put t 4 (fun b i -> Bytes.set_int32_le b i v)
    | I64 v -> u8 t 3; put t 8 (fun b i -> Bytes.set_int64_be b i v)
    | F64 v -> u8 t 4; put t 8 (fun b i -> Bytes.set_int64_le b i (Int64.bits_of_float v))
    | Text s -> u8 t 5; varint t (String.length s); text t s
    | Seq l -> u8 t 6; varint t (List.length l); List.iter (value t) l
    | Pair (a, b) -> u8 t 7; value t a; value t b
end

exception Malformed of int * string

let read s =
  let pos = ref 0 in
  let take n get = let i = !pos in match get s i with v -> pos := i + n; v | exception Invalid_argument _ -> raise (Malformed (i, "cut short")) in
  let rec varint shift acc = let b = take 1 String.get_uint8 in let acc = acc lor ((b land 127) lsl shift) in if b < 128 then acc else if shift > 21 then raise (Malformed (!pos, "long number")) else varint (shift + 7) acc in
  let rec value depth =
    if depth > 20 then raise (Malformed (!pos, "too deep"));
    match take 1 String.get_uint8 with
    | 0 -> U8 (take 1 String.get_uint8)
    | 1 -> I16 (take 2 String.get_int16_be)
    | 2 -> I32 (take 4 String.get_int32_le)
    | 3 -> I64 (take 8 String.get_int64_be)
    | 4 -> F64 (Int64.float_of_bits (take 8 String.get_int64_le))
    | 5 -> let n = varint 0 0 in Text (take n (fun s i -> String.sub s i n))
    | 6 -> let n = varint 0 0 in let rec go n acc = if n = 0 then List.rev acc else go (n - 1) (value (depth + 1) :: acc) in Seq (go n [])
    | 7 -> let a = value (depth + 1) in Pair (a, value (depth + 1))
    | t -> raise (Malformed (!pos - 1, Printf.sprintf "tag %d" t))
  in
  let v = value 0 in
  if !pos < String.length s then raise (Malformed (!pos, "more behind it"));
  v

let rec show = function U8 v -> Printf.sprintf "%du" v | I16 v -> Printf.sprintf "%ds" v | I32 v -> Printf.sprintf "%ldl" v | I64 v -> Printf.sprintf "%LdL" v | F64 v -> Printf.sprintf "%h" v | Text s -> Printf.sprintf "%S" s | Seq l -> "[" ^ String.concat ";" (List.map show l) ^ "]" | Pair (a, b) -> "(" ^ show a ^ "," ^ show b ^ ")"
let write v = let t = Out.create () in Out.value t v; Bytes.sub_string t.data 0 t.pos

let hex s =
  let b = Buffer.create 100 in
  let n = String.length s in
  let rec line i =
    if i < n then begin
      Printf.bprintf b "%04x " i;
      for j = i to i + 15 do try Printf.bprintf b " %02x" (Char.code s.[j]) with Invalid_argument _ -> Buffer.add_string b "   " done;
      Buffer.add_string b "  ";
      for j = i to min n (i + 16) - 1 do Buffer.add_char b (match s.[j] with ' ' .. '~' as c -> c | _ -> '.') done;
      Buffer.add_char b '\n';
      line (i + 16)
    end
  in
  line 0;
  Buffer.contents b

let sample = Seq [ U8 200; I16 (-2); I32 0x80000001l; I64 (-81985529216486896L); F64 1.5; Text "binary\n"; Pair (Seq [], Pair (I16 32767, Text (String.make 130 'z'))); F64 neg_infinity; I64 Int64.max_int; F64 (-0.) ]

let () =
  let s = write sample in
  print_string (hex (String.sub s 0 70));
  Printf.printf "%s\n%b\n" (show (match read s with Seq l -> Seq (List.filteri (fun i _ -> i <> 6) l) | v -> v)) (read s = sample);
  let outcomes = Hashtbl.create 7 in
  for cut = 0 to String.length s - 1 do
    let note k = Hashtbl.replace outcomes k (1 + try Hashtbl.find outcomes k with Not_found -> 0) in
    (match read (String.sub s 0 cut) with _ -> note "read" | exception Malformed (_, m) -> note m);
    match read (String.mapi (fun i c -> if i = cut then Char.chr (Char.code c lxor 0x55) else c) s) with _ -> note "changed" | exception Malformed (_, m) -> note m
  done;
  Hashtbl.fold (fun k n l -> (k, n) :: l) outcomes [] |> List.sort compare |> List.iter (fun (k, n) -> Printf.printf "%s: %d; " k n);
  print_newline ()

(* Base 64 *)
let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

let encode s =
  let n = String.length s in
  String.init ((n + 2) / 3 * 4) (fun k ->
      let i = k / 4 * 3 in
      let at j = try Char.code s.[i + j] with Invalid_argument _ -> 0 in
      let v = (at 0 lsl 16) lor (at 1 lsl 8) lor at 2 in
      if i + (k land 3) > n then '=' else alphabet.[(v lsr (6 * (3 - (k land 3)))) land 63])

let decode s =
  let b = Buffer.create 16 in
  let acc = ref 0 and bits = ref 0 in
  (try String.iter (fun c -> if c = '=' then raise_notrace Exit; acc := ((!acc lsl 6) lor String.index alphabet c) land 0xFFFFFF; bits := !bits + 6; if !bits >= 8 then begin bits := !bits - 8; Buffer.add_char b (Char.chr ((!acc lsr !bits) land 255)) end) s with Exit -> ());
  Buffer.contents b

let () =
  List.iter (fun s -> Printf.printf "%s %b; " (encode s) (decode (encode s) = s)) [ ""; "f"; "fo"; "foo"; "foob"; "fooba"; "foobar"; "\255\254\000" ];
  match decode "Zm9*" with _ -> () | exception Not_found -> print_endline "* is no digit"

(* An IP header *)
let () =
  let b = Bytes.make 20 '\000' in
  Bytes.set_uint8 b 0 0x45; Bytes.set_uint16_be b 2 115; Bytes.set_uint16_be b 6 0x4000; Bytes.set_uint8 b 8 64; Bytes.set_uint8 b 9 17;
  Bytes.set_int32_be b 12 0xC0A80001l; Bytes.set_int32_be b 16 0xC0A800C7l;
  let checksum () = let sum = ref 0 in for i = 0 to 9 do sum := !sum + Bytes.get_uint16_be b (2 * i) done; let rec fold s = if s > 0xFFFF then fold ((s land 0xFFFF) + (s lsr 16)) else s in lnot (fold !sum) land 0xFFFF in
  Bytes.set_uint16_be b 10 (checksum ());
  Printf.printf "checksum %04x, then %04x; %d %d %d\n" (Bytes.get_uint16_be b 10) (checksum ()) (Bytes.get_int8 b 12) (Bytes.get_int16_le b 12) (Bytes.get_uint16_le b 12)

(* Images: big arrays of bytes, blurred, edges found, borders by exceptions; matrices of all kinds *)
open Bigarray

let () =
  let w = 24 and h = 14 in
  let image = Array2.create int8_unsigned c_layout h w in
  for y = 0 to h - 1 do for x = 0 to w - 1 do image.{y, x} <- (let dx = x - 12 and dy = 2 * (y - 7) in if (dx * dx) + (dy * dy) < 90 then 250 else 20 + x) done done;
  let convolve kernel scale =
    let out = Array2.create int16_signed c_layout h w and outside = ref 0 in
    for y = 0 to h - 1 do
      for x = 0 to w - 1 do
        let s = ref 0 in
        for dy = -1 to 1 do
          for dx = -1 to 1 do
            let v = try image.{y + dy, x + dx} with Invalid_argument _ -> incr outside; image.{y, x} in
            s := !s + (v * kernel.((3 * dy) + dx + 4))
          done
        done;
        out.{y, x} <- !s / scale
      done
    done;
    (out, !outside)
  in
  let blur, outside = convolve [| 1; 2; 1; 2; 4; 2; 1; 2; 1 |] 16 in
  let edges, _ = convolve [| -1; 0; 1; -2; 0; 2; -1; 0; 1 |] 1 in
  let sum a = let s = ref 0 in for y = 0 to h - 1 do for x = 0 to w - 1 do s := !s + a.{y, x} done done; !s in
  Printf.printf "%d outside, sums %d %d %d\n" outside (sum image) (sum blur) (sum edges);
  for y = 0 to h - 1 do
    if y mod 3 = 0 then begin
      for x = 0 to w - 1 do print_char (match edges.{y, x} with v when v > 300 -> '/' | v when v < -300 -> '\\' | _ -> if blur.{y, x} > 128 then '#' else '.') done;
      print_newline ()
    end
  done;
  let row = Array2.slice_left image 7 in
  let part = Array1.sub row 8 8 in
  Array1.fill part 1;
  Printf.printf "%d %d %d\n" (sum image) image.{7, 8} image.{7, 16}

let () =
  let test (type a b) name (kind : (a, b) kind) (of_int : int -> a) (show : a -> string) =
    let a = Array1.create kind fortran_layout 9 in
    for i = 1 to 9 do a.{i} <- of_int ((i * i * i * 77) - 20000) done;
    let b = Array1.create kind fortran_layout 9 in
    Array1.blit a b;
    b.{5} <- of_int (-1);
    let out = try show a.{0} with Invalid_argument _ -> "outside" in
    Printf.printf "%s: %s %s %s, %b %b, %s, %d bytes\n" name (show a.{1}) (show a.{9}) (show b.{5}) (compare a b > 0) (a = b) out (Array1.size_in_bytes a)
  in
  test "int8" int8_signed Fun.id string_of_int; test "uint8" int8_unsigned Fun.id string_of_int; test "int16" int16_signed Fun.id string_of_int; test "uint16" int16_unsigned Fun.id string_of_int;
  test "int" int Fun.id string_of_int; test "int32" int32 Int32.of_int Int32.to_string; test "int64" int64 Int64.of_int Int64.to_string; test "nativeint" nativeint Nativeint.of_int Nativeint.to_string;
  test "float32" float32 float (Printf.sprintf "%g"); test "float64" float64 float (Printf.sprintf "%g"); test "complex64" complex64 (fun i -> { Complex.re = float i; im = float (i / 3) }) (fun c -> Printf.sprintf "%g+%gi" c.re c.im); test "char" char (fun i -> Char.chr (i land 255)) (Printf.sprintf "%C");
  let m = Array3.init float64 c_layout 3 4 5 (fun i j k -> float ((i * 100) + (j * 10) + k)) in
  let flat = reshape_1 (genarray_of_array3 m) 60 in
  let s = ref 0. in
  for i = 0 to 59 do s := !s +. (flat.{i} *. float (i mod 4)) done;
  Printf.printf "%g %g\n" !s m.{2, 3, 4};
  match m.{1, 4, 0} with v -> Printf.printf "%g\n" v | exception Invalid_argument e -> print_endline e

(* Floats by their bits *)
let () =
  List.iter
    (fun x ->
      let b = Int64.bits_of_float x in
      let sign = Int64.compare b 0L < 0 and exponent = Int64.to_int (Int64.shift_right_logical b 52) land 0x7FF and fraction = Int64.logand b 0xF_FFFF_FFFF_FFFFL in
      let again = if exponent = 0x7FF then (if fraction = 0L then infinity else nan) else let m = if exponent = 0 then fraction else Int64.logor fraction 0x10_0000_0000_0000L in ldexp (Int64.to_float m) (max exponent 1 - 1075) in
      let again = if sign then -.again else again in
      Printf.printf "%h %b %d %Lx %b %lx\n" x sign exponent fraction (compare again x = 0) (Int32.bits_of_float x))
    [ 1.; -2.5; 0.1; 0.; -0.; 1e300; 4.9e-324; infinity; nan; 16777217. ]

(* Scanf over a table *)
let () =
  let ic = Scanf.Scanning.from_string "rec 1: bolt x12 @0.25 [aa,b]\nrec 2: nut   x7 @1.5e1 []\nrec x: bad\nrec 3: \"quoted\" x0x10 @-2 [z]\n" in
  (try
     while true do
       try Scanf.bscanf ic "rec %d: %s x%i %@%f [%[^]]]\n" (fun n name count price tags -> Printf.printf "%d %s %d %.3f %s\n" n name count price (String.concat "|" (String.split_on_char ',' tags)))
       with Scanf.Scan_failure _ | Failure _ -> Scanf.bscanf ic "%[^\n]\n" (Printf.printf "skipped %S\n")
     done
   with End_of_file -> ());
  Printf.printf "%d\n" (Scanf.sscanf "10 0x1F -7 0b101" "%d %i %d %i" (fun a b c d -> a + b + c + d))
