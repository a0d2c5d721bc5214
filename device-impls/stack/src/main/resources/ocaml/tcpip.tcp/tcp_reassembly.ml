(* SPDX-License-Identifier: Apache-2.0 *)

module Sequence = Tcp_sequence

type piece = { seq : Sequence.t; data : Cstruct.t }

type t = {
  mutable pieces : piece list;  (** in order *)
  mutable newest : Sequence.t;  (** where the last insertion began *)
}

let most_pieces = 32
let most_blocks = 3
let create () = { pieces = []; newest = Sequence.of_int32 0l }
let is_empty t = t.pieces = []

(* A piece may be a byte: what it takes on a machine of 32 bits with its buffer and its place in the list. *)
let overhead = 96
let keeps t = List.fold_left (fun bytes piece -> bytes + overhead + Cstruct.length piece.data) 0 t.pieces
let stop piece = Sequence.add piece.seq (Cstruct.length piece.data)

(* A small piece of a large frame is copied, so that it does not keep the frame. *)
let compact data = if Cstruct.length data < Tcp_chunk.large then Cstruct.of_string (Cstruct.to_string data) else data

(* [first] and [last] number the bytes of [data] that nobody has yet. *)
let part seq data first last =
  let from = Sequence.diff first seq in
  { seq = first; data = compact (Cstruct.sub data from (Sequence.diff last first)) }

let insert t seq data =
  let last = Sequence.add seq (Cstruct.length data) in
  let rec merge next = function
    | [] -> if Sequence.lt next last then [ part seq data next last ] else []
    | piece :: rest when Sequence.leq (stop piece) next -> piece :: merge next rest
    | piece :: rest when Sequence.geq next last -> piece :: rest
    | piece :: rest ->
        let gap = Sequence.min piece.seq last in
        let behind = piece :: merge (Sequence.max next (stop piece)) rest in
        if Sequence.lt next gap then part seq data next gap :: behind else behind
  in
  t.newest <- seq;
  t.pieces <- List.filteri (fun i _ -> i < most_pieces) (merge seq t.pieces)

let rec take t next =
  match t.pieces with
  | piece :: rest when Sequence.leq (stop piece) next ->
      t.pieces <- rest;
      take t next
  | piece :: rest when Sequence.leq piece.seq next ->
      t.pieces <- rest;
      Some (Cstruct.shift piece.data (Sequence.diff next piece.seq))
  | _ -> None

let runs t =
  let extend runs piece =
    match runs with
    | (first, last) :: others when Sequence.equal last piece.seq -> (first, stop piece) :: others
    | _ -> (piece.seq, stop piece) :: runs
  in
  List.rev (List.fold_left extend [] t.pieces)

let blocks t =
  if t.pieces = [] then []
  else
    let has_newest (first, last) = Sequence.leq first t.newest && Sequence.lt t.newest last in
    let newest, others = List.partition has_newest (runs t) in
    List.filteri (fun i _ -> i < most_blocks) (newest @ others)
