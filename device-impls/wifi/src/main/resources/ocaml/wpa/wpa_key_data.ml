(* SPDX-License-Identifier: Apache-2.0 *)

module Element = Dot11_element

type group = { id : int; key : string }

let rsn data = Option.map Cstruct.to_string (Element.rsn (Cstruct.of_string data))

(* A key data encapsulation is an element of the vendor 00-0F-AC; type 1 is the group key, with its identifier and a
   reserved byte in front. *)
let group_type = "\x00\x0F\xAC\x01"
let key_length = 16

let as_group body =
  let front = String.length group_type + 2 in
  if Cstruct.length body <> front + key_length then None
  else if not (String.equal (Cstruct.to_string body ~off:0 ~len:4) group_type) then None
  else Some { id = Cstruct.get_uint8 body 4 land 3; key = Cstruct.to_string body ~off:front ~len:key_length }

let rec find_group data =
  if Cstruct.length data < 2 then None
  else
    let size = 2 + Cstruct.get_uint8 data 1 in
    if size > Cstruct.length data then None
    else
      let found = if Cstruct.get_uint8 data 0 = Element.vendor then as_group (Cstruct.sub data 2 (size - 2)) else None in
      match found with Some _ -> found | None -> find_group (Cstruct.shift data size)

let group data = find_group (Cstruct.of_string data)

(* 12.7.2: padding is 0xDD and zeros. *)
let padded text =
  let short = String.length text mod 8 in
  if short = 0 then text else text ^ "\xDD" ^ String.make (7 - short) '\000'

let build ~rsn group =
  let element = Option.fold ~none:"" ~some:Element.build_rsn rsn in
  padded (element ^ Element.build Element.vendor (Printf.sprintf "%s%c\000%s" group_type (Char.chr group.id) group.key))
