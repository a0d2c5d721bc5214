(* SPDX-License-Identifier: Apache-2.0 *)

(* A hundred thousand bytes each way at once over a bad wire, then all is closed and forgotten.
   Arguments: seed, loss, duplication, reordering, damage (in 1000 frames), delay in ms. *)

open Lwt.Infix
open Stacks

let size = 100_000

let arguments () = Bootvar.argv () >|= fun argv -> Array.map int_of_string (Array.sub argv 1 6)

let write_in_pieces flow text =
  let data = Cstruct.of_string text in
  let rec go at =
    if at = size then Lwt.return_unit
    else
      let n = min (size - at) (1 + ((at * 31) mod 4000)) in
      Tcpv4.write flow (Cstruct.sub data at n) >>= fun r ->
      written r;
      go (at + n)
  in
  go 0 >>= fun () -> Tcpv4.close flow

let exchange flow =
  let text = bytes size in
  Lwt.both (write_in_pieces flow text) (read_all flow) >|= fun ((), got) -> String.equal got text

let main () =
  arguments () >>= fun n ->
  let delay_ns = Int64.mul 1_000_000L (Int64.of_int n.(5)) in
  let faults =
    { Mirage_net_wire.loss = n.(1); duplication = n.(2); reordering = n.(3); damage = n.(4); delay_ns }
  in
  pair ~seed:n.(0) ~faults () >>= fun (a, b) ->
  let server, served = Lwt.wait () in
  Tcpv4.listen b.tcp ~port:7 (fun flow -> exchange flow >|= Lwt.wakeup_later served);
  Tcpv4.create_connection a.tcp (b_ip, 7) >>= fun r ->
  Lwt.both (exchange (opened r)) server >>= fun (right, right_too) ->
  let took = elapsed_ms () in
  seconds 130 >|= fun () ->
  Printf.printf "%b %b, left %d %d\n" right right_too (fst (left a) + snd (left a))
    (fst (left b) + snd (left b));
  Printf.eprintf "%d ms\n" took

let () = OS.Main.run (main ())
