(* SPDX-License-Identifier: Apache-2.0 *)
(* What comes out where there is no result, with its sign: printed as nan or -nan. *)
let zero = Sys.opaque_identity 0.
let inf = Sys.opaque_identity infinity
let minus = Sys.opaque_identity (-1.)
let show name x = Printf.printf "%s %h %f %s\n" name x x (string_of_float x)

let () =
  show "0 / 0" (zero /. zero);
  show "inf - inf" (inf -. inf);
  show "inf * 0" (inf *. zero);
  show "nan + 0" (nan +. zero);
  show "- nan" (-.nan);
  show "abs" (abs_float (zero /. zero));
  show "constant" (0. /. 0.);
  show "min" (Float.min nan minus);
  show "max" (Float.max (zero /. zero) minus);
  show "sqrt" (sqrt minus);
  show "log" (log minus);
  show "log2" (Float.log2 minus);
  show "log10" (log10 minus);
  show "log1p" (log1p (minus -. 1.));
  show "exp" (exp (-.nan));
  show "pow" (minus ** 0.5);
  show "sin" (sin inf);
  show "cos" (cos inf);
  show "tan" (tan inf);
  show "asin" (asin inf);
  show "acos" (acos inf);
  show "atan2" (atan2 nan minus);
  show "acosh" (Float.acosh zero);
  show "atanh" (Float.atanh inf);
  show "cbrt" (Float.cbrt nan);
  show "hypot" (hypot nan minus);
  show "fmod" (Float.rem inf inf);
  show "fmod 0" (Float.rem minus zero);
  show "fma" (Float.fma inf zero zero);
  show "fma inf" (Float.fma inf minus inf);
  show "floor" (floor nan);
  show "round" (Float.round (-.nan));
  show "succ" (Float.succ nan);
  show "modf" (fst (modf nan));
  show "frexp" (fst (Float.frexp nan));
  show "ldexp" (ldexp nan 3)
