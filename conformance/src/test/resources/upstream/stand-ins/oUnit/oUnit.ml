(* SPDX-License-Identifier: Apache-2.0 *)
(* The older names of OUnit2. *)

include OUnit2

type result = RSuccess of string | RFailure of string | RError of string | RSkip of string | RTodo of string

let ( @? ) = assert_bool

let cmp_float ?(epsilon = 0.00001) a b =
  Float.abs (a -. b) <= epsilon *. Float.abs a || Float.abs (a -. b) <= epsilon *. Float.abs b

(* One that fails ends the program. *)
let run_test_tt ?verbose:_ test = run_test_tt_main test; [ RSuccess "" ]
let run_test_tt_main ?arg_specs:_ ?set_verbose:_ test = run_test_tt test
