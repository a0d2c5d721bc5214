(* SPDX-License-Identifier: Apache-2.0 *)
(* numbers of 16, 32 and 64 bits in big arrays of bytes: at any address, with their bounds, and kept in registers *)
type bytes = (char, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t

external get16 : bytes -> int -> int = "%caml_bigstring_get16"
external get32 : bytes -> int -> int32 = "%caml_bigstring_get32"
external get64 : bytes -> int -> int64 = "%caml_bigstring_get64"
external set16 : bytes -> int -> int -> unit = "%caml_bigstring_set16"
external set32 : bytes -> int -> int32 -> unit = "%caml_bigstring_set32"
external set64 : bytes -> int -> int64 -> unit = "%caml_bigstring_set64"
external swap32 : int32 -> int32 = "%bswap_int32"

let p = print_string
let int x = p (string_of_int x); p " "
let i32 x = int (Int32.to_int (Int32.shift_right_logical x 16)); int (Int32.to_int (Int32.logand x 0xFFFFl))
let i64 x = i32 (Int64.to_int32 (Int64.shift_right_logical x 32)); i32 (Int64.to_int32 x)
let opaque x = Sys.opaque_identity x
let create n : bytes = Bigarray.Array1.create Bigarray.char Bigarray.c_layout n
let bad f = try f () with Invalid_argument _ -> p "out "

let everywhere b =
  for i = 0 to 3 do
    set32 b i 0x12345678l; set16 b (i + 4) 0x1FEDC; set64 b (i + 6) 0x0102030405060708L;
    i32 (get32 b (opaque i)); int (get16 b (i + 4)); i64 (get64 b (i + 6)); int (get16 b (opaque (i + 3)))
  done;
  p "\n"

let bounds b =
  let n = Bigarray.Array1.dim b in
  List.iter
    (fun i ->
      bad (fun () -> set16 b (opaque i) 1); bad (fun () -> int (get16 b (opaque i)));
      bad (fun () -> set32 b (opaque i) 2l); bad (fun () -> i32 (get32 b (opaque i)));
      bad (fun () -> set64 b (opaque i) 3L); bad (fun () -> i64 (get64 b (opaque i))))
    [ min_int; -1; 0; n - 8; n - 7; n - 4; n - 3; n - 2; n - 1; max_int ];
  p "\n"

(* What is allocated between the accesses may move the block, and frees arrays that nobody knows. *)
let sums n =
  let total = ref 0l and kept = ref [] in
  for i = 1 to n do
    let b = create 12 in
    set32 b 1 (swap32 (Int32.of_int i)); set64 b 4 (Int64.of_int (i * i));
    kept := string_of_int i :: !kept;
    total := Int32.add !total (Int32.add (swap32 (get32 b 1)) (Int64.to_int32 (get64 b 4)))
  done;
  i32 !total; int (List.length !kept);
  let b = create 64 in
  for i = 0 to 31 do set16 b (2 * i) i done;
  let rec add i sum = if i < 0 then sum else add (i - 1) (sum + get16 b i) in
  int (add 62 0);
  (try
     for i = 0 to 100 do
       kept := string_of_int (get16 b i) :: !kept
     done
   with Invalid_argument message -> p message);
  int (List.length !kept); p "\n"

let () =
  everywhere (create 17);
  List.iter (fun n -> bounds (create n)) [ 20; 8; 3; 0 ];
  sums 50
