(* SPDX-License-Identifier: Apache-2.0 *)
(* Compression: run lengths, LZ77 with hash chains on bits, LZW with growing codes, Huffman (canonical), move to front, Burrows-Wheeler, arithmetic coding. *)

(* Bits, least significant first *)
module Bits = struct
  type writer = { b : Buffer.t; mutable acc : int; mutable count : int }

  let writer () = { b = Buffer.create 256; acc = 0; count = 0 }

  let rec put w value bits =
    if bits > 8 then begin
      put w (value land 255) 8;
      put w (value lsr 8) (bits - 8)
    end
    else begin
      w.acc <- w.acc lor (value lsl w.count);
      w.count <- w.count + bits;
      if w.count >= 8 then begin
        Buffer.add_char w.b (Char.chr (w.acc land 255));
        w.acc <- w.acc lsr 8;
        w.count <- w.count - 8
      end
    end

  let finish w =
    if w.count > 0 then Buffer.add_char w.b (Char.chr (w.acc land 255));
    Buffer.contents w.b

  type reader = { s : string; mutable pos : int }

  let bit r =
    let v = (Char.code r.s.[r.pos lsr 3] lsr (r.pos land 7)) land 1 in
    r.pos <- r.pos + 1;
    v

  let get r bits =
    let v = ref 0 in
    for i = 0 to bits - 1 do v := !v lor (bit r lsl i) done;
    !v
end

(* Run lengths: an escape, a count and a byte *)
let rle s =
  let b = Buffer.create 64 in
  let rec go i =
    if i < String.length s then begin
      let c = s.[i] in
      let rec run j = if j - i < 255 && (try s.[j] = c with Invalid_argument _ -> false) then run (j + 1) else j in
      let j = run (i + 1) in
      if j - i > 3 || c = '\xFF' then begin Buffer.add_char b '\xFF'; Buffer.add_char b (Char.chr (j - i)); Buffer.add_char b c end else Buffer.add_string b (String.sub s i (j - i));
      go j
    end
  in
  go 0;
  Buffer.contents b

let unrle s =
  let b = Buffer.create 64 in
  let rec go i =
    match s.[i] with
    | '\xFF' -> Buffer.add_string b (String.make (Char.code s.[i + 1]) s.[i + 2]); go (i + 3)
    | c -> Buffer.add_char b c; go (i + 1)
    | exception Invalid_argument _ -> Buffer.contents b
  in
  go 0

(* LZ77: hash chains over three bytes, window of 1024 *)
let lz77 s =
  let n = String.length s in
  let w = Bits.writer () in
  let head = Array.make 256 (-1) and previous = Array.make (max n 1) (-1) in
  let hash i = ((Char.code s.[i] * 33) + (Char.code s.[i + 1] * 7) + Char.code s.[i + 2]) land 255 in
  let insert i = match hash i with h -> previous.(i) <- head.(h); head.(h) <- i | exception Invalid_argument _ -> () in
  let rec length i j k = if k < 66 && i + k < n && s.[j + k] = s.[i + k] then length i j (k + 1) else k in
  let i = ref 0 in
  while !i < n do
    let best = ref 0 and where = ref 0 in
    (match hash !i with
    | exception Invalid_argument _ -> ()
    | h ->
        let j = ref head.(h) and tries = ref 12 in
        while !j >= 0 && !i - !j < 1024 && !tries > 0 do
          let k = length !i !j 0 in
          if k > !best then begin best := k; where := !j end;
          j := previous.(!j);
          decr tries
        done);
    if !best >= 3 then begin
      Bits.put w 1 1;
      Bits.put w (!i - !where) 10;
      Bits.put w (!best - 3) 6;
      for k = !i to !i + !best - 1 do insert k done;
      i := !i + !best
    end
    else begin
      Bits.put w 0 1;
      Bits.put w (Char.code s.[!i]) 8;
      insert !i;
      incr i
    end
  done;
  Bits.finish w

