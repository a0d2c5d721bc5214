(* SPDX-License-Identifier: Apache-2.0 *)
let () = Handshake.run `TLS_1_2 Keys.rsa_crt Keys.rsa_ca_crt Keys.rsa_key [ `P256 ]
