(* SPDX-License-Identifier: Apache-2.0 *)

module type V4 = Tcpip.Stack.V4
module type V6 = Tcpip.Stack.V6
module type V4V6 = Tcpip.Stack.V4V6
