(* SPDX-License-Identifier: Apache-2.0 *)
(* Uses of the language that code removal and data layout could break. *)

module type Shape = sig
  val name : string
  val area : float -> float
  val unused : int -> int
end

module Square = struct
  let name = "square"
  let area x = x *. x
  let unused x = x + 1
end

module Circle = struct
  let name = "circle"
  let area r = 3.25 *. r *. r
  let unused x = x + 2
end

module Describe (S : Shape) = struct
  let text x = Printf.sprintf "%s %.3f" S.name (S.area x)
  let never x = S.unused x
end

module DS = Describe (Square)
module DC = Describe (Circle)

module Outer = struct
  module Inner = struct
    let used x = x * 2
    let not_used x = x * 3
  end

  include Inner

  let from_outer x = used x + 1
end

let rec even n = n = 0 || odd (n - 1)
and odd n = n <> 0 && even (n - 1)

let rec unused_a n = unused_b n
and unused_b n = if n = 0 then 1 else unused_a (n - 1)

exception Odd of int
exception Never of string

let partial = Array.map (fun f -> f 3) [| ( + ) 1; ( * ) 2; Outer.from_outer |]
let chosen = if Array.length Sys.argv > 100 then unused_a else fun x -> x - 1
let counter = ref 0

let () =
  for i = 1 to 3 do
    counter := !counter + i
  done

let guarded =
  try if !counter = 6 then raise (Odd 6) else even
  with Odd n -> fun m -> m = n

class account (name : string) =
  object (self)
    val mutable balance = 0
    method name = name
    method balance = balance
    method deposit n = balance <- balance + n; self#check
    method private check = if balance > 100 then raise Exit
  end

class savings name = object inherit account name as super method! name = "savings " ^ super#name end

type tree = Leaf | Node of tree * int * tree | Many of tree list

let constant = Node (Node (Leaf, 1, Leaf), 2, Many [ Leaf; Node (Leaf, 3, Leaf) ])

let rec sum = function
  | Leaf -> 0
  | Node (l, n, r) -> sum l + n + sum r
  | Many l -> List.fold_left (fun acc t -> acc + sum t) 0 l

module SMap = Map.Make (String)

let gadt : type a. a list -> (a -> string) -> string = fun l f -> String.concat "," (List.map f l)
let strings = [ ""; "a"; "ab"; "abc"; "abcd"; "abcde"; String.make 3 'z' ]

let () =
  print_endline (DS.text 2.);
  print_endline (DC.text 2.);
  Printf.printf "%d %d %b %b\n" (Outer.from_outer 5) (Outer.Inner.used 4) (even 10) (odd 7);
  Array.iter (Printf.printf "%d ") partial;
  Printf.printf "%d %b\n" (chosen 4) (guarded 6);
  let a = new savings "me" in
  a#deposit 50;
  (try a#deposit 60 with Exit -> print_endline "limit");
  Printf.printf "%s %d\n" a#name (List.fold_left (fun acc o -> acc + o#balance) 0 [ a; a ]);
  Printf.printf "%d\n" (sum constant);
  let m = List.fold_left (fun m s -> SMap.add s (String.length s) m) SMap.empty strings in
  SMap.iter (Printf.printf "%S=%d ") m;
  print_newline ();
  Printf.printf "%ld %Ld %nd %h %g\n" 0x7fffffffl 0x123456789abcdefL (-5n) 0.1 1e300;
  Printf.printf "%s\n" (gadt [ 1; 2; 3 ] string_of_int);
  Array.iter (Printf.printf "%g ") [| 1.5; -2.25; 1e-5 |];
  Format.printf "@[<v 2>box@,%a@]@." Format.(pp_print_list pp_print_string) [ "x"; "y" ];
  Printf.printf "%s\n" (Scanf.sscanf "12 abc" "%d %s" (fun n s -> s ^ string_of_int n));
  let h = Hashtbl.create 7 in
  Hashtbl.replace h (`Key "one") 1;
  Hashtbl.replace h (`Key "two") 2;
  Printf.printf "%d %b\n" (Hashtbl.find h (`Key "two")) (Hashtbl.mem h `Other);
  let lazy_value = lazy (incr counter; !counter) in
  Printf.printf "%d %d\n" (Lazy.force lazy_value) (Lazy.force lazy_value);
  (match List.find (fun x -> x > 10) [ 1; 2 ] with
  | _ -> ()
  | exception Not_found -> print_endline "Not_found");
  (try ignore (List.hd []) with Failure s -> print_endline s);
  (try raise (Odd 3) with e -> print_endline (Printexc.to_string e));
  Printf.printf "%s %s\n" (String.uppercase_ascii "flash") (Digest.to_hex (Digest.string "ok"))
