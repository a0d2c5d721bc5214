(* SPDX-License-Identifier: Apache-2.0 *)

(* The pages of the portal. *)

let escaped text =
  let buffer = Buffer.create (String.length text) in
  String.iter
    (function
      | '<' -> Buffer.add_string buffer "&lt;"
      | '>' -> Buffer.add_string buffer "&gt;"
      | '&' -> Buffer.add_string buffer "&amp;"
      | '"' -> Buffer.add_string buffer "&quot;"
      | c -> Buffer.add_char buffer c)
    text;
  Buffer.contents buffer

let page body =
  {|<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Set up</title><body style="font-family:sans-serif;max-width:24em;margin:2em auto"><h1>Set up</h1>|}
  ^ body

let paragraph text = "<p>" ^ escaped text ^ "</p>"

(* [notice]: what went wrong before. *)
let form ~networks ~notice =
  let option ssid = {|<option value="|} ^ escaped ssid ^ {|">|} in
  page
    (String.concat ""
       [ Option.fold ~none:"" ~some:paragraph notice;
         {|<form method="post" action="/"><p><label>Network<br><input name="ssid" list="networks" maxlength="32" required></label><datalist id="networks">|};
         String.concat "" (List.map option networks);
         {|</datalist><p><label>Passphrase, if it has one<br><input name="passphrase" type="password" maxlength="64"></label><p><button>Join</button></form>|} ])

let accepted ssid = page (paragraph (Printf.sprintf "This board joins %s now, and this network ends." ssid))
