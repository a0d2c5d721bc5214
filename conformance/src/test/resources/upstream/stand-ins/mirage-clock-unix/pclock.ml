(* SPDX-License-Identifier: Apache-2.0 *)
let now_d_ps () = (0, Int64.mul 1000L !Lwt_main.now)
let current_tz_offset_s () = None
let period_d_ps () = None
