(* SPDX-License-Identifier: Apache-2.0 *)
(* Certificates read, checked, made and written; signatures with RSA and P-256. *)

open Common

let verdict chain trusted name =
  match X509.Validation.verify_chain_of_trust ~host:(Some name) ~time:now ~anchors:(certificates trusted) (certificates chain) with
  | Ok _ -> "trusted"
  | Error error -> Fmt.to_to_string X509.Validation.pp_validation_error error

let () =
  seed ();
  let other = Domain_name.(host_exn (of_string_exn "other.example")) in
  let read (chain, authority, wrong) =
    List.iter (fun c -> Format.printf "%a@." X509.Certificate.pp c) (certificates chain);
    List.iter print_endline [ verdict chain authority host; verdict chain wrong host; verdict chain authority other ]
  in
  List.iter read Keys.[ (ec_crt, ec_ca_crt, rsa_ca_crt); (rsa_crt, rsa_ca_crt, ec_ca_crt) ];
  let sign pem =
    let private_key = key pem in
    let name = X509.Distinguished_name.[ Relative_distinguished_name.singleton (CN "made here") ] in
    let request = Result.get_ok (X509.Signing_request.create name private_key) in
    let from = Option.get (Ptime.of_date (2027, 1, 1)) and until = Option.get (Ptime.of_date (2028, 1, 1)) in
    let made =
      match X509.Signing_request.sign ~valid_from:from ~valid_until:until ~serial:(Z.of_int 7) request private_key name with
      | Ok made -> made
      | Error e -> failwith (Fmt.to_to_string X509.Validation.pp_signature_error e)
    in
    print_string (Cstruct.to_string (X509.Certificate.encode_pem made));
    Format.printf "%a@." X509.Certificate.pp made
  in
  List.iter sign Keys.[ ec_key; rsa_key ]
