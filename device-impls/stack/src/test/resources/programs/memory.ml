(* SPDX-License-Identifier: Apache-2.0 *)

(* What connections keep of memory. Argument: which. *)

open Lwt.Infix
open Stacks

(* Words of big arrays that live: what the collector's own figures do not have. *)
let words_of_big_arrays () =
  let live = ref 0 in
  let alloc { Gc.Memprof.size; source; _ } =
    if source <> Gc.Memprof.Custom then None
    else begin
      live := !live + size;
      Some size
    end
  in
  let gone size = live := !live - size in
  Gc.Memprof.start ~sampling_rate:1.
    { alloc_minor = alloc; alloc_major = alloc; promote = Option.some; dealloc_minor = gone; dealloc_major = gone };
  fun () -> Gc.full_major (); !live

(* A byte there and back on each of sixty connections: as few live on as that takes. *)
let small_pieces () =
  let live = words_of_big_arrays () in
  pair () >>= fun (a, b) ->
  Tcpv4.listen b.tcp ~port:7 (fun flow ->
      Tcpv4.read flow >>= function
      | Ok (`Data bytes) -> Tcpv4.write flow bytes >|= written
      | _ -> Lwt.return_unit);
  let exchange _ =
    connect a >>= fun flow ->
    Tcpv4.write flow (text "x") >|= written >>= fun () ->
    Tcpv4.read flow >|= fun _ -> flow
  in
  exchange 0 >>= fun first ->
  seconds 1 >>= fun () ->
  let before = live () in
  Lwt_list.map_s exchange (List.init 60 Fun.id) >>= fun flows ->
  seconds 1 >|= fun () ->
  let words = (live () - before) / 60 in
  Gc.Memprof.stop ();
  Printf.printf "%d connections, each with %d bytes of buffers at both ends\n"
    (List.length (Sys.opaque_identity (first :: flows)))
    (words * Sys.word_size / 8)

(* Forty connections whose peer sends, and is not read: what is kept has a bound, and all arrives in the end. *)
let greedy () =
  let live = words_of_big_arrays () in
  pair () >>= fun (a, b) ->
  let data = bytes 50_000 and flows = ref [] in
  Tcpv4.listen b.tcp ~port:7 (fun flow ->
      flows := flow :: !flows;
      Lwt.return_unit);
  let send _ =
    connect a >|= fun flow ->
    Lwt.async (fun () -> Tcpv4.write flow (text data) >|= written >>= fun () -> Tcpv4.close flow)
  in
  let before = live () in
  Lwt_list.iter_s send (List.init 40 Fun.id) >>= fun () ->
  seconds 20 >>= fun () ->
  let kept = ((live () - before) * Sys.word_size / 8) - (40 * String.length data) in
  Gc.Memprof.stop ();
  Printf.printf "bounded %b\n" (kept < 200_000);
  Lwt_list.map_p read_all !flows >|= fun got ->
  Printf.printf "%d right\n" (List.length (List.filter (String.equal data) got))

(* Sixty connections, each read as soon as anything is there: what they may have together is less than a segment each, so they take
   turns, but for twenty whose peers send nothing. *)
let turns () =
  pair () >>= fun (a, b) ->
  let data = bytes 20_000 and right = ref 0 in
  Tcpv4.listen b.tcp ~port:7 (fun flow ->
      read_all flow >>= fun got ->
      if String.equal got data then incr right;
      Tcpv4.close flow);
  let segments = ref 0 in
  Net.tap a.net (fun frame -> if Cstruct.length frame > 100 then incr segments);
  let send flow = Tcpv4.write flow (text data) >|= written >>= fun () -> Tcpv4.close flow in
  Lwt_list.map_s (fun _ -> connect a) (List.init 60 Fun.id) >>= fun flows ->
  Lwt_list.iteri_p (fun i flow -> if i mod 3 = 2 then nothing else send flow) flows >>= fun () ->
  seconds 10 >|= fun () ->
  Printf.printf "%d right, most segments are long: %b\n" !right (!segments < 50 * String.length data / 1460)

(* What is lost is sent again, though there was no memory when the timer rang. *)
let timers () =
  pair () >>= fun (a, b) ->
  connected (a, b) >>= fun (flow, other) ->
  Net.set_faults a.net cut;
  Tcpv4.write flow (text "lost") >|= written >>= fun () ->
  Clock.out_of_memory := 1;
  ms 50 >>= fun () ->
  Net.set_faults a.net perfect;
  Tcpv4.read other >|= fun r ->
  match ok Tcpv4.pp_error r with
  | `Data bytes -> Printf.printf "%d times without memory, then %s\n" (1 - !Clock.out_of_memory) (Cstruct.to_string bytes)
  | `Eof -> print_endline "end"

let scripts = [ ("small-pieces", small_pieces); ("greedy", greedy); ("turns", turns); ("timers", timers) ]
let () = OS.Main.run (Bootvar.argv () >>= fun argv -> (List.assoc argv.(1) scripts) ())
