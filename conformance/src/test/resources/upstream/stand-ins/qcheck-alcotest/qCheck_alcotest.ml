(* SPDX-License-Identifier: Apache-2.0 *)
(* The same numbers in each run. *)

let to_alcotest ?verbose:_ ?long:_ ?rand:_ (QCheck2.Test.Test cell) =
  let name = QCheck2.Test.get_name cell in
  (name, `Quick, fun () -> QCheck2.Test.check_cell_exn cell ~rand:(Random.State.make [| 1 |]))
