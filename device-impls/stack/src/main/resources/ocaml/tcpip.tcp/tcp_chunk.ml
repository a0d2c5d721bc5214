(* SPDX-License-Identifier: Apache-2.0 *)

let large = 1100
let least = 64
let most = 1460
let create ~queued n = Cstruct.create_unsafe (Int.max n (Int.min most (Int.max least queued)))
