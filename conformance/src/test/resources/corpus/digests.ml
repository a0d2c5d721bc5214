(* SPDX-License-Identifier: Apache-2.0 *)
(* Digests: MD5 and SHA-1 on int32, SHA-256 on halves in plain ints, CRC-32 three ways, Adler, FNV-1a, SipHash and xorshift on int64, Murmur on nativeint, RC4. *)

let hex s = String.concat "" (List.map (fun c -> Printf.sprintf "%02x" (Char.code c)) (List.of_seq (String.to_seq s)))

let pad ~big s =
  let n = String.length s in
  let total = (n + 9 + 63) / 64 * 64 in
  let b = Bytes.make total '\000' in
  Bytes.blit_string s 0 b 0 n;
  Bytes.set b n '\x80';
  if big then Bytes.set_int64_be b (total - 8) (Int64.of_int (8 * n)) else Bytes.set_int64_le b (total - 8) (Int64.of_int (8 * n));
  b

module I = struct
  let ( + ) = Int32.add
  let ( &&& ) = Int32.logand
  let ( ||| ) = Int32.logor
  let ( ^^^ ) = Int32.logxor
  let lnot = Int32.lognot
  let rol x n = Int32.logor (Int32.shift_left x n) (Int32.shift_right_logical x (32 - n))
end

