(* SPDX-License-Identifier: Apache-2.0 *)

type t = {
  mutable chunks : Cstruct.t array;  (** a ring *)
  mutable first : int;
  mutable count : int;
  mutable length : int;
  mutable room : int;  (** bytes behind the last chunk that are ours to fill *)
}

let create () = { chunks = Array.make 4 Cstruct.empty; first = 0; count = 0; length = 0; room = 0 }
let length t = t.length
let index t i = (t.first + i) land (Array.length t.chunks - 1)

let push t chunk =
  if t.count = Array.length t.chunks then begin
    let old i = t.chunks.(index t i) in
    let grown = Array.init (2 * t.count) (fun i -> if i < t.count then old i else Cstruct.empty) in
    t.chunks <- grown;
    t.first <- 0
  end;
  t.chunks.(index t t.count) <- chunk;
  t.count <- t.count + 1

(* Lets the last chunk end later in its buffer, where nobody else writes. *)
let extend t bytes =
  let i = index t (t.count - 1) in
  let last = t.chunks.(i) in
  let at = Cstruct.length last and n = Cstruct.length bytes in
  let longer = Cstruct.of_bigarray last.buffer ~off:last.off ~len:(at + n) in
  Cstruct.blit bytes 0 longer at n;
  t.chunks.(i) <- longer;
  t.room <- t.room - n

let start_shared t bytes =
  let n = Cstruct.length bytes in
  let chunk = Tcp_chunk.create ~queued:t.length n in
  Cstruct.blit bytes 0 chunk 0 n;
  push t (Cstruct.sub chunk 0 n);
  t.room <- Cstruct.length chunk - n

let add t bytes =
  let n = Cstruct.length bytes in
  if n > 0 then begin
    if n <= t.room then extend t bytes
    else if n < Tcp_chunk.large then start_shared t bytes
    else begin
      push t bytes;
      t.room <- 0
    end;
    t.length <- t.length + n
  end

let rec drop t n =
  if n > 0 && t.count > 0 then begin
    let chunk = t.chunks.(t.first) in
    let size = Cstruct.length chunk in
    if n < size then begin
      t.chunks.(t.first) <- Cstruct.shift chunk n;
      t.length <- t.length - n
    end
    else begin
      t.chunks.(t.first) <- Cstruct.empty;
      t.first <- index t 1;
      t.count <- t.count - 1;
      t.length <- t.length - size;
      if t.count = 0 then t.room <- 0;
      drop t (n - size)
    end
  end

let blit t position buffer offset length =
  if position < 0 || length < 0 || position + length > t.length then
    invalid_arg "Tcp_send_queue.blit: outside of the queue";
  let rec copy i position offset length =
    if length > 0 then begin
      let chunk = t.chunks.(index t i) in
      let size = Cstruct.length chunk in
      if position >= size then copy (i + 1) (position - size) offset length
      else begin
        let n = Int.min length (size - position) in
        Cstruct.blit chunk position buffer offset n;
        copy (i + 1) 0 (offset + n) (length - n)
      end
    end
  in
  copy 0 position offset length
