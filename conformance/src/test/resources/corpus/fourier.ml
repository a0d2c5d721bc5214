(* SPDX-License-Identifier: Apache-2.0 *)
(* Fourier transforms: floats in two arrays, complex numbers as records, numbers modulo a prime; products by them. *)

let pi = 4. *. atan 1.

(* Two float arrays, in place, bits reversed first *)
let bit_reverse n i =
  let rec go bit i r = if bit = n then r else go (bit * 2) (i lsr 1) ((r lsl 1) lor (i land 1)) in
  go 1 i 0

let fft_in_place ?(inverse = false) re im =
  let n = Array.length re in
  if n land (n - 1) <> 0 then invalid_arg "fft: not a power of two";
  for i = 0 to n - 1 do
    let j = bit_reverse n i in
    if i < j then begin
      let t = re.(i) in
      re.(i) <- re.(j);
      re.(j) <- t;
      let t = im.(i) in
      im.(i) <- im.(j);
      im.(j) <- t
    end
  done;
  let len = ref 2 in
  while !len <= n do
    let half = !len / 2 in
    let angle = (if inverse then 2. else -2.) *. pi /. float !len in
    let i = ref 0 in
    while !i < n do
      for k = 0 to half - 1 do
        let wr = cos (angle *. float k) and wi = sin (angle *. float k) in
        let a = !i + k in
        let b = a + half in
        let xr = (re.(b) *. wr) -. (im.(b) *. wi) and xi = (re.(b) *. wi) +. (im.(b) *. wr) in
        re.(b) <- re.(a) -. xr;
        im.(b) <- im.(a) -. xi;
        re.(a) <- re.(a) +. xr;
        im.(a) <- im.(a) +. xi
      done;
      i := !i + !len
    done;
    len := !len * 2
  done;
  if inverse then begin
    let f = 1. /. float n in
    for i = 0 to n - 1 do
      re.(i) <- re.(i) *. f;
      im.(i) <- im.(i) *. f
    done
  end

(* Recursive, with the stock complex numbers *)
let rec fft_complex sign = function
  | [| _ |] as a -> a
  | a ->
      let n = Array.length a in
      let part o = fft_complex sign (Array.init (n / 2) (fun i -> a.((2 * i) + o))) in
      let even = part 0 and odd = part 1 in
      Array.init n (fun k ->
          let j = k mod (n / 2) in
          let w = Complex.polar 1. (sign *. 2. *. pi *. float k /. float n) in
          Complex.add even.(j) (Complex.mul w odd.(j)))

let naive re im k =
  let n = Array.length re in
  let sr = ref 0. and si = ref 0. in
  for t = 0 to n - 1 do
    let a = -2. *. pi *. float (k * t mod n) /. float n in
    sr := !sr +. (re.(t) *. cos a) -. (im.(t) *. sin a);
    si := !si +. (re.(t) *. sin a) +. (im.(t) *. cos a)
  done;
  (!sr, !si)

(* Zero is printed without its sign. *)
let short x = if abs_float x < 5e-7 then "0.000000" else Printf.sprintf "%.6f" x

let () =
  let n = 32 in
  let re0 = Array.init n (fun i -> float ((i * i mod 17) - 8)) and im0 = Array.init n (fun i -> float (i mod 3)) in
  let re = Array.copy re0 and im = Array.copy im0 in
  fft_in_place re im;
  let c = fft_complex (-1.) (Array.init n (fun i -> { Complex.re = re0.(i); im = im0.(i) })) in
  let worst = ref 0. in
  for k = 0 to n - 1 do
    let r, i = naive re0 im0 k in
    let note d = if d > !worst then worst := d in
    note (hypot (r -. re.(k)) (i -. im.(k)));
    note (hypot (r -. c.(k).Complex.re) (i -. c.(k).Complex.im))
  done;
  Printf.printf "three ways: %s\n" (if !worst < 1e-10 then "the same" else string_of_float !worst);
  for k = 0 to 4 do
    Printf.printf "%d: %s %s\n" k (short re.(k)) (short im.(k))
  done;
  fft_in_place ~inverse:true re im;
  let back = ref 0. in
  Array.iteri (fun i x -> back := !back +. abs_float (x -. re0.(i)) +. abs_float (im.(i) -. im0.(i))) re;
  Printf.printf "and back: %s\n" (if !back < 1e-10 then "the same" else string_of_float !back);
  match fft_in_place (Array.make 12 0.) (Array.make 12 0.) with
  | () -> print_endline "?"
  | exception Invalid_argument m -> print_endline m

