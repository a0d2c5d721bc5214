(* SPDX-License-Identifier: Apache-2.0 *)

let large = 1100
let least = 64
let create ~queued n = Cstruct.create_unsafe (Int.max n (Int.min Tcp_limits.segment (Int.max least queued)))