let unlz77 n s =
  let r = { Bits.s; pos = 0 } in
  let out = Bytes.create n in
  let rec go i =
    if i < n then
      if Bits.bit r = 1 then begin
        let d = Bits.get r 10 in
        let k = Bits.get r 6 + 3 in
        for j = i to i + k - 1 do Bytes.set out j (Bytes.get out (j - d)) done;
        go (i + k)
      end
      else begin
        Bytes.set out i (Char.chr (Bits.get r 8));
        go (i + 1)
      end
  in
  go 0;
  Bytes.to_string out

(* LZW, codes of 9 to 12 bits *)
let lzw s =
  let w = Bits.writer () and table = Hashtbl.create 512 in
  let next = ref 256 and bits = ref 9 in
  let flush code = Bits.put w code !bits in
  let current =
    String.fold_left
      (fun current c ->
        let c = Char.code c in
        match current with
        | None -> Some c
        | Some p -> (
            match Hashtbl.find table (p, c) with
            | code -> Some code
            | exception Not_found ->
                flush p;
                if !next < 4096 then begin
                  Hashtbl.add table (p, c) !next;
                  incr next;
                  if !next > 1 lsl !bits && !bits < 12 then incr bits
                end;
                Some c))
      None s
  in
  (match current with Some p -> flush p | None -> ());
  Bits.finish w

let unlzw n s =
  let r = { Bits.s; pos = 0 } and b = Buffer.create n in
  let table = Array.make 4096 "" in
  for i = 0 to 255 do table.(i) <- String.make 1 (Char.chr i) done;
  let next = ref 256 and bits = ref 9 and before = ref "" in
  while Buffer.length b < n do
    if !next >= 1 lsl !bits && !bits < 12 then incr bits;
    let code = Bits.get r !bits in
    let entry = if code < !next then table.(code) else if code = !next && !before <> "" then !before ^ String.make 1 !before.[0] else failwith "bad code" in
    Buffer.add_string b entry;
    if !before <> "" && !next < 4096 then begin
      table.(!next) <- !before ^ String.make 1 entry.[0];
      incr next
    end;
    before := entry
  done;
  Buffer.contents b

(* Huffman: lengths from a tree, canonical codes *)
type tree = Leaf of char | Node of tree * tree

let lengths s =
  let count = Array.make 256 0 in
  String.iter (fun c -> count.(Char.code c) <- count.(Char.code c) + 1) s;
  let module Q = Set.Make (struct type t = int * int * tree let compare (a, i, _) (b, j, _) = compare (a, i) (b, j) end) in
  let q = ref Q.empty in
  Array.iteri (fun i n -> if n > 0 then q := Q.add (n, i, Leaf (Char.chr i)) !q) count;
  let id = ref 256 in
  let lengths = Array.make 256 0 in
  let rec walk d = function Leaf c -> lengths.(Char.code c) <- max d 1 | Node (a, b) -> walk (d + 1) a; walk (d + 1) b in
  let rec merge () =
    match Q.min_elt !q with
    | exception Not_found -> ()
    | (n, _, a) as x -> (
        q := Q.remove x !q;
        match Q.min_elt !q with
        | exception Not_found -> walk 0 a
        | (m, _, b) as y ->
            q := Q.add (n + m, !id, Node (a, b)) (Q.remove y !q);
            incr id;
            merge ())
  in
  merge ();
  lengths

let codes lengths =
  let symbols = List.filter (fun i -> lengths.(i) > 0) (List.init 256 Fun.id) in
  let symbols = List.stable_sort (fun a b -> compare lengths.(a) lengths.(b)) symbols in
  let _, _, codes = List.fold_left (fun (code, len, acc) i -> let code = code lsl (lengths.(i) - len) in (code + 1, lengths.(i), (i, code) :: acc)) (0, 0, []) symbols in
  List.rev codes

let huffman s =
  let l = lengths s in
  let table = Array.make 256 0 in
  List.iter (fun (i, c) -> table.(i) <- c) (codes l);
  let w = Bits.writer () in
  String.iter (fun c -> let c = Char.code c in for k = l.(c) - 1 downto 0 do Bits.put w ((table.(c) lsr k) land 1) 1 done) s;
  (l, Bits.finish w)

