(* An item of a constant array that has none, in a loop: it must not be loaded in front of the loop, where its index has not
   been checked. What would be loaded is in no array, and no value; some of it leads nowhere. *)

let steps = ref 0

let tick () =
  incr steps;
  if !steps > 4000 then raise Exit;
  true

let rec item0 fuel a =
  if tick () && fuel <= 0 then Some true
  else item0 (fuel - 1) (Nativeint.sub a (Nativeint.div [||].(8 land 7) a))

let rec item1 fuel a =
  if tick () && fuel <= 0 then Some true
  else item1 (fuel - 1) (Nativeint.sub a (Nativeint.div [||].(9 land 7) a))

let rec item2 fuel a =
  if tick () && fuel <= 0 then Some true
  else item2 (fuel - 1) (Nativeint.sub a (Nativeint.div [||].(10 land 7) a))

let rec item3 fuel a =
  if tick () && fuel <= 0 then Some true
  else item3 (fuel - 1) (Nativeint.sub a (Nativeint.div [||].(11 land 7) a))

let rec item4 fuel a =
  if tick () && fuel <= 0 then Some true
  else item4 (fuel - 1) (Nativeint.sub a (Nativeint.div [||].(12 land 7) a))

let rec item5 fuel a =
  if tick () && fuel <= 0 then Some true
  else item5 (fuel - 1) (Nativeint.sub a (Nativeint.div [||].(13 land 7) a))

let rec item6 fuel a =
  if tick () && fuel <= 0 then Some true
  else item6 (fuel - 1) (Nativeint.sub a (Nativeint.div [||].(14 land 7) a))

let rec item7 fuel a =
  if tick () && fuel <= 0 then Some true
  else item7 (fuel - 1) (Nativeint.sub a (Nativeint.div [||].(15 land 7) a))

let print name run =
  match run () with
  | text -> print_endline (name ^ " = " ^ text)
  | exception e -> print_endline (name ^ " raised " ^ Printexc.to_string e)

let () =
  List.iteri
    (fun i item ->
      steps := 0;
      print (string_of_int i) (fun () ->
          match item 3 5n with Some b -> string_of_bool b | None -> ""))
    [ item0; item1; item2; item3; item4; item5; item6; item7 ]
