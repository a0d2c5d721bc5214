(* SPDX-License-Identifier: Apache-2.0 *)
let setup_std_outputs ?style_renderer:_ ?utf_8:_ () = ()
