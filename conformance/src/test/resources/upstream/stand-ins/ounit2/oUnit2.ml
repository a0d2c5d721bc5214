(* SPDX-License-Identifier: Apache-2.0 *)
(* The part of OUnit that needs no operating system: each test that passes is a line, each that does not, too. *)

type test_ctxt = unit
type test_fun = test_ctxt -> unit
type test = Case of test_fun | Suite of test list | Label of string * test

exception Failure of string

let ( >:: ) label f = Label (label, Case f)
let ( >::: ) label tests = Label (label, Suite tests)
let ( >: ) label test = Label (label, test)
let test_case ?length:_ f = Case f
let test_list tests = Suite tests
let assert_failure message = raise (Failure message)
let assert_bool message b = if not b then assert_failure message
let assert_string text = if text <> "" then assert_failure text

let assert_equal ?ctxt:_ ?(cmp = ( = )) ?printer ?pp_diff ?(msg = "not equal") expected actual =
  if not (cmp expected actual) then
    assert_failure
      (match printer, pp_diff with
       | Some p, _ -> Printf.sprintf "%s: expected %s, got %s" msg (p expected) (p actual)
       | None, Some pp -> Format.asprintf "%s: %a" msg pp (expected, actual)
       | None, None -> msg)

let assert_raises ?(msg = "") expected f =
  match f () with
  | _ -> assert_failure (msg ^ ": expected " ^ Printexc.to_string expected ^ ", got nothing")
  | exception e when e = expected -> ()
  | exception e ->
    assert_failure (msg ^ ": expected " ^ Printexc.to_string expected ^ ", got " ^ Printexc.to_string e)

let run_test_tt_main ?exit:_ test =
  let passed = ref 0 and failed = ref 0 in
  let rec run path = function
    | Suite tests -> List.iteri (fun i test -> run (path ^ ":" ^ string_of_int i) test) tests
    | Label (label, test) -> run (path ^ ":" ^ label) test
    | Case f ->
      (match f () with
       | () -> incr passed; Printf.printf "ok %s\n%!" path
       | exception e ->
         incr failed;
         let reason = match e with Failure message -> message | e -> Printexc.to_string e in
         Printf.printf "FAILED %s: %s\n%!" path reason)
  in
  run "" test;
  Printf.printf "# %d tests passed, %d failed\n%!" !passed !failed;
  if !failed > 0 then exit 1
