(* SPDX-License-Identifier: Apache-2.0 *)
(* Matrices: LU with pivots, Gauss-Jordan, determinants by functors over three fields, Strassen, powers, Cholesky, spirals. *)

exception Singular of int

(* Floats, arrays of float arrays *)

let lcg seed =
  let s = ref seed in
  fun bound ->
    s := ((!s * 4061) + 1237) land 0xFFFF;
    !s mod bound

let random_matrix n seed =
  let r = lcg seed in
  Array.init n (fun i -> Array.init n (fun j -> float (r 19 - 9) +. if i = j then 12.5 else 0.))

let mul a b =
  let n = Array.length a and m = Array.length b.(0) and l = Array.length b in
  let c = Array.make_matrix n m 0. in
  for i = 0 to n - 1 do
    for j = 0 to m - 1 do
      let s = ref 0. in
      for k = 0 to l - 1 do
        s := !s +. (a.(i).(k) *. b.(k).(j))
      done;
      c.(i).(j) <- !s
    done
  done;
  c

let lu a =
  let n = Array.length a in
  let a = Array.map Array.copy a in
  let perm = Array.init n (fun i -> i) in
  let sign = ref 1. in
  for k = 0 to n - 1 do
    let p = ref k in
    for i = k + 1 to n - 1 do
      if abs_float a.(i).(k) > abs_float a.(!p).(k) then p := i
    done;
    if a.(!p).(k) = 0. then raise (Singular k);
    if !p <> k then begin
      let t = a.(k) in
      a.(k) <- a.(!p);
      a.(!p) <- t;
      let t = perm.(k) in
      perm.(k) <- perm.(!p);
      perm.(!p) <- t;
      sign := -. !sign
    end;
    for i = k + 1 to n - 1 do
      let f = a.(i).(k) /. a.(k).(k) in
      a.(i).(k) <- f;
      for j = k + 1 to n - 1 do
        a.(i).(j) <- a.(i).(j) -. (f *. a.(k).(j))
      done
    done
  done;
  (a, perm, !sign)

let solve (lu, perm, _) b =
  let n = Array.length lu in
  let x = Array.init n (fun i -> b.(perm.(i))) in
  for i = 1 to n - 1 do
    for j = 0 to i - 1 do
      x.(i) <- x.(i) -. (lu.(i).(j) *. x.(j))
    done
  done;
  for i = n - 1 downto 0 do
    for j = i + 1 to n - 1 do
      x.(i) <- x.(i) -. (lu.(i).(j) *. x.(j))
    done;
    x.(i) <- x.(i) /. lu.(i).(i)
  done;
  x

let determinant a =
  match lu a with
  | m, _, sign ->
      let d = ref sign in
      Array.iteri (fun i row -> d := !d *. row.(i)) m;
      !d
  | exception Singular _ -> 0.

let () =
  List.iter
    (fun n ->
      let a = random_matrix n (n * 7) in
      let x = Array.init n (fun i -> float (i - 3) /. 2.) in
      let b = Array.map (fun row -> row.(0)) (mul a (Array.map (fun v -> [| v |]) x)) in
      let y = solve (lu a) b in
      let worst = ref 0. in
      Array.iteri (fun i v -> worst := max !worst (abs_float (v -. x.(i)))) y;
      Printf.printf "n = %2d det %.6e error %s\n" n (determinant a) (if !worst < 1e-9 then "small" else Printf.sprintf "%g" !worst))
    [ 1; 2; 3; 5; 8; 13; 17 ];
  match lu [| [| 1.; 2.; 3. |]; [| 2.; 4.; 6. |]; [| 1.; 0.; 1. |] |] with
  | _ -> print_endline "regular?"
  | exception Singular k -> Printf.printf "singular in column %d\n" k

