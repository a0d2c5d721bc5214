(* SPDX-License-Identifier: Apache-2.0 *)
(* Floats: planets, Mandelbrot as text, integration, roots, Runge-Kutta, a heat equation, least squares, splines, Monte Carlo with a fixed seed, sums with compensation, records and arrays of floats, joins of unboxed values. *)

(* Bodies with mutable float fields *)
type body = { mutable x : float; mutable y : float; mutable vx : float; mutable vy : float; mass : float }

let energy bodies =
  let e = ref 0. in
  Array.iteri
    (fun i b ->
      e := !e +. (0.5 *. b.mass *. ((b.vx *. b.vx) +. (b.vy *. b.vy)));
      for j = i + 1 to Array.length bodies - 1 do
        let c = bodies.(j) in
        e := !e -. (b.mass *. c.mass /. sqrt (((b.x -. c.x) ** 2.) +. ((b.y -. c.y) ** 2.)))
      done)
    bodies;
  !e

let advance bodies dt =
  let n = Array.length bodies in
  for i = 0 to n - 1 do
    let b = bodies.(i) in
    for j = i + 1 to n - 1 do
      let c = bodies.(j) in
      let dx = b.x -. c.x and dy = b.y -. c.y in
      let d2 = (dx *. dx) +. (dy *. dy) in
      let k = dt /. (d2 *. sqrt d2) in
      b.vx <- b.vx -. (dx *. c.mass *. k);
      b.vy <- b.vy -. (dy *. c.mass *. k);
      c.vx <- c.vx +. (dx *. b.mass *. k);
      c.vy <- c.vy +. (dy *. b.mass *. k)
    done
  done;
  Array.iter (fun b -> b.x <- b.x +. (dt *. b.vx); b.y <- b.y +. (dt *. b.vy)) bodies

let () =
  let bodies = [| { x = 0.; y = 0.; vx = 0.; vy = -0.01; mass = 10. }; { x = 4.; y = 0.; vx = 0.; vy = 1.5; mass = 0.05 }; { x = 0.; y = -9.; vx = 1.; vy = 0.; mass = 0.1 }; { x = -20.; y = 0.; vx = 0.; vy = -0.7; mass = 0.01 } |] in
  let e = energy bodies in
  for _ = 1 to 400 do advance bodies 0.01 done;
  Printf.printf "energy %.6f, then %.6f; %.6f %.6f\n" e (energy bodies) bodies.(1).x bodies.(2).y

(* Mandelbrot and Julia *)
let () =
  let palette = " .:-=+*#%@" in
  let escape cx cy x y = let rec go x y k = if k = 40 || (x *. x) +. (y *. y) > 4. then k else go ((x *. x) -. (y *. y) +. cx) ((2. *. x *. y) +. cy) (k + 1) in go x y 0 in
  for row = 0 to 10 do
    for col = 0 to 45 do
      let k = escape ((float col /. 16.) -. 2.125) ((float row /. 5.) -. 1.) 0. 0. in
      print_char palette.[k * 9 / 40]
    done;
    print_newline ()
  done;
  let count = ref 0 in
  for i = 0 to 15 do for j = 0 to 15 do if escape (-0.75) 0.125 ((float i /. 8.) -. 1.) ((float j /. 8.) -. 1.) = 40 then incr count done done;
  Printf.printf "julia %d\n" !count

(* Integration and roots, as functions of functions *)
let simpson f a b n = let h = (b -. a) /. float n in let s = ref (f a +. f b) in for i = 1 to n - 1 do s := !s +. ((if i land 1 = 1 then 4. else 2.) *. f (a +. (float i *. h))) done; !s *. h /. 3.
let rec adaptive f a b eps whole depth =
  let m = (a +. b) /. 2. in
  let l = simpson f a m 2 and r = simpson f m b 2 in
  let d = l +. r -. whole in
  if depth = 0 || abs_float d < 15. *. eps then l +. r +. (d /. 15.) else adaptive f a m (eps /. 2.) l (depth - 1) +. adaptive f m b (eps /. 2.) r (depth - 1)

let romberg f a b k =
  let t = Array.make_matrix k k 0. in
  for i = 0 to k - 1 do
    let n = 1 lsl i in
    let h = (b -. a) /. float n in
    t.(i).(0) <- (if i = 0 then h /. 2. *. (f a +. f b) else begin let s = ref 0. in let j = ref 1 in while !j < n do s := !s +. f (a +. (float !j *. h)); j := !j + 2 done; (t.(i - 1).(0) /. 2.) +. (h *. !s) end);
    for j = 1 to i do let p = float (1 lsl (2 * j)) in t.(i).(j) <- ((p *. t.(i).(j - 1)) -. t.(i - 1).(j - 1)) /. (p -. 1.) done
  done;
  t.(k - 1).(k - 1)

