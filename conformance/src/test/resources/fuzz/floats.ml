(* SPDX-License-Identifier: Apache-2.0 *)
(* Operations on random floats, exact on every machine. *)
let state = ref 12345L
let next () = state := Int64.add (Int64.mul !state 6364136223846793005L) 1442695040888963407L; !state
let float () =
  let b = next () in
  let e = Int64.to_int (Int64.rem (Int64.shift_right_logical (next ()) 33) 130L) + 1023 - 8 in
  let m = Int64.logand b 0xFFFFFFFFFFFFFL in
  let m = match Int64.to_int (Int64.logand (Int64.shift_right_logical b 55) 7L) with 0 -> 0L | 1 -> 0xFFFFFFFFFFFFFL | 2 -> Int64.shift_left m 30 | 3 -> Int64.logor m 0xFFFFFL | _ -> m in
  let e = if Int64.logand b 0x7000L = 0L then Int64.to_int (Int64.rem (Int64.shift_right_logical (next ()) 33) 2046L) else e in
  Int64.float_of_bits (Int64.logor (Int64.logand b Int64.min_int) (Int64.logor (Int64.shift_left (Int64.of_int e) 52) (Int64.logand m 0xFFFFFFFFFFFFFL)))
let () =
  for i = 1 to 150 do
    let x = float () and y = float () in
    let (a, n) = Float.frexp x and (f, w) = modf x in
    let p name v = Printf.printf "%s %h %h = %h\n" name x y v in
    p "floor" (floor x); p "ceil" (ceil x); p "trunc" (Float.trunc x); p "round" (Float.round x);
    p "frexp" a; p "frexpn" (float_of_int n); p "modf" f; p "modfw" w; p "ldexp" (ldexp x (Int64.to_int (Int64.rem (next ()) 2100L)));
    p "fmod" (Float.rem x y); p "succ" (Float.succ x); p "pred" (Float.pred x); p "sqrt" (sqrt (abs_float x)); p "fma" (Float.fma x y 1.5); p "copysign" (Float.copy_sign x y);
    p "add" (x +. y); p "sub" (x -. y); p "mul" (x *. y); p "div" (x /. y); p "i64" (Int64.to_float (Int64.of_float (if abs_float x < 9e18 then x else 1.))); p "i32" (Int32.to_float (Int32.of_float (if abs_float x < 2e9 then x else 1.))); p "i64f" (Int64.to_float (next ())); p "f32" (Int32.float_of_bits (Int32.bits_of_float x));
    p "hypot" (hypot 3. 4.); p "min" (Float.min x y); p "max" (Float.max x y); p "cmp" (float_of_int (compare x y)); p "int" (if Float.is_integer x then 1. else 0.)
  done
