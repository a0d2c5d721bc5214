(* SPDX-License-Identifier: Apache-2.0 *)
(* the Mandelbrot set in fixed point of 12 bits *)
let size = 64
let () =
  let total = ref 0 in
  for py = 0 to size - 1 do
    for px = 0 to size - 1 do
      let cx = (px * 12288 / size) - 8192 and cy = (py * 8192 / size) - 4096 in
      let x = ref 0 and y = ref 0 and n = ref 0 in
      while !n < 50 && (!x * !x) + (!y * !y) < 4 lsl 24 do
        let t = (((!x * !x) - (!y * !y)) asr 12) + cx in
        y := ((!x * !y) asr 11) + cy;
        x := t;
        incr n
      done;
      total := (!total * 5 + !n) land 0xFFFFFF
    done
  done;
  print_string "mandel "; print_int !total; print_newline ()
