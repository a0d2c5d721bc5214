(* SPDX-License-Identifier: Apache-2.0 *)
(* Functions that call each other are known before it is known that they need no closure. *)
exception Number of int
exception Too_long
let steps = ref 0
let tick () = incr steps; if !steps > 2000 then raise Too_long; true
let cut x = ((x land 0x3FFFFFFF) lxor 0x20000000) - 0x20000000
let cut_native x = Nativeint.of_int32 (Nativeint.to_int32 x)
let small_float x = if abs_float x < 1e8 then x else 0.
let plain_nan x = if x <> x then 1.5 else x
let char_at s i = s.[i]
let limit s = if String.length s > 300 then String.sub s 0 300 else s
let rec take n = function x :: l when n > 0 -> x :: take (n - 1) l | _ -> []
let bounded l = if List.compare_length_with l 30 > 0 then take 30 l else l
let reverse s = String.init (String.length s) (fun i -> s.[String.length s - 1 - i])
let part s i n = try String.sub s i n with Invalid_argument _ -> "?"
let patched s =
  let b = Bytes.of_string s in
  let n = Bytes.length b in
  if n > 1 then Bytes.blit b 0 b 1 (n - 1);
  if n > 8 then begin
    Bytes.set_int32_le b 1 (Int32.lognot (Bytes.get_int32_le b 3));
    Bytes.set_uint16_be b 0 (Bytes.get_uint16_le b 5)
  end;
  if n > 12 then Bytes.set_int64_be b 3 (Int64.add (Bytes.get_int64_le b 4) 0x1234_5678_9ABCL);
  Bytes.to_string b
let finalised = ref 0
let rec deep n f =
  if n <= 0 then f n else begin
    let r = if n land 63 = 0 then (ignore (Sys.opaque_identity (string_of_int n)); deep (n - 1) f) else deep (n - 1) f in
    ignore (Sys.opaque_identity n); r
  end
