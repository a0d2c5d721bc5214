(* SPDX-License-Identifier: Apache-2.0 *)

exception Damaged

let check condition = if not condition then raise_notrace Damaged

let byte buffer at =
  check (at < Cstruct.length buffer);
  Cstruct.get_uint8 buffer at

let word buffer at =
  check (at + 2 <= Cstruct.length buffer);
  Cstruct.BE.get_uint16 buffer at

let seconds buffer at =
  check (at + 4 <= Cstruct.length buffer);
  Int64.logand (Int64.of_int32 (Cstruct.BE.get_uint32 buffer at)) 0x7fffffffL

let name buffer at =
  let rec labels acc ~start at ~stop =
    match byte buffer at with
    | 0 -> (List.rev acc, Option.value stop ~default:(at + 1))
    | n when n land 0xc0 = 0xc0 ->
        let target = word buffer at land 0x3fff in
        check (target < start);
        labels acc ~start:target target ~stop:(Some (Option.value stop ~default:(at + 2)))
    | n ->
        check (n < 64 && at + 1 + n <= Cstruct.length buffer);
        labels (Cstruct.to_string ~off:(at + 1) ~len:n buffer :: acc) ~start (at + 1 + n) ~stop
  in
  let labels, stop = labels [] ~start:at at ~stop:None in
  match Domain_name.of_strings labels with
  | Ok name -> (name, stop)
  | Error _ -> raise_notrace Damaged

let total read buffer = match read buffer with result -> Some result | exception Damaged -> None

let encode name =
  let label l = String.make 1 (Char.chr (String.length l)) ^ l in
  String.concat "" (List.map label (Domain_name.to_strings name)) ^ "\000"
