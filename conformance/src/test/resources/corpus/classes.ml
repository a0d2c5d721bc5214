(* SPDX-License-Identifier: Apache-2.0 *)
(* Objects: shapes with virtual methods, multiple inheritance, visitors, observers, binary methods, functional updates, open recursion with caches, private methods, polymorphic methods, an interpreter of classes. *)

class virtual shape (name : string) =
  object (self)
    val mutable scale = 1.
    method virtual area : float
    method virtual accept : visitor -> unit
    method name = name
    method grow k = scale <- scale *. k
    method describe = Printf.sprintf "%s of area %.3f" self#name self#area
    initializer if name = "" then invalid_arg "a shape has a name"
  end

and virtual visitor =
  object
    method virtual circle : float -> unit
    method virtual polygon : (float * float) list -> unit
    method virtual group : shape list -> unit
  end

class circle r =
  object
    inherit shape "circle"
    method area = 3.14159265 *. (r *. scale) *. (r *. scale)
    method accept (v : visitor) = v#circle (r *. scale)
  end

class polygon ?(name = "polygon") points =
  object
    inherit shape name as super
    val points : (float * float) list = points

    method area =
      match points with
      | [] -> 0.
      | first :: _ ->
          let rec go = function (x1, y1) :: ((x2, y2) :: _ as l) -> (x1 *. y2) -. (x2 *. y1) +. go l | [ (x, y) ] -> (x *. snd first) -. (fst first *. y) | [] -> 0. in
          abs_float (go points) /. 2. *. scale *. scale

    method accept (v : visitor) = v#polygon (List.map (fun (x, y) -> (x *. scale, y *. scale)) points)
    method! describe = super#describe ^ Printf.sprintf " with %d corners" (List.length points)
  end

class square side =
  object (self)
    inherit polygon ~name:"square" [ (0., 0.); (side, 0.); (side, side); (0., side) ] as super
    method side = side *. scale
    method! describe = super#describe ^ Printf.sprintf " and side %g" self#side
  end

