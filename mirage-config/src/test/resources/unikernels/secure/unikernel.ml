(* SPDX-License-Identifier: Apache-2.0 *)
module Main (_ : Conduit_mirage.S) = struct
  let start _ = Lwt.return_unit
end
