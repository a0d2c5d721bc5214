(* SPDX-License-Identifier: Apache-2.0 *)
(* A Forth: a dictionary of closures, compiled definitions with control flow patched by reference, a return stack, memory as an int array. *)

exception Forth of string
exception Leave
exception Abort

let failf fmt = Printf.ksprintf (fun s -> raise (Forth s)) fmt

let stack = Array.make 64 0
let sp = ref 0
let rstack = Array.make 64 0
let rp = ref 0
let memory = Array.make 256 0
let here = ref 0
let out = Buffer.create 1000

let push x =
  try
    stack.(!sp) <- x;
    incr sp
  with Invalid_argument _ -> failf "stack overflow"

let pop () =
  decr sp;
  try stack.(!sp)
  with Invalid_argument _ ->
    sp := 0;
    failf "stack underflow"

let rpush x = (try rstack.(!rp) <- x with Invalid_argument _ -> failf "return stack overflow"); incr rp
let rpop () = if !rp = 0 then failf "return stack underflow" else (decr rp; rstack.(!rp))

type code = unit -> unit
type word = { name : string; mutable run : code; immediate : bool }

let dictionary : (string, word) Hashtbl.t = Hashtbl.create 97
let def ?(immediate = false) name run = Hashtbl.replace dictionary name { name; run; immediate }

(* Source *)
let source = ref [] and compiling = ref None

let next_word () = match !source with [] -> failf "end of source" | w :: l -> source := l; w

(* What is compiled: a list of cells, control structures nested on a stack of their own *)
type control = If of code list | Else of code list * code list | Begin of code list | While of code list * code list | Do of code list

let body : code list ref = ref []
let controls : control list ref = ref []
let emit c = body := c :: !body

let seq cells =
  match cells with
  | [] -> fun () -> ()
  | [ a ] -> a
  | [ b; a ] -> fun () -> a (); b ()
  | l ->
      let cells = Array.of_list (List.rev l) in
      fun () -> for i = 0 to Array.length cells - 1 do cells.(i) () done

let binary name f = def name (fun () -> let b = pop () in let a = pop () in push (f a b))
let flag b = if b then -1 else 0
let compare name f = binary name (fun a b -> flag (f a b))

let immediate name f = def ~immediate:true name (fun () -> if !compiling = None then failf "%s outside of a definition" name else f ())

let loop_cell step body () =
  let index = pop () in
  let limit = pop () in
  rpush limit;
  rpush index;
  (try
     let continue = ref true in
     while !continue do
       body ();
       let i = rpop () in
       let limit = rstack.(!rp - 1) in
       let s = step () in
       rpush (i + s);
       if (s >= 0 && i + s >= limit) || (s < 0 && i + s < limit) then continue := false
     done
   with Leave -> ());
  ignore (rpop ());
  ignore (rpop ())

