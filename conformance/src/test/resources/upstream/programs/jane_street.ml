(* SPDX-License-Identifier: Apache-2.0 *)
open Base

let say format = Printf.ksprintf Stdlib.print_endline format

let () =
  let words = String.split "the quick brown fox jumps over the lazy dog the end" ~on:' ' in
  let counts =
    List.fold words ~init:(Map.empty (module String)) ~f:(fun m w ->
        Map.update m w ~f:(fun n -> 1 + Option.value n ~default:0))
  in
  Map.iteri counts ~f:(fun ~key ~data -> say "%s %d" key data);
  say "%s" (Sexp.to_string_hum (Map.sexp_of_m__t (module String) Int.sexp_of_t counts));
  let table = Hashtbl.of_alist_exn (module String) [ ("a", 1); ("b", 2) ] in
  say "%b %d" (Hashtbl.mem table "a") (Hashtbl.length table);
  List.iter [ 1; 2; 3; 255; 256; 65537 ] ~f:(fun n ->
      say "%d %d %d %d %d" (Int32.popcount (Int32.of_int_exn n)) (Int32.clz (Int32.of_int_exn n)) (Int32.ctz (Int32.of_int_exn n))
        (Int64.clz (Int64.of_int n)) (Int.ceil_log2 n));
  say "%s" (Sexp.to_string (List.sexp_of_t Float.sexp_of_t [ 0.1; Float.nan; 1e300; -0. ]));
  say "%d" (Int.pow 3 18);
  say "%Ld" (Int64.pow 3L 39L);
  (match Int.pow 10 40 with _ -> say "no exception" | exception e -> say "%s" (Exn.to_string e));
  say "%b" (Or_error.is_error (Or_error.try_with (fun () -> Int.of_string "x")));
  say "%s" (String.concat ~sep:"," (List.map (List.group words ~break:(fun a b -> String.length a <> String.length b)) ~f:String.concat));
  say "%d" (Sequence.fold (Sequence.take (Sequence.unfold ~init:1 ~f:(fun n -> Some (n, n * 3 % 1009))) 100) ~init:0 ~f:( + ));
  say "%s" (Float.to_string_hum ~decimals:3 1234567.8915)
