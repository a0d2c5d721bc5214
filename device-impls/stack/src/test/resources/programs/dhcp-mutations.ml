(* SPDX-License-Identifier: Apache-2.0 *)

(* Whatever a DHCP server sends, nothing is raised, and a whole answer still gives an address. *)

let random = ref (Random.State.make [| 1 |])
let below n = Random.State.int !random n

let main () =
  Lwt.map
    (fun argv ->
      random := Random.State.make [| int_of_string argv.(1) |];
      let n = int_of_string argv.(2) in
      for i = 1 to n do
        Dhcp_answers.one ~below ~now:(Int64.mul (Int64.of_int i) 200_000_000L)
      done;
      Printf.printf "addresses are taken: %b\n" (!Dhcp_answers.taken > n / 500))
    (Bootvar.argv ())

let () = OS.Main.run (main ())
