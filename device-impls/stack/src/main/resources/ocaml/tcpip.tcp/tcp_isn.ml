(* SPDX-License-Identifier: Apache-2.0 *)

type t = { secret : string }
type numbers = { iss : Tcp_sequence.t; ts_offset : int32 }

let create ~secret = { secret }

let numbers t ~addresses ~local_port ~remote_port ~ns =
  let ports = Printf.sprintf "%d %d " local_port remote_port in
  let digest = Digest.string (String.concat "" [ t.secret; ports; addresses; t.secret ]) in
  let clock = Int64.to_int32 (Int64.div ns 4000L) in
  {
    iss = Tcp_sequence.of_int32 (Int32.add clock (String.get_int32_be digest 0));
    ts_offset = String.get_int32_be digest 4;
  }