(* Power spectrum of two tones *)
let () =
  let n = 32 in
  let re = Array.init n (fun t -> (3. *. sin (2. *. pi *. 5. *. float t /. float n)) +. cos (2. *. pi *. 12. *. float t /. float n)) in
  let im = Array.make n 0. in
  fft_in_place re im;
  for k = 0 to n / 2 do
    let p = ((re.(k) *. re.(k)) +. (im.(k) *. im.(k))) /. float (n * n) in
    if p > 1e-6 then Printf.printf "bin %d: %.4f %s\n" k p (String.make (int_of_float ((p *. 20.) +. 0.5)) '*')
  done

(* Numbers modulo 12289 = 3 * 2^12 + 1; products fit 31 bits *)
module Ntt = struct
  let p = 12289
  let root = 11

  let rec power b e = if e = 0 then 1 else if e land 1 = 1 then b * power b (e - 1) mod p else power (b * b mod p) (e lsr 1)
  let inverse x = power x (p - 2)

  let transform ~root a =
    let n = Array.length a in
    let a = Array.init n (fun i -> a.(bit_reverse n i)) in
    let rec level len =
      if len <= n then begin
        let w = power root ((p - 1) / len) in
        let rec block i =
          if i < n then begin
            let rec butterfly k f =
              if k < len / 2 then begin
                let u = a.(i + k) and v = a.(i + k + (len / 2)) * f mod p in
                a.(i + k) <- (let s = u + v in if s >= p then s - p else s);
                a.(i + k + (len / 2)) <- (let d = u - v in if d < 0 then d + p else d);
                butterfly (k + 1) (f * w mod p)
              end
            in
            butterfly 0 1;
            block (i + len)
          end
        in
        block 0;
        level (len * 2)
      end
    in
    level 2;
    a

  let convolve a b =
    let want = Array.length a + Array.length b - 1 in
    let rec size n = if n >= want then n else size (2 * n) in
    let n = size 1 in
    let pad x = Array.append x (Array.make (n - Array.length x) 0) in
    let fa = transform ~root (pad a) and fb = transform ~root (pad b) in
    let c = transform ~root:(inverse root) (Array.map2 (fun x y -> x * y mod p) fa fb) in
    let i = inverse n in
    Array.init want (fun k -> c.(k) * i mod p)
end

let schoolbook a b =
  let c = Array.make (Array.length a + Array.length b - 1) 0 in
  Array.iteri (fun i x -> Array.iteri (fun j y -> c.(i + j) <- (c.(i + j) + (x * y)) mod Ntt.p) b) a;
  c

let () =
  List.iter
    (fun (n, m) ->
      let a = Array.init n (fun i -> ((i * i) + 7) mod 101) and b = Array.init m (fun i -> (i * 37) mod 89) in
      let c = Ntt.convolve a b in
      Printf.printf "%d x %d: %s, sum %d\n" n m
        (if c = schoolbook a b then "right" else "WRONG")
        (Array.fold_left ( + ) 0 c))
    [ (1, 1); (3, 5); (20, 13); (100, 60) ]

(* Long numbers multiplied by transforms of floats *)
let multiply s t =
  let digits s n = Array.init n (fun i -> if i < String.length s then float (Char.code s.[String.length s - 1 - i] - 48) else 0.) in
  let rec size n = if n >= String.length s + String.length t then n else size (2 * n) in
  let n = size 1 in
  let ar = digits s n and ai = Array.make n 0. and br = digits t n and bi = Array.make n 0. in
  fft_in_place ar ai;
  fft_in_place br bi;
  for i = 0 to n - 1 do
    let x = (ar.(i) *. br.(i)) -. (ai.(i) *. bi.(i)) and y = (ar.(i) *. bi.(i)) +. (ai.(i) *. br.(i)) in
    ar.(i) <- x;
    ai.(i) <- y
  done;
  fft_in_place ~inverse:true ar ai;
  let carry = ref 0 in
  let out = Bytes.make n '0' in
  for i = 0 to n - 1 do
    let v = !carry + int_of_float (floor (ar.(i) +. 0.5)) in
    Bytes.set out (n - 1 - i) (Char.chr (48 + (v mod 10)));
    carry := v / 10
  done;
  let s = Bytes.to_string out in
  let rec first i = if i < n - 1 && s.[i] = '0' then first (i + 1) else i in
  String.sub s (first 0) (n - first 0)

let () =
  let n = ref "1" in
  for i = 2 to 21 do
    n := multiply !n (string_of_int i)
  done;
  Printf.printf "21! = %s\n" !n;
  Printf.printf "%s\n" (multiply "12345678987654321" "12345678987654321");
  Printf.printf "%s\n" (multiply (String.make 30 '9') (String.make 30 '9'))
