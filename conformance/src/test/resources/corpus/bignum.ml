(* SPDX-License-Identifier: Apache-2.0 *)
(* Long numbers: signed, base 10^4 in int arrays; Karatsuba, Knuth's division, powers modulo, roots, primes by Miller and Rabin, digits of pi and e. *)

let base = 10_000

module Nat = struct
  (* least digit first, no zero at the end *)
  type t = int array

  let zero = [||]

  let trim a =
    let n = ref (Array.length a) in
    while !n > 0 && a.(!n - 1) = 0 do decr n done;
    if !n = Array.length a then a else Array.sub a 0 !n

  let rec of_int i = if i < base then trim [| i |] else Array.append [| i mod base |] (of_int (i / base))

  let compare a b =
    match compare (Array.length a) (Array.length b) with
    | 0 ->
        let rec go i = if i < 0 then 0 else match compare a.(i) b.(i) with 0 -> go (i - 1) | c -> c in
        go (Array.length a - 1)
    | c -> c

  let add a b =
    let a, b = if Array.length a < Array.length b then (b, a) else (a, b) in
    let carry = ref 0 in
    let c =
      Array.init (Array.length a + 1) (fun i ->
          let s = !carry + (try a.(i) with Invalid_argument _ -> 0) + if i < Array.length b then b.(i) else 0 in
          carry := s / base;
          s mod base)
    in
    trim c

  let sub a b =
    if compare a b < 0 then invalid_arg "Nat.sub";
    let borrow = ref 0 in
    trim
      (Array.mapi
         (fun i x ->
           let d = x - !borrow - if i < Array.length b then b.(i) else 0 in
           if d < 0 then begin borrow := 1; d + base end else begin borrow := 0; d end)
         a)

  let school a b =
    let n = Array.length a and m = Array.length b in
    let c = Array.make (n + m) 0 in
    for i = 0 to n - 1 do
      let carry = ref 0 in
      for j = 0 to m - 1 do
        let t = c.(i + j) + (a.(i) * b.(j)) + !carry in
        c.(i + j) <- t mod base;
        carry := t / base
      done;
      c.(i + m) <- !carry
    done;
    trim c

  let shift k a = if a = zero then zero else Array.append (Array.make k 0) a
  let low k a = trim (Array.sub a 0 (min k (Array.length a)))
  let high k a = if k >= Array.length a then zero else Array.sub a k (Array.length a - k)

  let rec karatsuba a b =
    let n = min (Array.length a) (Array.length b) in
    if n < 8 then school a b
    else
      let k = (max (Array.length a) (Array.length b) + 1) / 2 in
      let a0 = low k a and a1 = high k a and b0 = low k b and b1 = high k b in
      let z0 = karatsuba a0 b0 and z2 = karatsuba a1 b1 in
      let z1 = sub (sub (karatsuba (add a0 a1) (add b0 b1)) z0) z2 in
      add z0 (add (shift k z1) (shift (2 * k) z2))

  let mul = karatsuba

  let divmod_small a d =
    let r = ref 0 in
    let q = Array.make (Array.length a) 0 in
    for i = Array.length a - 1 downto 0 do
      let t = (!r * base) + a.(i) in
      q.(i) <- t / d;
      r := t mod d
    done;
    (trim q, !r)

  (* Knuth's algorithm D *)
  let divmod a b =
    match Array.length b with
    | 0 -> raise Division_by_zero
    | 1 ->
        let q, r = divmod_small a b.(0) in
        (q, of_int r)
    | n when Array.length a < n -> (zero, a)
    | n ->
        let d = base / (b.(n - 1) + 1) in
        let scale x = let c = ref 0 in let y = Array.map (fun v -> let t = (v * d) + !c in c := t / base; t mod base) x in (y, !c) in
        let u, top = scale a in
        let u = Array.append u [| top |] and v, _ = scale b in
        let m = Array.length a - n in
        let q = Array.make (m + 1) 0 in
        for j = m downto 0 do
          let num = (u.(j + n) * base) + u.(j + n - 1) in
          let qh = ref (num / v.(n - 1)) and rh = ref (num mod v.(n - 1)) in
          (try
             while !qh >= base || !qh * v.(n - 2) > (!rh * base) + u.(j + n - 2) do
               decr qh;
               rh := !rh + v.(n - 1);
               if !rh >= base then raise_notrace Exit
             done
           with Exit -> ());
          let borrow = ref 0 and carry = ref 0 in
          for i = 0 to n - 1 do
            let p = (!qh * v.(i)) + !carry in
            carry := p / base;
            let t = u.(i + j) - !borrow - (p mod base) in
            u.(i + j) <- (if t < 0 then begin borrow := 1; t + base end else begin borrow := 0; t end)
          done;
          let t = u.(j + n) - !borrow - !carry in
          u.(j + n) <- t;
          if t < 0 then begin
            decr qh;
            let carry = ref 0 in
            for i = 0 to n - 1 do
              let t = u.(i + j) + v.(i) + !carry in
              u.(i + j) <- t mod base;
              carry := t / base
            done;
            u.(j + n) <- u.(j + n) + !carry
          end;
          q.(j) <- !qh
        done;
        let r, _ = divmod_small (trim (Array.sub u 0 n)) d in
        (trim q, r)

  let to_string a =
    match Array.length a with
    | 0 -> "0"
    | n ->
        let b = Buffer.create (4 * n) in
        Buffer.add_string b (string_of_int a.(n - 1));
        for i = n - 2 downto 0 do Printf.bprintf b "%04d" a.(i) done;
        Buffer.contents b

  let of_string s =
    let n = String.length s in
    trim (Array.init ((n + 3) / 4) (fun i -> let hi = n - (4 * i) in let lo = max 0 (hi - 4) in int_of_string ("0u" ^ String.sub s lo (hi - lo))))

  let rec pow a n = if n = 0 then of_int 1 else let h = pow (mul a a) (n / 2) in if n land 1 = 1 then mul a h else h
  let even a = a = zero || a.(0) land 1 = 0

  let pow_mod b e m =
    let rec go b e acc =
      if e = zero then acc
      else
        let e', bit = divmod_small e 2 in
        go (snd (divmod (mul b b) m)) e' (if bit = 1 then snd (divmod (mul acc b) m) else acc)
    in
    go (snd (divmod b m)) e (of_int 1)

  let sqrt a =
    let rec go x = let y = fst (divmod_small (add x (fst (divmod a x))) 2) in if compare y x >= 0 then x else go y in
    if a = zero then zero else go (add (shift ((Array.length a + 1) / 2) (of_int 1)) (of_int 1))

  let rec gcd a b = if b = zero then a else gcd b (snd (divmod a b))
end

let n = Nat.of_string
let show name v = Printf.printf "%s = %s\n" name (Nat.to_string v)

let () =
  let fact k = let r = ref (Nat.of_int 1) in for i = 2 to k do r := Nat.mul !r (Nat.of_int i) done; !r in
  show "30!" (fact 30);
  let a = fact 60 and b = Nat.pow (Nat.of_int 7) 60 in
  show "2^200" (Nat.pow (Nat.of_int 2) 200);
  let q, r = Nat.divmod a b in
  show "60! / 7^60" q;
  Printf.printf "%b\n" (Nat.add (Nat.mul q b) r = a && Nat.compare r b < 0);
  show "gcd" (Nat.gcd (fact 25) (Nat.pow (Nat.of_int 30) 9));
  show "sqrt" (Nat.sqrt (Nat.pow (Nat.of_int 10) 60 |> Nat.mul (Nat.of_int 2)));
  (match Nat.divmod a Nat.zero with _ -> () | exception Division_by_zero -> print_endline "division by zero");
  match Nat.sub b (Nat.mul b b) with _ -> () | exception Invalid_argument m -> print_endline m

(* Divisions that correct their guess; products both ways *)
let () =
  let seed = ref 1 in
  let digit () = seed := ((!seed * 16807) + 11) land 0x3FFFF; match !seed land 7 with 0 -> 0 | 1 -> base - 1 | _ -> !seed mod base in
  let wrong = ref 0 and sum = ref 0 in
  for k = 1 to 60 do
    let a = Nat.trim (Array.init (1 + (k mod 17)) (fun _ -> digit ())) and b = Nat.trim (Array.init (1 + (k mod 7)) (fun _ -> digit ())) in
    if Nat.karatsuba a a <> Nat.school a a then incr wrong;
    match Nat.divmod a b with
    | q, r ->
        if Nat.compare r b >= 0 || Nat.add (Nat.mul b q) r <> a then incr wrong;
        sum := !sum + Array.fold_left ( + ) 0 q
    | exception Division_by_zero -> incr sum
  done;
  Printf.printf "%d wrong, %d\n" !wrong !sum

let prime p =
  let one = Nat.of_int 1 in
  let p1 = Nat.sub p one in
  let rec twos d s = if Nat.even d then twos (fst (Nat.divmod_small d 2)) (s + 1) else (d, s) in
  let d, s = twos p1 0 in
  List.for_all
    (fun a ->
      let x = Nat.pow_mod (Nat.of_int a) d p in
      x = one || x = p1
      ||
      let rec again x k = k < s && (let x = snd (Nat.divmod (Nat.mul x x) p) in x = p1 || again x (k + 1)) in
      again x 1)
    [ 2; 3; 7 ]

let () =
  List.iter
    (fun s -> Printf.printf "%s %s\n" s (if prime (n s) then "is prime" else "is composite"))
    [ "1000003"; "1000001"; "2147483647"; "4294967297"; "2305843009213693951"; "2305843009213693953" ];
  show "3^1000 mod 10^9+7" (Nat.pow_mod (Nat.of_int 3) (Nat.of_int 1000) (n "1000000007"))

(* pi by Machin's formula, by a spigot, and e from its series *)
let machin digits =
  let unit = Nat.pow (Nat.of_int 10) (digits + 8) in
  let arctan k =
    let rec go power i sum sign =
      if power = Nat.zero then sum
      else
        let term = fst (Nat.divmod_small power i) in
        let sum = if sign then Nat.add sum term else Nat.sub sum term in
        go (fst (Nat.divmod_small power (k * k))) (i + 2) sum (not sign)
    in
    let first = fst (Nat.divmod_small unit k) in
    go first 1 Nat.zero true
  in
  let small k v = Nat.mul (Nat.of_int k) v in
  let pi = small 4 (Nat.sub (small 4 (arctan 5)) (arctan 239)) in
  String.sub (Nat.to_string pi) 0 digits

let spigot digits =
  let len = (digits * 10 / 3) + 2 in
  let a = Array.make len 2 and out = Buffer.create digits and nines = ref 0 and held = ref (-1) in
  for _ = 1 to digits + 3 do
    let q = ref 0 in
    for i = len - 1 downto 1 do
      let x = (10 * a.(i)) + (!q * (i + 1)) in
      let d = (2 * i) + 1 in
      a.(i) <- x mod d;
      q := x / d
    done;
    let x = (10 * a.(0)) + !q in
    a.(0) <- x mod 10;
    match x / 10 with
    | 9 -> incr nines
    | 10 ->
        Buffer.add_string out (string_of_int (!held + 1));
        Buffer.add_string out (String.make !nines '0');
        held := 0;
        nines := 0
    | d ->
        if !held >= 0 then Buffer.add_string out (string_of_int !held);
        Buffer.add_string out (String.make !nines '9');
        nines := 0;
        held := d
  done;
  let s = Buffer.contents out in
  (* the sum of the series is divided as [mixed radix] goes on, so the first digit may carry *)
  String.sub s 0 (min digits (String.length s))

let () =
  let m = machin 60 in
  print_endline m;
  let s = spigot 60 in
  Printf.printf "spigot agrees for %d digits\n" (let rec same i = if i < String.length s && s.[i] = m.[i] then same (i + 1) else i in same 0);
  let unit = Nat.pow (Nat.of_int 10) 66 in
  let rec e term k sum = if term = Nat.zero then sum else e (fst (Nat.divmod_small term k)) (k + 1) (Nat.add sum term) in
  print_endline (String.sub (Nat.to_string (e unit 1 Nat.zero)) 0 60)
