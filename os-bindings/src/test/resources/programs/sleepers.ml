(* SPDX-License-Identifier: Apache-2.0 *)
(* The heap of sleepers against a sorted list, on random operations. *)

let seed = int_of_string (Sys.getenv "SEED")

let () =
  Random.init seed;
  let heap = Mirage_sleepers.create () in
  (* deadline, order, wakener, sleeper; sorted by the first two *)
  let model = ref [] in
  let key (deadline, order, _, _) = (deadline, order) in
  let order = ref 0 in
  let add () =
    let deadline = Int64.of_int (Random.int 50) in
    let _, wakener = Lwt.wait () in
    let sleeper = Mirage_sleepers.add heap deadline wakener in
    incr order;
    model := List.merge (fun a b -> compare (key a) (key b)) !model [ (deadline, !order, wakener, sleeper) ]
  in
  let remove () =
    match !model with
    | [] -> ()
    | model_list ->
        let ((_, _, _, sleeper) as victim) = List.nth model_list (Random.int (List.length model_list)) in
        Mirage_sleepers.remove heap sleeper;
        Mirage_sleepers.remove heap sleeper;
        model := List.filter (fun x -> x != victim) model_list
  in
  let take () =
    let now = Int64.of_int (Random.int 50) in
    match (Mirage_sleepers.take_due heap now, !model) with
    | None, [] -> ()
    | None, (deadline, _, _, _) :: _ -> assert (deadline > now)
    | Some wakener, (deadline, _, expected, _) :: rest ->
        assert (deadline <= now && wakener == expected);
        model := rest
    | Some _, [] -> assert false
  in
  for _ = 1 to 20_000 do
    (match Random.int 5 with 0 | 1 -> add () | 2 -> remove () | _ -> take ());
    assert (Mirage_sleepers.length heap = List.length !model);
    assert (
      Mirage_sleepers.next_deadline heap
      = match !model with [] -> -1L | (deadline, _, _, _) :: _ -> deadline)
  done;
  print_endline "same"
