(* SPDX-License-Identifier: Apache-2.0 *)

(* An answer with an alias, pointers and a zone's record, changed at random: reading it never raises, and ends. *)

let random = ref (Random.State.make [| 1 |])
let below n = Random.State.int !random n

let answer =
  String.concat ""
    [ "\000\001\129\128\000\001\000\002\000\001\000\000"; "\003www\007example\003org\000\000\001\000\001";
      "\192\012\000\005\000\001\000\000\000\060\000\008\005alias\192\016";
      "\005alias\192\016\000\001\000\001\000\000\000\060\000\004\010\000\000\002";
      "\192\016\000\006\000\001\000\000\000\060\000\026\002ns\192\016\000"; String.concat "" (List.init 5 (fun i -> Printf.sprintf "\000\000\000%c" (Char.chr i))) ]

let change () =
  let bytes = Bytes.of_string answer in
  for _ = 0 to below 4 do
    let byte = if below 3 = 0 then 0xc0 + below 2 else below 256 in
    Bytes.set bytes (below (Bytes.length bytes)) (Char.chr byte)
  done;
  Bytes.sub bytes 0 (if below 4 = 0 then below (Bytes.length bytes + 1) else Bytes.length bytes)

let main () =
  Lwt.map
    (fun argv ->
      (match Dns_message.read (Cstruct.of_string answer) with
      | Some { records = [ (_, 60L, Alias _); (_, 60L, Address _) ]; code = 0; _ } -> ()
      | _ -> failwith "the answer itself is not understood");
      random := Random.State.make [| int_of_string argv.(1) |];
      let damaged = ref 0 and n = int_of_string argv.(2) in
      for _ = 1 to n do
        if Dns_message.read (Cstruct.of_bytes (change ())) = None then incr damaged
      done;
      Printf.printf "some are damaged: %b\n" (!damaged > n / 5 && !damaged < n))
    (Bootvar.argv ())

let () = OS.Main.run (main ())
