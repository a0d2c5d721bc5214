(* SPDX-License-Identifier: Apache-2.0 *)
let () = Handshake.run `TLS_1_3 Keys.ec_crt Keys.ec_ca_crt Keys.ec_key [ `X25519 ]
