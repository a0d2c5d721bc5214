(* SPDX-License-Identifier: Apache-2.0 *)
(* num's own tests are modules that run when they are linked. *)

module Nats = struct include Test_nats end
module Big_ints = struct include Test_big_ints end
module Ratios = struct include Test_ratios end
module Nums = struct include Test_nums end

let () = Test.end_tests ()
