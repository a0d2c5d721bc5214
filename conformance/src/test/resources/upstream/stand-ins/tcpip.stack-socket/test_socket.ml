(* SPDX-License-Identifier: Apache-2.0 *)
(* There are no sockets to be tested. *)
let suite : (string * Alcotest.speed_level * (unit -> unit Lwt.t)) list = []