class group shapes =
  object
    inherit shape "group"
    val mutable shapes : shape list = shapes
    method add s = shapes <- s :: shapes
    method area = List.fold_left (fun a s -> a +. s#area) 0. shapes
    method! grow k = List.iter (fun s -> s#grow k) shapes
    method accept (v : visitor) = v#group shapes
  end

class printer =
  object (self)
    inherit visitor
    val out = Buffer.create 100
    method circle r = Printf.bprintf out "(%g)" r
    method polygon l = Printf.bprintf out "<%s>" (String.concat " " (List.map (fun (x, y) -> Printf.sprintf "%g,%g" x y) l))

    method group l =
      Buffer.add_char out '[';
      List.iteri (fun i (s : shape) -> if i > 0 then Buffer.add_string out "; "; s#accept (self :> visitor)) l;
      Buffer.add_char out ']'

    method text = Buffer.contents out
  end

class counter =
  object (self)
    inherit visitor
    val mutable depth = 0
    val mutable deepest = 0
    val mutable parts = 0
    method deepest = deepest
    method parts = parts
    method circle _ = parts <- parts + 1
    method polygon l = parts <- parts + List.length l

    method group l =
      depth <- depth + 1;
      if depth > deepest then deepest <- depth;
      List.iter (fun (s : shape) -> s#accept (self :> visitor)) l;
      depth <- depth - 1
  end

let () =
  let g = new group [ (new circle 1.5 :> shape); (new square 2. :> shape) ] in
  let outer = new group [ (g :> shape); (new polygon [ (0., 0.); (4., 0.); (0., 3.) ] :> shape) ] in
  g#add (new circle 0.5 :> shape);
  outer#grow 2.;
  List.iter (fun s -> print_endline s#describe) [ (g :> shape); (new square 1. :> shape); (new polygon [] :> shape); (outer :> shape) ];
  let p = new printer in
  outer#accept (p :> visitor);
  print_endline p#text;
  let c = new counter in
  outer#accept (c :> visitor);
  Printf.printf "%d parts, %d deep\n" c#parts c#deepest;
  match new polygon ~name:"" [] with _ -> print_endline "?" | exception Invalid_argument m -> print_endline m

(* Observers, with a row-polymorphic subject *)
class ['event] subject =
  object (self)
    val mutable observers : ('event -> unit) list = []
    method observe f = observers <- f :: observers
    method private notify e = List.iter (fun f -> f e) (List.rev observers)
    method batch l = List.iter self#notify l
  end

class account owner =
  object (self : 'self)
    inherit [[ `Deposit of int | `Withdraw of int | `Refused of int ]] subject
    val mutable balance = 0
    val owner : string = owner
    method balance = balance
    method owner = owner
    method deposit n = balance <- balance + n; self#notify (`Deposit n)

    method withdraw n =
      if n > balance then self#notify (`Refused n)
      else begin
        balance <- balance - n;
        self#notify (`Withdraw n)
      end

    method richer (other : 'self) = balance > other#balance
    method renamed o = {<owner = o>}
  end

class insured limit owner =
  object (self)
    inherit account owner as super
    method! withdraw n = if n > limit then (try List.iter super#withdraw (let rec split n = if n <= 0 then [] else min n limit :: split (n - limit) in split n) with Stack_overflow -> ()) else super#withdraw n
    method richest l = List.for_all (fun n -> n <= self#balance) l
  end

let () =
  let a = new account "ann" and b = new insured 30 "bob" in
  let log = Buffer.create 100 in
  let note = function `Deposit n -> Printf.bprintf log "+%d " n | `Withdraw n -> Printf.bprintf log "-%d " n | `Refused n -> Printf.bprintf log "!%d " n in
  a#observe note; b#observe note;
  a#deposit 50; b#deposit 100; a#withdraw 70; b#withdraw 75; a#batch [ `Refused 1; `Deposit 2 ]; b#withdraw 90;
  let c = a#renamed "cyd" in
  c#deposit 1000;
  Printf.printf "%s\n%s %d, %s %d, %s %d; %b %b\n" (Buffer.contents log) a#owner a#balance b#owner b#balance c#owner c#balance (c#richer a) (b#richest [ a#balance; c#balance ])

(* Open recursion: fib with a cache mixed in *)
class fib = object (self) method fib n = if n < 2 then n else self#fib (n - 1) + self#fib (n - 2) end
class counting = object inherit fib as super val mutable calls = 0 method calls = calls method! fib n = calls <- calls + 1; super#fib n end
class cached = object inherit counting as super val table = Hashtbl.create 32 method! fib n = try Hashtbl.find table n with Not_found -> let v = super#fib n in Hashtbl.add table n v; v end

let () =
  let plain = new counting and quick = new cached in
  let a = plain#fib 14 in
  let b = quick#fib 40 in
  Printf.printf "%d in %d calls, %d in %d calls\n" a plain#calls b quick#calls

(* Immediate objects, polymorphic methods, structural types *)
let stack () =
  object (self)
    val mutable items = []
    method push x = items <- x :: items
    method pop = match items with [] -> raise Not_found | x :: l -> items <- l; x
    method fold : 'b. ('b -> int -> 'b) -> 'b -> 'b = fun f a -> List.fold_left f a items
    method size = self#fold (fun n _ -> n + 1) 0
    method text = self#fold (fun s x -> s ^ string_of_int x ^ ".") ""
  end

let drain (s : < pop : 'a; .. >) = let rec go acc = match s#pop with x -> go (x :: acc) | exception Not_found -> List.rev acc in go []

let () =
  let s = stack () in
  for i = 1 to 5 do s#push (i * i) done;
  Printf.printf "%d %s " s#size s#text;
  Printf.printf "%s %d\n" (String.concat "," (List.map string_of_int (drain s))) s#size;
  let iota = object val mutable n = 0 method pop = if n = 4 then raise Not_found else (n <- n + 1; String.make n '*') end in
  print_endline (String.concat "," (drain iota))

(* An interpreter whose nodes are objects *)
class env parent = object (self)
  val table : (string, int) Hashtbl.t = Hashtbl.create 4
  method get x : int = match Hashtbl.find_opt table x with Some v -> v | None -> ( match parent with Some (p : env) -> p#get x | None -> failwith ("no " ^ x))
  method set x v = Hashtbl.replace table x v
  method assign x v : unit = if Hashtbl.mem table x then self#set x v else match parent with Some p -> p#assign x v | None -> failwith ("no " ^ x)
end

class type node = object method eval : env -> int method show : string end

class const n : node = object method eval _ = n method show = string_of_int n end
class var x : node = object method eval env = env#get x method show = x end
class binary op (f : int -> int -> int) (a : node) (b : node) : node = object method eval env = let x = a#eval env in f x (b#eval env) method show = "(" ^ a#show ^ op ^ b#show ^ ")" end
class assign x (e : node) : node = object method eval env = let v = e#eval env in env#assign x v; v method show = x ^ " := " ^ e#show end
class seq (l : node list) : node = object method eval env = let inner = new env (Some env) in List.fold_left (fun _ n -> n#eval inner) 0 l method show = "{" ^ String.concat "; " (List.map (fun n -> n#show) l) ^ "}" end
class loop (c : node) (b : node) : node = object method eval env = let n = ref 0 in while c#eval env <> 0 do incr n; ignore (b#eval env) done; !n method show = "while " ^ c#show ^ " " ^ b#show end
class guard (b : node) (h : node) : node = object method eval env = try b#eval env with Division_by_zero | Failure _ -> h#eval env method show = "try " ^ b#show ^ " else " ^ h#show end

let () =
  let v x = new var x and n i = new const i in
  let op s f a b = new binary s f a b in
  let program =
    new seq
      [
        new loop (op ">" (fun a b -> Bool.to_int (a > b)) (v "i") (n 0)) (new seq [ new assign "sum" (op "+" ( + ) (v "sum") (op "*" ( * ) (v "i") (v "i"))); new assign "i" (op "-" ( - ) (v "i") (n 1)) ]);
        new guard (op "/" ( / ) (v "sum") (v "i")) (new assign "sum" (op "%" ( mod ) (v "sum") (n 1000)));
        new guard (v "nothing") (op "-" ( - ) (n 0) (v "sum"));
      ]
  in
  let env = new env None in
  env#set "i" 300;
  env#set "sum" 0;
  print_endline program#show;
  let r = program#eval env in
  Printf.printf "%d, sum %d, i %d\n" r (env#get "sum") (env#get "i");
  match (new assign "z" (n 1))#eval env with _ -> () | exception Failure m -> print_endline m
