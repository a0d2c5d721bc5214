(* SPDX-License-Identifier: Apache-2.0 *)

type sleeper = {
  deadline : int64;
  order : int;
  wakener : unit Lwt.u;
  mutable index : int;  (** place in the heap; -1 when out of it *)
}

type t = {
  free : sleeper;  (** fills the unused slots *)
  mutable heap : sleeper array;
  mutable length : int;
  mutable next_order : int;
}

let create () =
  let free = { deadline = -1L; order = 0; wakener = snd (Lwt.wait ()); index = -1 } in
  { free; heap = Array.make 8 free; length = 0; next_order = 0 }

let length t = t.length

(* Orders are compared by their difference, so that the counter may wrap around. *)
let before a b =
  let c = Int64.compare a.deadline b.deadline in
  c < 0 || (c = 0 && a.order - b.order < 0)

let put t i sleeper =
  t.heap.(i) <- sleeper;
  sleeper.index <- i

let rec sift_up t i sleeper =
  let parent = (i - 1) / 2 in
  if i > 0 && before sleeper t.heap.(parent) then begin
    put t i t.heap.(parent);
    sift_up t parent sleeper
  end
  else put t i sleeper

let rec sift_down t i sleeper =
  let left = (2 * i) + 1 in
  let child =
    if left + 1 < t.length && before t.heap.(left + 1) t.heap.(left) then left + 1 else left
  in
  if child < t.length && before t.heap.(child) sleeper then begin
    put t i t.heap.(child);
    sift_down t child sleeper
  end
  else put t i sleeper

let add t deadline wakener =
  if t.length = Array.length t.heap then
    t.heap <- Array.append t.heap (Array.make t.length t.free);
  let sleeper = { deadline; order = t.next_order; wakener; index = t.length } in
  t.next_order <- t.next_order + 1;
  t.length <- t.length + 1;
  sift_up t (t.length - 1) sleeper;
  sleeper

let remove t sleeper =
  let i = sleeper.index in
  if i >= 0 then begin
    sleeper.index <- -1;
    t.length <- t.length - 1;
    let last = t.heap.(t.length) in
    t.heap.(t.length) <- t.free;
    if last != sleeper then
      if i > 0 && before last t.heap.((i - 1) / 2) then sift_up t i last else sift_down t i last
  end

let next_deadline t = if t.length = 0 then -1L else t.heap.(0).deadline

let take_due t now =
  if t.length > 0 && Int64.compare t.heap.(0).deadline now <= 0 then begin
    let first = t.heap.(0) in
    remove t first;
    Some first.wakener
  end
  else None