module Tree = struct
  type ('a, 'b) t = Empty | Node of ('a, 'b) t * 'a * 'b * ('a, 'b) t * int
  let empty = Empty
  let height = function Empty -> 0 | Node (_, _, _, _, h) -> h
  let node l k v r = Node (l, k, v, r, 1 + max (height l) (height r))
  let rec add k v = function
    | Empty -> node Empty k v Empty
    | Node (l, k', v', r, _) ->
      let c = compare k k' in
      if c = 0 then node l k v r
      else if c < 0 then node (add k v l) k' v' r
      else node l k' v' (add k v r)
  let rec find_opt k = function
    | Empty -> None
    | Node (l, k', v, r, _) ->
      let c = compare k k' in
      if c = 0 then Some v else find_opt k (if c < 0 then l else r)
end
let collections = ref 0
let collect f = incr collections; if !collections < 12 then f ()
let garbage n = ignore (Sys.opaque_identity (List.init n (fun i -> (i, string_of_int i, float_of_int i))))
let show_int = string_of_int
let show_float x = if x <> x then "nan" else Printf.sprintf "%h/%.12g" x x
let show_bool = string_of_bool
let show_string = Printf.sprintf "%S"
let show_int32 = Int32.to_string
let show_int64 = Int64.to_string
let show_nativeint = Nativeint.to_string
let show_unit () = "()"
let show_list f l = "[" ^ String.concat ";" (List.map f l) ^ "]"
let show_array f a = "[|" ^ String.concat ";" (Array.to_list (Array.map f a)) ^ "|]"
let show_option f = function None -> "None" | Some x -> "Some " ^ f x
let show_ref f r = "ref " ^ f !r
let show_pair f g (x, y) = "(" ^ f x ^ "," ^ g y ^ ")"
let show_function _ = "<fun>"
let print name f =
  steps := 0;
  collections := 0;
  print_endline (name ^ " = " ^ (try let s = f () in String.sub s 0 (min 2000 (String.length s)) with e -> "raised " ^ Printexc.to_string e))
module type MONOID = sig type t val zero : t val op : t -> t -> t val show : t -> string end
module Fold (M : MONOID) = struct
  let all l = List.fold_left M.op M.zero l
  let show l = M.show (all l)
  class counter n = object
    val mutable count = n
    method add x = ignore (tick ()); count <- M.op count x
    method get = count
  end
end
module P100036 = struct
let () = print_endline "program 100036"
type r0 = { mutable r0_0 : float; mutable r0_1 : float; mutable r0_2 : float }
let show_r0 r = "{" ^ show_float r.r0_0 ^ ";" ^ show_float r.r0_1 ^ ";" ^ show_float r.r0_2 ^ "}"
type v0 = T0 of v0 * int * v0 | C0_0 | C0_1 of int * bool * nativeint | C0_2 of r0 * float * int | C0_3
let rec show_v0 = function T0 (l, n, r) -> "T(" ^ show_v0 l ^ show_int n ^ show_v0 r ^ ")" | C0_0 -> "C0_0" | C0_1 (p0, p1, p2) -> "C0_1(" ^ show_int p0 ^ "," ^ show_bool p1 ^ "," ^ show_nativeint p2 ^ ")" | C0_2 (p0, p1, p2) -> "C0_2(" ^ show_r0 p0 ^ "," ^ show_float p1 ^ "," ^ show_int p2 ^ ")" | C0_3 -> "C0_3"
let rec size0 = function T0 (l, _, r) -> 1 + size0 l + size0 r | _ -> 1
let tree0 l n r = if size0 l + size0 r > 40 then l else T0 (l, n, r)
let rec sum0 = function T0 (l, n, r) -> cut (sum0 l + n - sum0 r) | _ -> 1
type v1 = T1 of v1 * int * v1 | C1_0 of int | C1_1 | C1_2
let rec show_v1 = function T1 (l, n, r) -> "T(" ^ show_v1 l ^ show_int n ^ show_v1 r ^ ")" | C1_0 (p0) -> "C1_0(" ^ show_int p0 ^ ")" | C1_1 -> "C1_1" | C1_2 -> "C1_2"
let rec size1 = function T1 (l, _, r) -> 1 + size1 l + size1 r | _ -> 1
let tree1 l n r = if size1 l + size1 r > 40 then l else T1 (l, n, r)
let rec sum1 = function T1 (l, n, r) -> cut (sum1 l + n - sum1 r) | _ -> 1
let rec f3 fuel (a0 : (int * int)) (a1 : ((int32 array) * (nativeint * v0))) (a2 : (v0 list)) (a3 : (int32 array)) (a4 : (v0 list)) (a5 : int64) (a6 : int64) (a7 : string) (a8 : int) (a9 : r0) (a10 : r0) (a11 : (int64 option)) : int32 = if tick () && fuel <= 0 then (Int32.add (Int32.of_int a8) (Int32.mul (33554431l) (-1l))) else (Int32.mul (deep 428 (fun x0 -> (f3 (fuel - 1) a0 a1 a4 a3 a2 a5 a6 "gdrelevasiyegd" x0 a9 { r0_0 = (2.023298e+08); r0_1 = (4.489292e-04); r0_2 = (131073.) } a11))) (let x1 = ref (8193l) in let x2 x = let old = !x1 in x1 := x; old and x3 () = !x1 in ignore (x2 (x3 ())); let old = x2 (x3 ()) in if true then old else x3 ()))
let rec f2 fuel (a0 : int) (a1 : v0) : float = if tick () && fuel <= 0 then (((-1.011150e-10) /. (1.570621e-07)) *. (Int64.to_float (-2147483648L))) else ((f2 (fuel - 1) a0 a1) +. ((Int64.to_float (Int64.add (-4302721702641396211L) (131072L))) /. (Int64.to_float (let x6 = ref (7086353354251207725L) in (while false && tick () do x6 := (1025L) done); !x6))))
let () = steps := 0
let g2 : bool = try ((let x7 : int = ((2) mod (-161)) in ((fun (x8 : int) -> (1562739745l)) x7)) <> (f3 3 ((1048575), (-2047)) (let x9 : int32 = (4l) in ([||], ((0n), C0_3))) [C0_3; C0_3; C0_3; C0_3] (let x11 = Array.copy [||] in (if Array.length x11 > 0 then x11.(Array.length x11 / 2) <- (1l)); x11) [C0_3] (Int64.of_int32 (-1l)) (Int64.of_int (3)) (limit (String.concat "," (String.split_on_char 'a' "hello, world"))) (let x12 = ref (-513830962) in (while true && tick () do x12 := (-270) done); !x12) { r0_0 = (2.); r0_1 = (512.); r0_2 = (513.) } (Lazy.force (lazy { r0_0 = (-2.785560e-04); r0_1 = (-9.665392e+08); r0_2 = (-2.) })) (Some (0L)))) with _ -> true
let rec f1 fuel (a0 : v0) (a1 : (int32 array)) (a2 : (int32 array)) : (v1 -> (int * int)) = if tick () && fuel <= 0 then (fun (x13 : v1) -> (List.hd [])) else (fun (x14 : v1) -> ((try if (not g2) then ((5) land (1)) else failwith "qyoyvcaycct" with Number x15 -> x15 | Not_found | Exit -> (-2) | Failure x15 when String.length x15 > 2 -> (-134217727)), ((let x16 = ref (74) in (while g2 && tick () do x16 := (-474095325) done); !x16) mod (((-268435455) land 0x1FFFFFFF) lsr 1))))
module M = struct type t = int64 let zero = (-5949653032338093032L) let op (x : t) (y : t) : t = (Int64.mul (Int64.logxor ((fun (x17 : int) -> (321716855L)) (2048)) (Int64.logxor y y)) (Int64.add y (match [] with x18 :: _ -> (67108865L) | [] -> (245L)))) let show = show_int64 end
module N = Fold (M)
let () = print "functor" (fun () -> N.show (deep 248 (fun x19 -> (bounded ((2147483647L) :: [])))))
let () = print "object" (fun () -> let o = new N.counter M.zero in List.iter o#add (deep 248 (fun x19 -> (bounded ((2147483647L) :: [])))); M.show o#get)
let () = print "8" (fun () -> show_string (part (limit ((show_option show_int64) (Some (Int64.mul (-2147483648L) (16383L))))) (cut ((if ((-165l) < (0l)) then ((-4) asr 28) else (match (ref (-1632466307n)) with | { contents = (2n | 5n) } when g2 -> (3) | _ -> (-2))) - (((-4) / 277) / 4))) (String.length (part (limit ("" ^ "12345678")) (let x22 : (((int32 array) * (nativeint * v0)) -> (int64 option)) = (fun (x23 : ((int32 array) * (nativeint * v0))) -> None) in (33554431)) ((-1) / 6)))))
let () = print "7" (fun () -> (show_list show_v0) (bounded (C0_3 :: [(try if g2 then C0_3 else raise (Number (-444064562)) with Number x24 -> C0_3 | Not_found | Exit -> C0_3 | Failure x24 when String.length x24 > 2 -> C0_3); ((); C0_3); (tree0 C0_3 (122) C0_3)])))
let () = print "6" (fun () -> (show_pair (show_array show_int32) (show_pair show_nativeint show_v0)) (let x32 = ref ((for x30 = 0 to 3 do (for x31 = 0 to 2 do () done) done); (try if (let x28 : float = (-4.) in false) then (match (4194303) with | (-1) -> ([||], ((-64n), C0_3)) | x25 -> ([||], ((2147483647n), C0_3)) | (0 | 3) -> ([||], ((-1n), C0_3)) | x26 -> ([||], ((1n), C0_3)) | _ -> ([||], ((621132285n), C0_3))) else failwith "" with Number x27 -> (match [] with x29 :: _ -> ([||], ((2097152n), C0_3)) | [] -> ([||], ((4097n), C0_3))) | Not_found | Exit -> ([||], ((2047n), C0_3)) | Failure x27 when String.length x27 > 2 -> ([||], ((0n), C0_3)))) in (while g2 && tick () do x32 := !x32 done); !x32))
let () = print "5" (fun () -> (show_list show_r0) [(let x33 : ((((int32 array) * (nativeint * v0)) * v1) ref) = (let x34 = ref (ref (([||], ((1n), C0_3)), C1_2)) in (while g2 && tick () do x34 := (ref (([||], ((397288664n), C0_3)), C1_2)) done); !x34) in { r0_0 = (3.); r0_1 = (-3.641184e-01); r0_2 = (3.914930e-05) })])
let () = print "4" (fun () -> (show_list show_r0) [(let x35 = ref { r0_0 = (3.568006e+05); r0_1 = (-5.234277e+01); r0_2 = (1.510956e-01) } in (while g2 && tick () do x35 := (match [] with | x36 when true -> !x35 | _ -> { r0_0 = (4.615128e+02); r0_1 = (-1.); r0_2 = nan }) done); !x35)])
let () = print "3" (fun () -> (show_option show_int64) (try if (let x42 = object (x42) val mutable held : int32 = (-1l) method get = held method set (x43 : int32) = held <- x43 method run (x43 : int32) : bool = x42#set x43; (let x44 = [||] in if x44 = [||] then g2 else x44.(((134217729) land 0xFFFF) mod Array.length x44)) end in x42#set (-2147483648l); x42#run (33554432l)) then (Some (Int64.shift_right (Int64.of_int32 (1l)) 47)) else raise (Number (let x38 = (let x40 = Array.copy [||] in (if Array.length x40 > 0 then x40.(Array.length x40 / 2) <- (1)); x40) in if x38 = [||] then ((-8) asr 8) else x38.((((-321396854) mod (256)) land 0xFFFF) mod Array.length x38))) with Number x37 -> (Some (Int64.abs (Int64.div (512L) (-9223372036854775808L)))) | Not_found | Exit -> (if ((fun (x45 : int) -> g2) (-185)) then (Some (144115188075855872L)) else (Some (7332900239558031196L))) | Failure x37 when String.length x37 > 2 -> (Some (Int64.mul (16777215L) (4611686018427387904L)))))
let () = print "2" (fun () -> show_v0 (C0_1 ((cut ((let x47 : (r0 list) = (let x48 : bool = g2 in []) in (cut ((63) * (105907813)))) * (if (not g2) then (Hashtbl.hash "tzxbaygwehthytfvpkmge" land 0xFFFFFF) else (cut ((262144) * (400777568)))))), ((let x50 : string = (Printf.sprintf "<%5d>%-8s" ((290) land 0xFFFFFFF) "ziijfhycrv") in (try if true then { r0_0 = (1.571577e+11); r0_1 = (3.347766e-04); r0_2 = (-4.144383e+08) } else failwith x50 with Number x51 -> { r0_0 = (-8.); r0_1 = epsilon_float; r0_2 = (1.) } | Not_found | Exit -> { r0_0 = (2.167048e-04); r0_1 = (6.469302e+02); r0_2 = (1.) } | Failure x51 when String.length x51 > 2 -> { r0_0 = (1.999372e-02); r0_1 = min_float; r0_2 = nan })) < { r0_0 = ((-3.233178e+02) /. (3.189160e+08)); r0_1 = (let x52 : int64 = (-252419438712847351L) in (2.)); r0_2 = (f2 2 (-8191) C0_3) }), (let rec x53 x55 (x56 : (r0 list)) = if x55 <= 0 then (match "xuhmdkwgmkkhkjubz" with | "abc" -> (200n) | "a" when g2 -> (-1n) | _ -> (-906719750n)) else x54 (x55 - 1) x56 and x54 x55 (x56 : (r0 list)) = if x55 <= 0 then (-360249191n) else x53 (x55 - 1) [] in x53 6 []))))
let () = print "1" (fun () -> (show_list show_v0) (let module Mx57 = (val (if (true || false) then (module struct type t = (v0 list) let zero = (bounded ([] @ [])) let op (x58 : t) (x59 : t) : t = x58 let show _ = "" end) else (module struct type t = (v0 list) let zero = [] let op (x58 : t) (_ : t) = x58 let show _ = "" end) : (module MONOID with type t = (v0 list)))) in Mx57.op Mx57.zero [C0_3; C0_3]))
end
