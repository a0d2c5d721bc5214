(* SPDX-License-Identifier: Apache-2.0 *)
(* request: keys unix *)
let () = ignore Mirage.default_time