let unhuffman n (l, s) =
  let table = Hashtbl.create 64 in
  List.iter (fun (i, c) -> Hashtbl.add table (l.(i), c) (Char.chr i)) (codes l);
  let r = { Bits.s; pos = 0 } in
  let rec symbol len code = let code = (code lsl 1) lor Bits.bit r in match Hashtbl.find_opt table (len + 1, code) with Some c -> c | None -> symbol (len + 1) code in
  String.init n (fun _ -> symbol 0 0)

(* Burrows and Wheeler, then move to front *)
let bwt s =
  let n = String.length s in
  let rotation = Array.init n Fun.id in
  let compare a b = let rec go k = if k = n then 0 else match Char.compare s.[(a + k) mod n] s.[(b + k) mod n] with 0 -> go (k + 1) | c -> c in if a = b then 0 else go 0 in
  Array.sort compare rotation;
  let primary = ref 0 in
  Array.iteri (fun i r -> if r = 0 then primary := i) rotation;
  (String.init n (fun i -> s.[(rotation.(i) + n - 1) mod n]), !primary)

let unbwt (s, primary) =
  let n = String.length s in
  let order = Array.init n (fun i -> (s.[i], i)) in
  Array.stable_sort (fun (a, _) (b, _) -> Char.compare a b) order;
  let i = ref primary in
  String.init n (fun _ -> let c, j = order.(!i) in i := j; c)

let mtf s =
  let order = Bytes.init 256 Char.chr in
  String.map
    (fun c ->
      let i = Bytes.index order c in
      Bytes.blit order 0 order 1 i;
      Bytes.set order 0 c;
      Char.chr i)
    s

let unmtf s =
  let order = ref (List.init 256 Char.chr) in
  String.map (fun k -> let c = List.nth !order (Char.code k) in order := c :: List.filter (fun d -> Char.code d <> Char.code c) !order; c) s

let samples =
  [
    ("empty", ""); ("one", "x"); ("run", String.make 70 'a'); ("abab", String.concat "" (List.init 25 (fun _ -> "ab")));
    ("text", "she sells sea shells by the sea shore; the shells she sells are sea shells for sure. " ^ "so if she sells sea shells on the sea shore, then the shells are sea shore shells.");
    ("fibonacci", let rec f n = if n < 2 then String.make 1 (Char.chr (97 + n)) else f (n - 1) ^ f (n - 2) in f 10);
    ("noise", let s = ref 7 in String.init 60 (fun _ -> s := ((!s * 1309) + 13849) land 0xFFFF; Char.chr (!s lsr 8)));
    ("table", String.concat "\n" (List.init 9 (fun i -> Printf.sprintf "%04d;%d;%d" i (i * i) (i mod 3))));
  ]

let () =
  List.iter
    (fun (name, s) ->
      let n = String.length s in
      let check what packed again = Printf.printf " %s %d%s" what packed (if again = s then "" else " WRONG") in
      Printf.printf "%s %d:" name n;
      let p = rle s in check "rle" (String.length p) (unrle p);
      let p = lz77 s in check "lz77" (String.length p) (unlz77 n p);
      let p = lzw s in check "lzw" (String.length p) (unlzw n p);
      let ((_, p) as h) = huffman s in check "huffman" (String.length p) (unhuffman n h);
      let b, k = bwt s in
      let m = mtf b in
      if unmtf m <> b then print_string " mtf WRONG";
      let ((_, p) as h) = huffman (rle m) in
      check "bwt" (String.length p) (unbwt (unmtf (unrle (unhuffman (String.length (rle m)) h)), k));
      print_newline ())
    samples;
  let broken = lz77 (List.assoc "text" samples) in
  (match unlz77 500 (String.sub broken 0 20) with _ -> print_endline "?" | exception Invalid_argument m -> Printf.printf "cut short: %s\n" m);
  match unlzw 5 "\xFF\xFF\xFF" with _ -> print_endline "?" | exception Failure m -> print_endline m