let () =
  List.iter (fun (n, f) -> binary n f)
    [ ("+", ( + )); ("-", ( - )); ("*", ( * )); ("and", ( land )); ("or", ( lor )); ("xor", ( lxor )); ("min", min); ("max", max); ("lshift", ( lsl )); ("rshift", ( lsr )) ];
  binary "/" (fun a b -> try a / b with Division_by_zero -> failf "division by zero");
  binary "mod" (fun a b -> try a mod b with Division_by_zero -> failf "division by zero");
  List.iter (fun (n, f) -> compare n f) [ ("<", ( < )); (">", ( > )); ("=", ( = )); ("<>", ( <> )); ("<=", ( <= )) ];
  def "dup" (fun () -> let a = pop () in push a; push a);
  def "drop" (fun () -> ignore (pop ()));
  def "swap" (fun () -> let b = pop () in let a = pop () in push b; push a);
  def "over" (fun () -> let b = pop () in let a = pop () in push a; push b; push a);
  def "rot" (fun () -> let c = pop () in let b = pop () in let a = pop () in push b; push c; push a);
  def "pick" (fun () -> let n = pop () in match stack.(!sp - 1 - n) with v -> push v | exception Invalid_argument _ -> failf "pick %d" n);
  def "depth" (fun () -> push !sp);
  def "negate" (fun () -> push (-pop ()));
  def "0=" (fun () -> push (flag (pop () = 0)));
  def "." (fun () -> Buffer.add_string out (string_of_int (pop ())); Buffer.add_char out ' ');
  def "emit" (fun () -> match Char.chr (pop ()) with c -> Buffer.add_char out c | exception Invalid_argument _ -> failf "emit");
  def "cr" (fun () -> Buffer.add_char out '\n');
  def ".s" (fun () -> Printf.bprintf out "<%d>" !sp; for i = 0 to !sp - 1 do Printf.bprintf out " %d" stack.(i) done; Buffer.add_char out '\n');
  def ">r" (fun () -> rpush (pop ()));
  def "r>" (fun () -> push (rpop ()));
  def "i" (fun () -> push rstack.(!rp - 1));
  def "j" (fun () -> push (try rstack.(!rp - 3) with Invalid_argument _ -> failf "j outside of two loops"));
  def "leave" (fun () -> raise_notrace Leave);
  def "abort" (fun () -> raise Abort);
  def "@" (fun () -> let a = pop () in push (try memory.(a) with Invalid_argument _ -> failf "no address %d" a));
  def "!" (fun () -> let a = pop () in let v = pop () in try memory.(a) <- v with Invalid_argument _ -> failf "no address %d" a);
  def "+!" (fun () -> let a = pop () in let v = pop () in memory.(a) <- memory.(a) + v);
  def "here" (fun () -> push !here);
  def "allot" (fun () -> here := !here + pop ());
  def "," (fun () -> memory.(!here) <- pop (); incr here);
  def "variable" (fun () -> let a = !here in incr here; def (next_word ()) (fun () -> push a));
  def "constant" (fun () -> let v = pop () in def (next_word ()) (fun () -> push v));
  def "create" (fun () -> let a = !here in def (next_word ()) (fun () -> push a));
  def "'" (fun () -> let n = next_word () in match Hashtbl.find_opt dictionary n with Some w -> (* an index into a table of its own *) Hashtbl.replace dictionary (Printf.sprintf "#%d" (Hashtbl.hash n)) w; push (Hashtbl.hash n) | None -> failf "%s ?" n);
  def "execute" (fun () -> let h = pop () in match Hashtbl.find_opt dictionary (Printf.sprintf "#%d" h) with Some w -> w.run () | None -> failf "execute");
  def "catch:" (fun () ->
      (* runs a word; what it raises becomes a number *)
      let n = next_word () in
      let depth = !sp and r = !rp in
      match (Hashtbl.find dictionary n).run () with
      | () -> push 0
      | exception Forth m -> sp := depth; rp := r; Printf.bprintf out "[%s]" m; push 1
      | exception Abort -> sp := depth; rp := r; push 2
      | exception Stack_overflow -> sp := depth; rp := r; push 3);
  def ":" (fun () ->
      if !compiling <> None then failf ": inside of a definition";
      let name = next_word () in
      let w = { name; run = (fun () -> failf "%s is not yet defined" name); immediate = false } in
      compiling := Some w;
      body := [];
      controls := []);
  immediate ";" (fun () ->
      match (!compiling, !controls) with
      | Some w, [] -> w.run <- seq !body; Hashtbl.replace dictionary w.name w; compiling := None
      | Some w, _ -> compiling := None; failf "%s: open structure" w.name
      | None, _ -> assert false);
  immediate "recurse" (fun () -> match !compiling with Some w -> emit (fun () -> w.run ()) | None -> ());
  immediate "if" (fun () -> controls := If !body :: !controls; body := []);
  immediate "else" (fun () -> match !controls with If outer :: l -> controls := Else (outer, !body) :: l; body := [] | _ -> failf "else without if");
  immediate "then" (fun () ->
      match !controls with
      | If outer :: l -> let yes = seq !body in controls := l; body := outer; emit (fun () -> if pop () <> 0 then yes ())
      | Else (outer, y) :: l -> let yes = seq y and no = seq !body in controls := l; body := outer; emit (fun () -> if pop () <> 0 then yes () else no ())
      | _ -> failf "then without if");
  immediate "begin" (fun () -> controls := Begin !body :: !controls; body := []);
  immediate "until" (fun () -> match !controls with Begin outer :: l -> let b = seq !body in controls := l; body := outer; emit (fun () -> b (); while pop () = 0 do b () done) | _ -> failf "until without begin");
  immediate "while" (fun () -> match !controls with Begin outer :: l -> controls := While (outer, !body) :: l; body := [] | _ -> failf "while without begin");
  immediate "repeat" (fun () -> match !controls with While (outer, c) :: l -> let test = seq c and b = seq !body in controls := l; body := outer; emit (fun () -> while test (); pop () <> 0 do b () done) | _ -> failf "repeat without while");
  immediate "do" (fun () -> controls := Do !body :: !controls; body := []);
  let close name step = immediate name (fun () -> match !controls with Do outer :: l -> let b = seq !body in controls := l; body := outer; emit (loop_cell step b) | _ -> failf "%s without do" name) in
  close "loop" (fun () -> 1);
  close "+loop" pop;
  def ~immediate:true ".\"" (fun () ->
      let rec words acc = match next_word () with w when w <> "" && w.[String.length w - 1] = '"' -> List.rev (String.sub w 0 (String.length w - 1) :: acc) | w -> words (w :: acc) in
      let s = String.concat " " (words []) in
      let c () = Buffer.add_string out s in
      if !compiling = None then c () else emit c);
  def ~immediate:true "(" (fun () -> while next_word () <> ")" do () done)