let md5 s =
  let open I in
  let b = pad ~big:false s in
  let k = Array.init 64 (fun i -> Int32.of_string (Printf.sprintf "0u%.0f" (floor (abs_float (sin (float (succ i))) *. 4294967296.)))) in
  let shifts = [| 7; 12; 17; 22; 5; 9; 14; 20; 4; 11; 16; 23; 6; 10; 15; 21 |] in
  let state = [| 0x67452301l; 0xefcdab89l; 0x98badcfel; 0x10325476l |] in
  let chunk = ref 0 in
  while !chunk < Bytes.length b do
    let a = ref state.(0) and b' = ref state.(1) and c = ref state.(2) and d = ref state.(3) in
    for i = 0 to 63 do
      let f, g =
        match i lsr 4 with
        | 0 -> ((!b' &&& !c) ||| (lnot !b' &&& !d), i)
        | 1 -> ((!d &&& !b') ||| (lnot !d &&& !c), ((5 * i) |> succ) land 15)
        | 2 -> (!b' ^^^ !c ^^^ !d, Stdlib.( + ) (3 * i) 5 land 15)
        | _ -> (!c ^^^ (!b' ||| lnot !d), 7 * i land 15)
      in
      let t = !d in
      d := !c;
      c := !b';
      b' := !b' + rol (!a + f + k.(i) + Bytes.get_int32_le b (Stdlib.( + ) !chunk (4 * g))) shifts.(((i lsr 4) * 4) lor (i land 3));
      a := t
    done;
    Array.iteri (fun i v -> state.(i) <- state.(i) + v) [| !a; !b'; !c; !d |];
    chunk := Stdlib.( + ) !chunk 64
  done;
  let out = Bytes.create 16 in
  Array.iteri (fun i v -> Bytes.set_int32_le out (4 * i) v) state;
  Bytes.to_string out

let sha1 s =
  let open I in
  let b = pad ~big:true s in
  let h = [| 0x67452301l; 0xEFCDAB89l; 0x98BADCFEl; 0x10325476l; 0xC3D2E1F0l |] in
  let w = Array.make 80 0l in
  for block = 0 to (Bytes.length b / 64) - 1 do
    for i = 0 to 79 do
      w.(i) <- (if i < 16 then Bytes.get_int32_be b Stdlib.((64 * block) + (4 * i)) else rol (w.(i - 3) ^^^ w.(i - 8) ^^^ w.(i - 14) ^^^ w.(i - 16)) 1)
    done;
    let rec round i a b c d e =
      if i = 80 then Array.iteri (fun i v -> h.(i) <- h.(i) + v) [| a; b; c; d; e |]
      else
        let f, k =
          if i < 20 then ((b &&& c) ||| (lnot b &&& d), 0x5A827999l)
          else if i < 40 then (b ^^^ c ^^^ d, 0x6ED9EBA1l)
          else if i < 60 then ((b &&& c) ||| (b &&& d) ||| (c &&& d), 0x8F1BBCDCl)
          else (b ^^^ c ^^^ d, 0xCA62C1D6l)
        in
        round (succ i) (rol a 5 + f + e + k + w.(i)) a (rol b 30) c d
    in
    round 0 h.(0) h.(1) h.(2) h.(3) h.(4)
  done;
  String.concat "" (Array.to_list (Array.map (fun v -> let b = Bytes.create 4 in Bytes.set_int32_be b 0 v; Bytes.to_string b) h))

(* SHA-256 with pairs of 16 bits: ints of 31 bits are enough; the constants from cube roots of primes *)
let primes n =
  let rec go k acc = if List.length acc = n then List.rev acc else go (k + 1) (if List.exists (fun p -> k mod p = 0) acc then acc else k :: acc) in
  go 2 []

let fraction root p =
  let x = root (float p) in
  let f = x -. floor x in
  let hi = int_of_float (f *. 65536.) in
  let lo = int_of_float (((f *. 65536.) -. float hi) *. 65536.) in
  (hi, lo)

let cube_root x =
  let rec newton y k = if k = 0 then y else newton (y -. (((y *. y *. y) -. x) /. (3. *. y *. y))) (k - 1) in
  newton (x /. 3. +. 1.) 40

let sha256 s =
  let k = Array.of_list (List.map (fraction cube_root) (primes 64)) in
  let h = Array.of_list (List.map (fraction sqrt) (primes 8)) in
  let add (a, b) (c, d) = let lo = b + d in ((a + c + (lo lsr 16)) land 0xFFFF, lo land 0xFFFF) in
  let map2 f (a, b) (c, d) = (f a c, f b d) in
  let xor = map2 ( lxor ) and conj = map2 ( land ) in
  let neg (a, b) = (a lxor 0xFFFF, b lxor 0xFFFF) in
  let rec ror n (a, b) = if n >= 16 then ror (n - 16) (b, a) else (((a lsr n) lor (b lsl (16 - n))) land 0xFFFF, ((b lsr n) lor (a lsl (16 - n))) land 0xFFFF) in
  let shr n (a, b) = (a lsr n, ((b lsr n) lor (a lsl (16 - n))) land 0xFFFF) in
  let data = pad ~big:true s in
  let w = Array.make 64 (0, 0) in
  for block = 0 to (Bytes.length data / 64) - 1 do
    for i = 0 to 15 do
      w.(i) <- (Bytes.get_uint16_be data ((block * 64) + (4 * i)), Bytes.get_uint16_be data ((block * 64) + (4 * i) + 2))
    done;
    for i = 16 to 63 do
      let s0 = xor (xor (ror 7 w.(i - 15)) (ror 18 w.(i - 15))) (shr 3 w.(i - 15)) in
      let s1 = xor (xor (ror 17 w.(i - 2)) (ror 19 w.(i - 2))) (shr 10 w.(i - 2)) in
      w.(i) <- add (add w.(i - 16) s0) (add w.(i - 7) s1)
    done;
    let v = Array.copy h in
    for i = 0 to 63 do
      let a = v.(0) and b = v.(1) and c = v.(2) and e = v.(4) in
      let s1 = xor (xor (ror 6 e) (ror 11 e)) (ror 25 e) in
      let ch = xor (conj e v.(5)) (conj (neg e) v.(6)) in
      let t1 = add (add v.(7) s1) (add ch (add k.(i) w.(i))) in
      let s0 = xor (xor (ror 2 a) (ror 13 a)) (ror 22 a) in
      let t2 = add s0 (xor (xor (conj a b) (conj a c)) (conj b c)) in
      Array.blit v 0 v 1 7;
      v.(4) <- add v.(4) t1;
      v.(0) <- add t1 t2
    done;
    Array.iteri (fun i x -> h.(i) <- add h.(i) x) v
  done;
  String.concat "" (Array.to_list (Array.map (fun (a, b) -> Printf.sprintf "%04x%04x" a b) h))

(* CRC-32: bits on int32, a table on int32, a table on two halves *)
let crc_bits s =
  let c = ref (-1l) in
  String.iter
    (fun ch ->
      c := Int32.logxor !c (Int32.of_int (Char.code ch));
      for _ = 1 to 8 do
        let low = Int32.logand !c 1l in
        c := Int32.shift_right_logical !c 1;
        if low <> 0l then c := Int32.logxor !c 0xEDB88320l
      done)
    s;
  Int32.lognot !c

let table =
  Array.init 256 (fun i ->
      let rec go k c = if k = 0 then c else go (k - 1) (if Int32.rem c 2l <> 0l then Int32.logxor (Int32.shift_right_logical c 1) 0xEDB88320l else Int32.shift_right_logical c 1) in
      go 8 (Int32.of_int i))

let crc_table s = Int32.lognot (String.fold_left (fun c ch -> Int32.logxor table.(Int32.to_int (Int32.logand (Int32.logxor c (Int32.of_int (Char.code ch))) 255l)) (Int32.shift_right_logical c 8)) (-1l) s)

let crc_halves s =
  let hi = Array.map (fun c -> Int32.to_int (Int32.shift_right_logical c 16)) table and lo = Array.map (fun c -> Int32.to_int c land 0xFFFF) table in
  let h = ref 0xFFFF and l = ref 0xFFFF in
  for i = 0 to String.length s - 1 do
    let k = (!l lxor Char.code s.[i]) land 255 in
    l := lo.(k) lxor ((!l lsr 8) lor ((!h land 255) lsl 8));
    h := hi.(k) lxor (!h lsr 8)
  done;
  Printf.sprintf "%04x%04x" (!h lxor 0xFFFF) (!l lxor 0xFFFF)

let adler s =
  let a, b = String.fold_left (fun (a, b) c -> let a = (a + Char.code c) mod 65521 in (a, (b + a) mod 65521)) (1, 0) s in
  Printf.sprintf "%04x%04x" b a

let fnv64 s = String.fold_left (fun h c -> Int64.mul (Int64.logxor h (Int64.of_int (Char.code c))) 0x100000001B3L) 0xCBF29CE484222325L s

let siphash s =
  let ( + ) = Int64.add and ( ^^ ) = Int64.logxor in
  let rol x n = Int64.logor (Int64.shift_left x n) (Int64.shift_right_logical x (64 - n)) in
  let k0 = 0x0706050403020100L and k1 = 0x0F0E0D0C0B0A0908L in
  let v0 = ref (k0 ^^ 0x736F6D6570736575L) and v1 = ref (k1 ^^ 0x646F72616E646F6DL) and v2 = ref (k0 ^^ 0x6C7967656E657261L) and v3 = ref (k1 ^^ 0x7465646279746573L) in
  let rounds n =
    for _ = 1 to n do
      v0 := !v0 + !v1; v1 := rol !v1 13; v1 := !v1 ^^ !v0; v0 := rol !v0 32;
      v2 := !v2 + !v3; v3 := rol !v3 16; v3 := !v3 ^^ !v2;
      v0 := !v0 + !v3; v3 := rol !v3 21; v3 := !v3 ^^ !v0;
      v2 := !v2 + !v1; v1 := rol !v1 17; v1 := !v1 ^^ !v2; v2 := rol !v2 32
    done
  in
  let word m = v3 := !v3 ^^ m; rounds 2; v0 := !v0 ^^ m in
  let n = String.length s in
  let i = ref 0 in
  (try
     while true do
       word (String.get_int64_le s !i);
       i := Stdlib.( + ) !i 8
     done
   with Invalid_argument _ -> ());
  let last = ref (Int64.shift_left (Int64.of_int n) 56) in
  for j = !i to n - 1 do last := Int64.logor !last (Int64.shift_left (Int64.of_int (Char.code s.[j])) (8 * (j - !i))) done;
  word !last;
  v2 := !v2 ^^ 0xFFL;
  rounds 4;
  !v0 ^^ !v1 ^^ !v2 ^^ !v3

(* Murmur 3 of 32 bits, on nativeint cut to 32 bits *)
let murmur seed s =
  let open Nativeint in
  let mask = sub (shift_left 1n 16) 1n in
  let mask = logor mask (shift_left mask 16) in
  let cut x = logand x mask in
  let constant c = cut (of_int32 c) in
  let rol x n = cut (logor (shift_left x n) (shift_right_logical (cut x) (32 - n))) in
  let mix k = cut (mul (rol (cut (mul k (constant 0xCC9E2D51l))) 15) (constant 0x1B873593l)) in
  let n = String.length s in
  let h = ref seed in
  for i = 0 to (n / 4) - 1 do
    h := cut (add (mul (rol (logxor !h (mix (constant (String.get_int32_le s (4 * i))))) 13) 5n) (constant 0xE6546B64l))
  done;
  let tail = ref 0n in
  for j = n - 1 downto n land lnot 3 do tail := logor (shift_left !tail 8) (of_int (Char.code s.[j])) done;
  h := logxor !h (mix !tail);
  h := logxor !h (of_int n);
  let finish h shift = logxor h (shift_right_logical h shift) in
  Printf.sprintf "%08nx" (finish (cut (mul (finish (cut (mul (finish !h 16) (constant 0x85EBCA6Bl))) 13) (constant 0xC2B2AE35l))) 16)

let rc4 key text =
  let s = Array.init 256 Fun.id and j = ref 0 in
  let swap a b = let t = s.(a) in s.(a) <- s.(b); s.(b) <- t in
  for i = 0 to 255 do
    j := (!j + s.(i) + Char.code key.[i mod String.length key]) land 255;
    swap i !j
  done;
  let i = ref 0 in
  j := 0;
  String.map (fun c -> i := (!i + 1) land 255; j := (!j + s.(!i)) land 255; swap !i !j; Char.chr (Char.code c lxor s.((s.(!i) + s.(!j)) land 255))) text

let () =
  List.iter
    (fun s ->
      Printf.printf "%S\n  md5 %s%s\n  sha1 %s\n  sha256 %s\n" (if String.length s > 30 then String.sub s 0 30 else s) (hex (md5 s)) (if md5 s = Digest.string s then "" else " WRONG") (hex (sha1 s)) (sha256 s);
      let c = crc_bits s in
      Printf.printf "  crc %08lx%s adler %s fnv %Lx murmur %s\n" c (if crc_table s = c && crc_halves s = Printf.sprintf "%08lx" c then "" else " WRONG") (adler s) (fnv64 s) (murmur 42n s);
      Printf.printf "  siphash %016Lx rc4 %s\n" (siphash s) (hex (rc4 "Key" (if String.length s > 12 then String.sub s 0 12 else s))))
    [ ""; "a"; "abc"; "message digest"; "Plaintext"; "123456789"; String.make 63 'x'; String.init 70 (fun i -> Char.chr (i * 7 land 255)) ]
