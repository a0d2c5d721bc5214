(* SPDX-License-Identifier: Apache-2.0 *)

type t = {
  pieces : Cstruct.t Queue.t;
  mutable length : int;
  mutable tail : Cstruct.t;  (** room for small ones, which are newer than all pieces *)
  mutable filled : int;  (** bytes of it; 0: there is none *)
}

let create () = { pieces = Queue.create (); length = 0; tail = Cstruct.empty; filled = 0 }
let length t = t.length

(* What of the tail is not filled yet serves the next piece; a buffer that is full is no longer ours. *)
let close_tail t =
  if t.filled > 0 then begin
    Queue.add (Cstruct.sub t.tail 0 t.filled) t.pieces;
    t.tail <- (if t.filled < Cstruct.length t.tail then Cstruct.shift t.tail t.filled else Cstruct.empty);
    t.filled <- 0
  end

let add t piece =
  let n = Cstruct.length piece in
  if n > 0 then begin
    if n >= Tcp_chunk.large then begin
      close_tail t;
      Queue.add piece t.pieces
    end
    else begin
      if t.filled + n > Cstruct.length t.tail then begin
        close_tail t;
        t.tail <- Tcp_chunk.create ~queued:t.length n
      end;
      Cstruct.blit piece 0 t.tail t.filled n;
      t.filled <- t.filled + n
    end;
    t.length <- t.length + n
  end

let take t =
  if Queue.is_empty t.pieces then close_tail t;
  match Queue.take_opt t.pieces with
  | None -> None
  | Some piece ->
      t.length <- t.length - Cstruct.length piece;
      Some piece
