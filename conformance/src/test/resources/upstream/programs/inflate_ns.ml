(* SPDX-License-Identifier: Apache-2.0 *)
(* decompress' own tests of its compression without states; those of its corpus need files. *)

let () = Alcotest.run "decompress, ns" Test_ns.tests