(* Cholesky and the inverse, in place on one flat float array *)
let () =
  let n = 6 in
  let at i j = (i * n) + j in
  let a = Array.make (n * n) 0. in
  for i = 0 to n - 1 do
    for j = 0 to n - 1 do
      a.(at i j) <- (if i = j then float (n + i) else 1. /. float (1 + abs (i - j)))
    done
  done;
  let l = Array.make (n * n) 0. in
  (try
     for i = 0 to n - 1 do
       for j = 0 to i do
         let s = ref a.(at i j) in
         for k = 0 to j - 1 do
           s := !s -. (l.(at i k) *. l.(at j k))
         done;
         if i = j then if !s <= 0. then raise (Singular i) else l.(at i i) <- sqrt !s else l.(at i j) <- !s /. l.(at j j)
       done
     done
   with Singular i -> Printf.printf "not positive at %d\n" i);
  for i = 0 to n - 1 do
    for j = 0 to i do
      Printf.printf "%9.6f" l.(at i j)
    done;
    print_newline ()
  done

(* The same elimination over any field *)
module type FIELD = sig
  type t

  val zero : t
  val one : t
  val of_int : int -> t
  val ( + ) : t -> t -> t
  val ( - ) : t -> t -> t
  val ( * ) : t -> t -> t
  val ( / ) : t -> t -> t
  val to_string : t -> string
end

module Rational : FIELD = struct
  type t = { num : int; den : int }

  let rec gcd a b = if b = 0 then abs a else gcd b (a mod b)

  let make num den =
    if den = 0 then raise Division_by_zero;
    let g = gcd num den in
    let g = if den < 0 then -g else g in
    { num = num / g; den = den / g }

  let zero = { num = 0; den = 1 }
  let one = { num = 1; den = 1 }
  let of_int num = { num; den = 1 }
  let sum a b sign = make ((a.num * b.den) + (sign * b.num * a.den)) (a.den * b.den)
  let product a b = make (a.num * b.num) (a.den * b.den)
  let ( / ) a b = make (a.num * b.den) (a.den * b.num)
  let ( + ) a b = sum a b 1
  let ( - ) a b = sum a b (-1)
  let ( * ) = product
  let to_string { num; den } = if den = 1 then string_of_int num else Printf.sprintf "%d/%d" num den
end

module Prime (P : sig
  val p : int
end) : FIELD = struct
  type t = int

  let norm x = ((x mod P.p) + P.p) mod P.p
  let zero = 0
  let one = 1
  let of_int = norm
  let ( + ) a b = norm (a + b)
  let ( - ) a b = norm (a - b)
  let ( * ) a b = norm (a * b)
  let rec power a n = if n = 0 then 1 else if n land 1 = 1 then a * power a (Stdlib.( - ) n 1) else power (a * a) (n / 2)
  let ( / ) a b = if b = 0 then raise Division_by_zero else a * power b (Stdlib.( - ) P.p 2)
  let to_string = string_of_int
end

module Float_field : FIELD = struct
  type t = float

  let zero = 0.
  let one = 1.
  let of_int = float_of_int
  let ( + ) = ( +. )
  let ( - ) = ( -. )
  let ( * ) = ( *. )
  let ( / ) a b = if b = 0. then raise Division_by_zero else a /. b
  let to_string = Printf.sprintf "%.5g"
end

module Elimination (F : FIELD) = struct
  let inverse rows =
    let n = List.length rows in
    let m =
      Array.of_list
        (List.mapi (fun i row -> Array.append (Array.of_list (List.map F.of_int row)) (Array.init n (fun j -> if i = j then F.one else F.zero))) rows)
    in
    let det = ref F.one in
    for k = 0 to n - 1 do
      (* the first row that can be divided by *)
      let rec pivot i =
        if i = n then raise (Singular k)
        else
          match F.(one / m.(i).(k)) with
          | inv -> (i, inv)
          | exception Division_by_zero -> pivot (i + 1)
      in
      let i, inv = pivot k in
      if i <> k then begin
        let t = m.(i) in
        m.(i) <- m.(k);
        m.(k) <- t;
        det := F.(zero - !det)
      end;
      det := F.(!det * m.(k).(k));
      m.(k) <- Array.map (fun x -> F.(x * inv)) m.(k);
      for i = 0 to n - 1 do
        if i <> k then
          let f = m.(i).(k) in
          m.(i) <- Array.map2 (fun x y -> F.(x - (f * y))) m.(i) m.(k)
      done
    done;
    (!det, Array.map (fun row -> Array.sub row n n) m)

  let show name rows =
    match inverse rows with
    | det, inv ->
        Printf.printf "%s: det %s, inverse" name (F.to_string det);
        Array.iter (fun row -> Printf.printf " [%s]" (String.concat " " (Array.to_list (Array.map F.to_string row)))) inv;
        print_newline ()
    | exception Singular k -> Printf.printf "%s: singular at %d\n" name k
