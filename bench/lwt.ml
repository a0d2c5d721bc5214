(* SPDX-License-Identifier: Apache-2.0 *)
(* two Lwt threads that play ping-pong through mailboxes, and a chorus that waits for pauses *)
open Lwt.Infix

let rec play name inbox outbox sum left =
  if left = 0 then Lwt.return sum
  else
    Lwt_mvar.take inbox >>= fun ball ->
    Lwt_mvar.put outbox (ball + name) >>= fun () ->
    play name inbox outbox ((sum + ball) land 0xFFFFFF) (left - 1)

let rec sing voice sum left =
  if left = 0 then Lwt.return sum
  else
    Lwt.catch
      (fun () ->
        Lwt.pause () >>= fun () ->
        if left mod 16 = voice then Lwt.fail Not_found else Lwt.return (voice * left))
      (function Not_found -> Lwt.return 1 | e -> Lwt.fail e)
    >>= fun note -> sing voice ((sum + note) land 0xFFFFFF) (left - 1)

let rec finish thread =
  match Lwt.state thread with
  | Lwt.Return result -> result
  | Lwt.Fail e -> raise e
  | Lwt.Sleep ->
      Lwt.wakeup_paused ();
      finish thread

let () =
  let ping = Lwt_mvar.create 1 and pong = Lwt_mvar.create_empty () in
  let game = Lwt.both (play 1 ping pong 0 2000) (play 2 pong ping 0 2000) in
  let chorus = Lwt_list.map_p (fun voice -> sing voice 0 200) [ 1; 2; 3; 4; 5; 6; 7; 8 ] in
  let a, b = finish game in
  print_string "lwt ";
  print_int a;
  print_char ' ';
  print_int b;
  print_char ' ';
  print_int (List.fold_left ( + ) 0 (finish chorus));
  print_newline ()
