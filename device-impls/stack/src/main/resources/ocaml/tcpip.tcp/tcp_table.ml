(* SPDX-License-Identifier: Apache-2.0 *)

type ('ip, 'a) entry = { local : 'ip; local_port : int; remote : 'ip; remote_port : int; value : 'a }
type ('ip, 'a) t = { buckets : ('ip, 'a) entry list array; mutable count : int }

let size = 64
let create () = { buckets = Array.make size []; count = 0 }
let count t = t.count
let bucket ~local_port ~remote_port = (local_port + remote_port + (remote_port lsr 6)) land (size - 1)

(* Ports first: they nearly always tell. *)
let is_it e ~local ~local_port ~remote ~remote_port =
  e.remote_port = remote_port && e.local_port = local_port
  && (e.remote == remote || compare e.remote remote = 0)
  && (e.local == local || compare e.local local = 0)

let rec find_in entries ~local ~local_port ~remote ~remote_port =
  match entries with
  | [] -> None
  | e :: rest ->
      if is_it e ~local ~local_port ~remote ~remote_port then Some e.value
      else find_in rest ~local ~local_port ~remote ~remote_port

let find t ~local ~local_port ~remote ~remote_port =
  find_in t.buckets.(bucket ~local_port ~remote_port) ~local ~local_port ~remote ~remote_port

let add t ~local ~local_port ~remote ~remote_port value =
  let i = bucket ~local_port ~remote_port in
  t.buckets.(i) <- { local; local_port; remote; remote_port; value } :: t.buckets.(i);
  t.count <- t.count + 1

let remove t ~local ~local_port ~remote ~remote_port =
  let i = bucket ~local_port ~remote_port in
  let before = t.buckets.(i) in
  let after = List.filter (fun e -> not (is_it e ~local ~local_port ~remote ~remote_port)) before in
  t.buckets.(i) <- after;
  t.count <- t.count - (List.length before - List.length after)

let iter t f = Array.iter (fun bucket -> List.iter (fun e -> f e.value) bucket) (Array.copy t.buckets)