let interpret text =
  source := List.filter (( <> ) "") (String.split_on_char ' ' (String.map (function '\n' -> ' ' | c -> c) text));
  try
    while !source <> [] do
      let name = next_word () in
      match (Hashtbl.find dictionary name, !compiling) with
      | w, Some _ when not w.immediate -> emit (fun () -> w.run ())
      | w, _ -> w.run ()
      | exception Not_found -> (
          match int_of_string name with
          | n -> if !compiling = None then push n else emit (fun () -> push n)
          | exception Failure _ -> failf "%s ?" name)
    done;
    if !sp > 0 then Printf.bprintf out "(%d left)" !sp
  with Forth m ->
    Printf.bprintf out "! %s" m;
    compiling := None;
    sp := 0;
    rp := 0

let () =
  List.iter
    (fun text ->
      interpret text;
      print_endline (Buffer.contents out);
      Buffer.clear out)
    [
      "2 3 + 4 * . 7 -2 / . 7 -2 mod . -7 2 mod . 1073741823 1 + .";
      ": square dup * ; : cube dup square * ; 3 cube . 12 square .";
      ": fact dup 1 > if dup 1 - recurse * else drop 1 then ; 5 fact . 10 fact . 13 fact .";
      ": stars 0 do 42 emit loop ; : box 4 1 do i stars cr loop ; box";
      ": table 4 1 do 4 1 do i j * . loop cr loop ; table";
      ": fib ( n -- ) 0 1 rot 0 do over . swap over + loop drop drop ; 20 fib";
      ": gcd begin dup while swap over mod repeat drop ; 1071 462 gcd . 17 5 gcd .";
      "variable x 5 x ! x @ . 3 x +! x @ . 999 @ .";
      "create squares : fill 0 do i i * , loop ; 12 fill squares 5 + @ . squares 11 + @ .";
      "create flags 200 allot : sieve 200 2 do 1 flags i + ! loop 15 2 do flags i + @ if 200 i dup * do 0 flags i + ! j +loop then loop ; sieve";
      ": count 0 60 2 do flags i + @ if 1 + i . then loop ; .\" primes: \" count . ";
      "1 2 3 .s rot .s drop drop drop drop";
      ": bad 1 if ; bad"; "nonsense"; ": f leave ; 10 0 / ."; "then"; ": t then ;"; "j"; "300 emit"; "5 pick"; "1 0 mod";
      ": find 100 0 do i i * 500 > if i . leave then loop .\" is the first\" ; find";
      ": down 0 10 do i . -3 +loop ; down"; ": r 1 >r 2 >r r> r> . . ; r r> .";
      ": boom 1 2 drop drop drop ; : quit abort ; catch: boom . catch: quit . catch: square .";
      "' square 9 swap execute . 7 constant seven seven . seven negate .";
      ": deep recurse 1 drop ; ";
      ": collatz 0 swap begin dup 1 > while dup 1 and if 3 * 1 + else 2 / then swap 1 + swap repeat drop ; 27 collatz . 97 collatz .";
      ": work 0 1500 0 do i 7 mod 0= if i + else 1 - then loop ; work .";
      ": full begin 1 0 until ; : fill 70 0 do i loop ; fill"; "1 2";
    ]
