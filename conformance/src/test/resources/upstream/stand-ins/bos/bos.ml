(* SPDX-License-Identifier: Apache-2.0 *)
(* There are no processes, as there are no files. *)

module Cmd = struct
  let v name = name
end

module OS = struct
  module Cmd = struct
    let in_string text = text
    let run_io (_ : string) text = text
    let to_string ~trim:(_ : bool) (_ : string) : (string, [ `Msg of string ]) result = raise (Sys_error "no process")
  end
end