exception No_root of string

let newton f df x0 = let rec go x k = if k > 50 then raise (No_root "no end") else let d = df x in if d = 0. then raise (No_root "flat") else let y = x -. (f x /. d) in if abs_float (y -. x) < 1e-12 then y else go y (k + 1) in go x0 0
let bisect f a b = if f a *. f b > 0. then raise (No_root "same sign"); let a = ref a and b = ref b in while !b -. !a > 1e-9 do let m = (!a +. !b) /. 2. in if f !a *. f m <= 0. then b := m else a := m done; (!a +. !b) /. 2.

let () =
  let f x = (x *. x *. x) -. (2. *. x) -. 5. in
  Printf.printf "%.8f %.8f %.8f\n" (simpson (fun x -> 1. /. (1. +. (x *. x))) 0. 1. 40 *. 4.) (adaptive sqrt 0. 4. 1e-8 (simpson sqrt 0. 4. 2) 20) (romberg (fun x -> 1. /. x) 1. 2. 6);
  Printf.printf "%.8f %.7f\n" (newton f (fun x -> (3. *. x *. x) -. 2.) 2.) (bisect f 0. 3.);
  List.iter (fun g -> match g () with x -> Printf.printf "%.6f " x | exception No_root m -> Printf.printf "%s " m) [ (fun () -> newton (fun x -> (x *. x) +. 1.) (fun x -> 2. *. x) 0.); (fun () -> bisect (fun x -> (x *. x) +. 1.) 0. 1.); (fun () -> newton (fun x -> (x *. x) -. 2.) (fun x -> 2. *. x) 1.); (fun () -> newton (fun x -> (x *. x) +. 1.) (fun x -> 2. *. x) 0.5) ];
  print_newline ()

(* Runge-Kutta on arrays; the heat equation, tridiagonal *)
let rk4 f t y h =
  let axpy a x y = Array.mapi (fun i v -> v +. (a *. x.(i))) y in
  let k1 = f t y in
  let k2 = f (t +. (h /. 2.)) (axpy (h /. 2.) k1 y) in
  let k3 = f (t +. (h /. 2.)) (axpy (h /. 2.) k2 y) in
  let k4 = f (t +. h) (axpy h k3 y) in
  Array.mapi (fun i v -> v +. (h /. 6. *. (k1.(i) +. (2. *. k2.(i)) +. (2. *. k3.(i)) +. k4.(i)))) y

let tridiagonal a b c d =
  let n = Array.length d in
  let c' = Array.make n 0. and d' = Array.make n 0. in
  for i = 0 to n - 1 do
    let m = b.(i) -. (try a.(i) *. c'.(i - 1) with Invalid_argument _ -> 0.) in
    c'.(i) <- c.(i) /. m;
    d'.(i) <- (d.(i) -. (try a.(i) *. d'.(i - 1) with Invalid_argument _ -> 0.)) /. m
  done;
  let x = Array.copy d' in
  for i = n - 2 downto 0 do x.(i) <- d'.(i) -. (c'.(i) *. x.(i + 1)) done;
  x

let () =
  let y = ref [| 10.; 5. |] in
  for k = 0 to 299 do y := rk4 (fun _ v -> [| (1.1 *. v.(0)) -. (0.4 *. v.(0) *. v.(1)); (0.1 *. v.(0) *. v.(1)) -. (0.4 *. v.(1)) |]) (float k) !y 0.02 done;
  Printf.printf "prey %.5f hunters %.5f\n" !y.(0) !y.(1);
  let n = 20 in
  let u = ref (Array.init n (fun i -> if i >= 8 && i < 12 then 100. else 0.)) in
  let k = 0.4 in
  for _ = 1 to 30 do u := tridiagonal (Array.make n (-.k)) (Array.make n (1. +. (2. *. k))) (Array.make n (-.k)) !u done;
  Printf.printf "heat %.5f %.5f, in all %.5f\n" !u.(0) !u.(10) (Array.fold_left ( +. ) 0. !u)

(* Sums: plain, compensated, by pairs; exactness by Sterbenz; floats in records, tuples, options, across joins *)
type acc = { sum : float; carry : float; count : int }

