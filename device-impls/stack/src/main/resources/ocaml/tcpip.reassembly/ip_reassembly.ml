(* SPDX-License-Identifier: Apache-2.0 *)

type 'key datagram = {
  key : 'key;
  started : int64;
  mutable pieces : (int * Cstruct.t) list;  (** by offset; no two overlap *)
  mutable size : int option;  (** known from the last fragment on *)
}

type 'key t = {
  most_datagrams : int;
  most_bytes : int;
  mutable datagrams : 'key datagram list;  (** the newest first *)
  mutable bytes : int;
}

let create ?(most_datagrams = 8) ?(most_bytes = 32768) () =
  { most_datagrams; most_bytes; datagrams = []; bytes = 0 }

let bytes t = t.bytes
let lifetime = 30_000_000_000L
let most_pieces = 64
let largest = 65535

let size_of datagram =
  List.fold_left (fun n (_, piece) -> n + Cstruct.length piece) 0 datagram.pieces

let drop t datagram =
  t.datagrams <- List.filter (fun d -> d != datagram) t.datagrams;
  t.bytes <- t.bytes - size_of datagram

let drop_expired t now =
  List.filter (fun d -> Int64.compare (Int64.sub now d.started) lifetime > 0) t.datagrams
  |> List.iter (drop t)

let rec make_room t ~keep bytes =
  if t.bytes + bytes > t.most_bytes then
    match List.rev (List.filter (fun d -> d != keep) t.datagrams) with
    | [] -> false
    | oldest :: _ ->
        drop t oldest;
        make_room t ~keep bytes
  else true

let find t now key =
  match List.find_opt (fun d -> d.key = key) t.datagrams with
  | Some datagram -> datagram
  | None ->
      (match List.nth_opt t.datagrams (t.most_datagrams - 1) with
      | Some oldest -> drop t oldest
      | None -> ());
      let datagram = { key; started = now; pieces = []; size = None } in
      t.datagrams <- datagram :: t.datagrams;
      datagram

type place = Free of (int * Cstruct.t) list | Copy | Overlap

(* The pieces with one more among them. *)
let place pieces offset payload =
  let stop = offset + Cstruct.length payload in
  let rec go before = function
    | (o, p) :: rest when o + Cstruct.length p <= offset -> go ((o, p) :: before) rest
    | (o, p) :: _ when o = offset && Cstruct.length p = Cstruct.length payload -> Copy
    | (o, _) :: _ when o < stop -> Overlap
    | rest -> Free (List.rev_append before ((offset, payload) :: rest))
  in
  go [] pieces

let complete datagram =
  match datagram.size with
  | Some size when size_of datagram = size -> Some (Cstruct.concat (List.map snd datagram.pieces))
  | _ -> None

(* Whether the fragment contradicts what is known of the datagram's size. *)
let contradicts datagram ~stop ~last =
  match datagram.size with
  | Some size -> stop > size || (last && stop <> size)
  | None -> last && List.exists (fun (o, p) -> o + Cstruct.length p > stop) datagram.pieces

let add t ~now key ~offset ~last payload =
  drop_expired t now;
  let length = Cstruct.length payload in
  let stop = offset + length in
  if length = 0 || stop > largest || ((not last) && length land 7 <> 0) then None
  else
    let datagram = find t now key in
    let refuse () =
      drop t datagram;
      None
    in
    match place datagram.pieces offset (Cstruct.of_string (Cstruct.to_string payload)) with
    | Copy -> None
    | Overlap -> refuse ()
    | Free pieces ->
        if
          contradicts datagram ~stop ~last
          || List.length datagram.pieces >= most_pieces
          || not (make_room t ~keep:datagram length)
        then refuse ()
        else begin
          datagram.pieces <- pieces;
          t.bytes <- t.bytes + length;
          if last then datagram.size <- Some stop;
          let whole = complete datagram in
          if Option.is_some whole then drop t datagram;
          whole
        end