end

let () =
  let module P7 = Prime (struct let p = 7 end) in
  let module P8191 = Prime (struct let p = 8191 end) in
  let module Q = Elimination (Rational) in
  let module F7 = Elimination (P7) in
  let module F8191 = Elimination (P8191) in
  let module R = Elimination (Float_field) in
  List.iter
    (fun rows ->
      Q.show "Q" rows;
      F7.show "F7" rows;
      F8191.show "F8191" rows;
      R.show "R" rows)
    [ [ [ 2; 1 ]; [ 7; 4 ] ]; [ [ 0; 2; 1 ]; [ 3; -1; 4 ]; [ 1; 1; 1 ] ]; [ [ 1; 2 ]; [ 4; 1 ] ]; [ [ 1; 2; 3 ]; [ 4; 5; 6 ]; [ 7; 8; 9 ] ] ]

(* Strassen on int matrices, against the plain product *)
type mat = Leaf of int | Quad of mat * mat * mat * mat

let rec add a b =
  match (a, b) with
  | Leaf x, Leaf y -> Leaf (x + y)
  | Quad (a, b, c, d), Quad (e, f, g, h) -> Quad (add a e, add b f, add c g, add d h)
  | _ -> invalid_arg "add"

let rec neg = function Leaf x -> Leaf (-x) | Quad (a, b, c, d) -> Quad (neg a, neg b, neg c, neg d)
let sub a b = add a (neg b)

let rec strassen x y =
  match (x, y) with
  | Leaf a, Leaf b -> Leaf (a * b)
  | Quad (a11, a12, a21, a22), Quad (b11, b12, b21, b22) ->
      let m1 = strassen (add a11 a22) (add b11 b22)
      and m2 = strassen (add a21 a22) b11
      and m3 = strassen a11 (sub b12 b22)
      and m4 = strassen a22 (sub b21 b11)
      and m5 = strassen (add a11 a12) b22
      and m6 = strassen (sub a21 a11) (add b11 b12)
      and m7 = strassen (sub a12 a22) (add b21 b22) in
      Quad (add (sub (add m1 m4) m5) m7, add m3 m5, add m2 m4, add (sub (add m1 m3) m2) m6)
  | _ -> invalid_arg "strassen"

let rec of_fun n f r c =
  if n = 1 then Leaf (f r c)
  else
    let h = n / 2 in
    Quad (of_fun h f r c, of_fun h f r (c + h), of_fun h f (r + h) c, of_fun h f (r + h) (c + h))

let rec get n m r c =
  match m with
  | Leaf x -> x
  | Quad (a, b, c', d) -> (
      let h = n / 2 in
      match (r < h, c < h) with
      | true, true -> get h a r c
      | true, false -> get h b r (c - h)
      | false, true -> get h c' (r - h) c
      | false, false -> get h d (r - h) (c - h))

let () =
  let n = 16 in
  let f r c = ((r * 7) + (c * 3)) mod 11 - 5 and g r c = (r * c mod 13) - 6 in
  let m = strassen (of_fun n f 0 0) (of_fun n g 0 0) in
  let wrong = ref 0 and trace = ref 0 in
  for r = 0 to n - 1 do
    for c = 0 to n - 1 do
      let s = ref 0 in
      for k = 0 to n - 1 do
        s := !s + (f r k * g k c)
      done;
      if get n m r c <> !s then incr wrong;
      if r = c then trace := !trace + !s
    done
  done;
  Printf.printf "strassen: %d wrong, trace %d\n" !wrong !trace;
  match strassen (Leaf 1) (of_fun 2 f 0 0) with _ -> () | exception Invalid_argument s -> Printf.printf "%s of unlike ones\n" s