let () =
  let values = Array.init 2000 (fun i -> if i mod 3 = 0 then 1e10 else if i mod 3 = 1 then 0.001 *. float i else -1e10) in
  let plain = Array.fold_left ( +. ) 0. values in
  let kahan = Array.fold_left (fun a v -> let y = v -. a.carry in let t = a.sum +. y in { sum = t; carry = t -. a.sum -. y; count = a.count + 1 }) { sum = 0.; carry = 0.; count = 0 } values in
  let rec pairs lo hi = if hi - lo = 1 then values.(lo) else let m = (lo + hi) / 2 in pairs lo m +. pairs m hi in
  Printf.printf "%.4f %.4f %d %.3f\n" plain kahan.sum kahan.count (pairs 0 2000);
  let best = ref None and x = ref 0.5 and flips = ref 0 in
  for i = 1 to 3000 do
    let y = if i land 3 = 0 then !x *. 3.5 *. (1. -. !x) else if !x > 0.5 then (incr flips; 3.9 *. !x *. (1. -. !x)) else try if i mod 7 = 0 then raise Exit else 3.7 *. !x *. (1. -. !x) with Exit -> !x +. 0.1 in
    let y = match !best with Some (b, _) when b < y -> best := Some (y, i); y | None -> best := Some (y, i); y | Some (_, j) -> if i - j > 100 then y *. 0.5 else y in
    x := if y <> y || y <= 0. || y >= 1. then 0.25 else Float.round (y *. 1048576.) /. 1048576.
  done;
  (match !best with Some (b, i) -> Printf.printf "%.6f at %d, %d flips, %.6f\n" b i !flips !x | None -> ());
  let a = [| 3.; nan; -1.; infinity; 2.; neg_infinity; -0.; 0. |] in
  Array.sort compare a;
  Array.iter (Printf.printf "%g ") a;
  Printf.printf "%b %b %b %d %g %g\n" (nan = nan) (compare nan nan = 0) (0. = -0.) (compare (-0.) 0.) (min nan 1.) (max 1. nan);
  List.iter (fun x -> Printf.printf "%g:%g,%g,%g,%g,%g " x (floor x) (ceil x) (Float.round x) (Float.trunc x) (Float.rem x 1.5)) [ 2.5; -2.5; 0.49999999999999994; -0.2; 1e15; 7.75 ];
  print_newline ()

(* Least squares by normal equations; Monte Carlo with a generator of its own; statistics *)
let () =
  let seed = ref 12345 in
  let uniform () = seed := ((!seed * 1103) + 12345) land 0xFFFFF; float !seed /. 1048576. in
  let inside = ref 0 in
  for _ = 1 to 3000 do let x = uniform () in let y = uniform () in if (x *. x) +. (y *. y) < 1. then incr inside done;
  let points = Array.init 40 (fun i -> let x = float i /. 10. in (x, 1.5 +. (2. *. x) -. (0.75 *. x *. x) +. (0.125 *. (uniform () -. 0.5)))) in
  let m = Array.make_matrix 3 4 0. in
  Array.iter (fun (x, y) -> let p = [| 1.; x; x *. x |] in for i = 0 to 2 do for j = 0 to 2 do m.(i).(j) <- m.(i).(j) +. (p.(i) *. p.(j)) done; m.(i).(3) <- m.(i).(3) +. (p.(i) *. y) done) points;
  for k = 0 to 2 do for i = 0 to 2 do if i <> k then begin let f = m.(i).(k) /. m.(k).(k) in for j = k to 3 do m.(i).(j) <- m.(i).(j) -. (f *. m.(k).(j)) done end done done;
  Printf.printf "%d inside, fit %.4f %.4f %.4f\n" !inside (m.(0).(3) /. m.(0).(0)) (m.(1).(3) /. m.(1).(1)) (m.(2).(3) /. m.(2).(2));
  let state = Random.State.make [| 1; 2; 3 |] in
  let bits = List.init 6 (fun _ -> Random.State.bits state) in
  Printf.printf "%s\n" (String.concat " " (List.map (fun b -> Printf.sprintf "%08x" b) bits));
  let mean, variance, n = Array.fold_left (fun (m, v, n) (_, y) -> let d = y -. m in let m' = m +. (d /. float (n + 1)) in (m', v +. (d *. (y -. m')), n + 1)) (0., 0., 0) points in
  Printf.printf "%d: mean %.5f deviation %.5f\n" n mean (sqrt (variance /. float n))
