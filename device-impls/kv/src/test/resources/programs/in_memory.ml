(* SPDX-License-Identifier: Apache-2.0 *)
open Lwt.Infix
module S = Mirage_kv_mem.Make (Pclock)
let key = Mirage_kv.Key.v
let ok = function Ok x -> Lwt.return x | Error e -> Lwt.fail_with (Format.asprintf "%a" S.pp_write_error e)
let read = function Ok x -> Lwt.return x | Error e -> Lwt.fail_with (Format.asprintf "%a" S.pp_error e)
let fails p = Lwt.catch (fun () -> p () >|= fun _ -> assert false) (function Failure m -> print_endline m; Lwt.return_unit | e -> Lwt.fail e)
let () =
  OS.Main.run
    ( S.connect () >>= fun s ->
      S.set s (key "a/b/c") "1" >>= ok >>= fun () ->
      S.digest s (key "a") >>= read >>= fun before ->
      S.set s (key "a/b/c") "2" >>= ok >>= fun () ->
      S.digest s (key "a") >>= read >>= fun after ->
      assert (before <> after);
      S.get s (key "a/b/c") >>= read >>= fun v ->
      print_endline v;
      fails (fun () -> S.set s (key "a/b") "x" >>= ok) >>= fun () ->
      fails (fun () -> S.set s (key "a/b/c/d") "x" >>= ok) >>= fun () ->
      fails (fun () -> S.get s (key "a/b") >>= read) >>= fun () ->
      OS.Time.sleep_ns 2_000_000_000L >>= fun () ->
      S.set s (key "x") "3" >>= ok >>= fun () ->
      S.last_modified s (key "") >>= read >>= fun (_, ps) ->
      Printf.printf "%Ld\n" ps;
      S.list s (key "") >>= read >>= fun l ->
      print_endline (String.concat " " (List.map fst l));
      Lwt.catch (fun () -> S.batch s (fun s -> S.set s (key "y") "4" >>= fun _ -> Lwt.fail Exit)) (fun _ -> Lwt.return (Ok ())) >>= fun _ ->
      S.exists s (key "y") >>= read >>= fun y ->
      assert (y = None);
      let runs = ref 0 in
      S.batch s (fun b ->
          incr runs;
          S.set b (key "y") (string_of_int !runs) >>= fun _ ->
          if !runs = 1 then S.set s (key "z") "5" >|= ignore else Lwt.return_unit)
      >>= fun () ->
      S.get s (key "y") >>= read >>= fun y ->
      print_endline y;
      S.remove s (key "a") >>= ok >>= fun () ->
      S.list s (key "") >>= read >|= fun l ->
      print_endline (String.concat " " (List.map fst l)) )
