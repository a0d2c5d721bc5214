(* SPDX-License-Identifier: Apache-2.0 *)
(* The part of Alcotest that needs no operating system: each test that passes is a line, each that does not, too. *)

module type TESTABLE = sig
  type t

  val pp : t Fmt.t
  val equal : t -> t -> bool
end

type 'a testable = (module TESTABLE with type t = 'a)
type speed_level = [ `Quick | `Slow ]
type return = unit
type 'a test_case = string * speed_level * ('a -> return)
type 'a test = string * 'a test_case list

exception Test_error
exception Check_error of string

let testable (type a) (pp : a Fmt.t) (equal : a -> a -> bool) : a testable =
  (module struct
    type t = a

    let pp = pp
    let equal = equal
  end)

let pp (type a) (module T : TESTABLE with type t = a) = T.pp
let equal (type a) (module T : TESTABLE with type t = a) = T.equal
let of_pp pp = testable pp ( = )
let bool = of_pp Fmt.bool
let int = of_pp Fmt.int
let int32 = of_pp Fmt.int32
let int64 = of_pp Fmt.int64
let char = of_pp Fmt.char
let string = testable Fmt.string String.equal
let bytes = of_pp (fun f b -> Fmt.string f (Bytes.to_string b))
let unit = of_pp (fun f () -> Fmt.string f "()")
let float eps = testable Fmt.float (fun a b -> Float.equal a b || Float.abs (a -. b) <= eps)
let option t = testable (Fmt.Dump.option (pp t)) (Option.equal (equal t))
let list t = testable (Fmt.Dump.list (pp t)) (List.equal (equal t))

let array t =
  testable (Fmt.Dump.array (pp t)) (fun a b -> List.equal (equal t) (Array.to_list a) (Array.to_list b))

let slist (type a) (t : a testable) compare =
  testable (Fmt.Dump.list (pp t)) (fun a b -> List.equal (equal t) (List.sort compare a) (List.sort compare b))

let pair a b = testable (Fmt.Dump.pair (pp a) (pp b)) (fun (x, y) (x', y') -> equal a x x' && equal b y y')

let triple a b c =
  let triple f (x, y, z) = Fmt.pf f "(%a, %a, %a)" (pp a) x (pp b) y (pp c) z in
  testable triple (fun (x, y, z) (x', y', z') -> equal a x x' && equal b y y' && equal c z z')

let result ok error =
  testable (Fmt.Dump.result ~ok:(pp ok) ~error:(pp error)) (Result.equal ~ok:(equal ok) ~error:(equal error))


let pass (type a) : a testable =
  (module struct
    type t = a

    let pp f _ = Fmt.string f "pass"
    let equal _ _ = true
  end)

let reject (type a) : a testable =
  (module struct
    type t = a

    let pp f _ = Fmt.string f "reject"
    let equal _ _ = false
  end)

let fail ?here:_ ?pos:_ message = raise (Check_error message)
let failf ?here:_ ?pos:_ format = Fmt.kstr (fun message -> raise (Check_error message)) format

let check ?here:_ ?pos:_ t message expected actual =
  if not (equal t expected actual) then
    failf "%s: expected %a, got %a" message (pp t) expected (pp t) actual

let check' ?here ?pos t ~msg ~expected ~actual = check ?here ?pos t msg expected actual

let check_raises ?here:_ ?pos:_ message expected f =
  match f () with
  | () -> failf "%s: expected %s, got nothing" message (Printexc.to_string expected)
  | exception e when e = expected -> ()
  | exception e -> failf "%s: expected %s, got %s" message (Printexc.to_string expected) (Printexc.to_string e)

let neg t = testable (pp t) (fun a b -> not (equal t a b))
let test_case name speed f : _ test_case = (name, speed, f)
let skip () = ()

type verdict = Passed | Failed | Left_out

let run_test name f =
  let say what = Printf.printf "%s %s\n%!" what name in
  match f () with
  | () -> say "ok"; Passed
  | exception Sys_error _ -> say "not run, it needs a file:"; Left_out
  | exception Check_error message -> say "FAILED"; print_endline message; Failed
  | exception e -> say "FAILED"; print_endline (Printexc.to_string e); Failed

let run_with_args ?(and_exit = true) ?argv:_ ?filter:_ suite args (groups : _ test list) =
  let passed = ref 0 and failed = ref 0 and left_out = ref 0 in
  let run group ((name, speed, f) : _ test_case) =
    let name = group ^ ": " ^ name in
    match if speed = `Slow then (Printf.printf "not run, slow: %s\n%!" name; Left_out) else run_test name (fun () -> f args) with
    | Passed -> incr passed
    | Failed -> incr failed
    | Left_out -> incr left_out
  in
  List.iter (fun (group, cases) -> List.iter (run group) cases) groups;
  Format.print_flush ();
  Printf.printf "# %s: %d tests passed, %d failed, %d not run\n%!" suite !passed !failed !left_out;
  if !failed > 0 then if and_exit then exit 1 else raise Test_error

let run ?and_exit ?argv ?filter suite groups = run_with_args ?and_exit ?argv ?filter suite () groups
