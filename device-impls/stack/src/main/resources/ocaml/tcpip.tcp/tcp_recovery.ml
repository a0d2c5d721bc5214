(* SPDX-License-Identifier: Apache-2.0 *)

module Sequence = Tcp_sequence

type phase = Open | Fast | After_timeout

type t = {
  mutable phase : phase;
  mutable recover : Sequence.t;  (** recovery ends when this is acknowledged *)
  mutable sacked : (Sequence.t * Sequence.t) list;  (** in order, apart from each other *)
  mutable duplicates : int;
  mutable lost : Sequence.t;  (** what is before it, and neither acknowledged nor sent again, is lost *)
  mutable again : Sequence.t;  (** up to here lost bytes were sent again *)
  mutable urgent : bool;
}

let threshold = 3
let most_blocks = 32

let create seq =
  { phase = Open; recover = seq; sacked = []; duplicates = 0; lost = seq; again = seq; urgent = false }

let in_fast_recovery t = t.phase = Fast
let is_urgent t = t.urgent

(* Bytes between two numbers that were not selectively acknowledged. *)
let unsacked t first last =
  let overlap n (a, b) =
    n + Int.max 0 (Sequence.diff (Sequence.min b last) (Sequence.max a first))
  in
  Int.max 0 (Sequence.diff last first) - List.fold_left overlap 0 t.sacked

let pipe t ~mss ~una ~nxt =
  if t.sacked = [] && t.duplicates = 0 && Sequence.leq t.lost una then Sequence.diff nxt una
  else
    let again = Sequence.min t.again t.lost in
    let sent = unsacked t (Sequence.max una t.lost) nxt + unsacked t una again in
    (* Without selective acknowledgements each duplicate stands for a segment that arrived. *)
    if t.sacked = [] then Int.max 0 (sent - (t.duplicates * mss)) else sent

(* ---- Selective acknowledgements ---- *)

let rec merge (first, last) = function
  | (a, b) :: rest when Sequence.lt b first -> (a, b) :: merge (first, last) rest
  | (a, b) :: rest when Sequence.leq a last ->
      merge (Sequence.min a first, Sequence.max b last) rest
  | rest -> (first, last) :: rest

let covered t (first, last) =
  List.exists (fun (a, b) -> Sequence.leq a first && Sequence.geq b last) t.sacked

let add_sack t ~una ~nxt blocks =
  let is_news (first, last) =
    Sequence.lt first last && Sequence.gt first una && Sequence.leq last nxt
    && not (covered t (first, last))
  in
  let news = List.filter is_news blocks in
  let add sacked block = if List.length sacked < most_blocks then merge block sacked else sacked in
  t.sacked <- List.fold_left add t.sacked news;
  news <> []

(* Everything before this number is lost: so many blocks, or bytes, were acknowledged behind it
   (RFC 6675, IsLost). *)
let lost_by_sack t ~mss =
  let rec go blocks bytes = function
    | [] -> None
    | (first, last) :: earlier ->
        let blocks = blocks + 1 and bytes = bytes + Sequence.diff last first in
        if blocks >= threshold || bytes > (threshold - 1) * mss then Some first
        else go blocks bytes earlier
  in
  go 0 0 (List.rev t.sacked)

let note_lost t ~mss ~una =
  match lost_by_sack t ~mss with
  | Some lost when Sequence.gt lost (Sequence.max una t.lost) -> t.lost <- lost
  | _ -> ()

(* ---- Events ---- *)

type verdict = Nothing | Loss

let enter t ~una ~nxt =
  t.phase <- Fast;
  t.recover <- nxt;
  t.again <- una;
  t.urgent <- true

let first_segment ~mss ~una ~nxt = Sequence.min nxt (Sequence.add una mss)

let duplicate t ~sack ~mss ~una ~nxt =
  t.duplicates <- t.duplicates + 1;
  match t.phase with
  | Fast ->
      if sack then note_lost t ~mss ~una;
      Nothing
  | After_timeout -> Nothing
  | Open ->
      if sack then note_lost t ~mss ~una;
      let lost = Sequence.gt t.lost una in
      (* A number beyond [recover] only: duplicates of an earlier loss do not count (RFC 6582, 3.2). *)
      if (lost || t.duplicates >= threshold) && Sequence.geq una t.recover then begin
        t.lost <- Sequence.max t.lost (first_segment ~mss ~una ~nxt);
        enter t ~una ~nxt;
        Loss
      end
      else Nothing

let acknowledged t ~sack ~mss ~was ~una ~nxt =
  t.sacked <- List.filter (fun (_, last) -> Sequence.gt last una) t.sacked;
  t.lost <- Sequence.max t.lost una;
  t.again <- Sequence.max t.again una;
  if t.phase <> Open && Sequence.geq una t.recover then begin
    t.phase <- Open;
    t.duplicates <- 0;
    t.urgent <- false;
    t.lost <- una;
    t.again <- una
  end
  else if t.phase = Fast then
    if sack then begin
      (* What is in front of something that arrived, and was sent before, is lost. *)
      if t.sacked <> [] then t.lost <- Sequence.max t.lost (first_segment ~mss ~una ~nxt);
      note_lost t ~mss ~una
    end
    else begin
      (* A partial acknowledgement: the next segment is lost too. Of the duplicates, those stay that stood
         for segments behind it. *)
      t.duplicates <- Int.max 0 (t.duplicates - (Sequence.diff una was / mss) + 1);
      t.lost <- first_segment ~mss ~una ~nxt;
      t.again <- una;
      t.urgent <- true
    end
  else t.duplicates <- 0

let timed_out t ~una ~nxt =
  t.phase <- After_timeout;
  t.recover <- nxt;
  t.sacked <- [];
  t.duplicates <- 0;
  t.lost <- nxt;
  t.again <- una;
  t.urgent <- true

let rec first_hole lost first = function
  | (a, b) :: rest when Sequence.leq a first -> first_hole lost (Sequence.max first b) rest
  | blocks ->
      let last = match blocks with (a, _) :: _ -> Sequence.min a lost | [] -> lost in
      if Sequence.lt first last then Some (first, Sequence.diff last first) else None

let hole t ~una =
  if Sequence.leq t.lost una then None else first_hole t.lost (Sequence.max una t.again) t.sacked

let sent_again t seq =
  t.again <- Sequence.max t.again seq;
  t.urgent <- false
