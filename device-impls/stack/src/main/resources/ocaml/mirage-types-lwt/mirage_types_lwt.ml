(* SPDX-License-Identifier: Apache-2.0 *)

include Mirage_types
