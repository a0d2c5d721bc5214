(* SPDX-License-Identifier: Apache-2.0 *)

module Flow = Tcp_flow
