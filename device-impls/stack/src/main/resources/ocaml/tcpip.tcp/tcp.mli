(* SPDX-License-Identifier: Apache-2.0 *)

(** TCP. A program needs {!Flow}; the parts of it are the modules [Tcp_...]. *)

module Flow = Tcp_flow
