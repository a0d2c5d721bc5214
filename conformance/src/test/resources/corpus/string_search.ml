(* SPDX-License-Identifier: Apache-2.0 *)
(* Searching in strings: naive, Knuth-Morris-Pratt, Boyer-Moore, Horspool, Rabin-Karp, Z, bitap, Aho-Corasick, suffix arrays; edit distance, longest common parts, palindromes. *)

let naive p s =
  let m = String.length p and n = String.length s in
  let found = ref [] in
  for i = n - m downto 0 do
    try
      for j = 0 to m - 1 do
        if s.[i + j] <> p.[j] then raise_notrace Exit
      done;
      found := i :: !found
    with Exit -> ()
  done;
  !found

let kmp p s =
  let m = String.length p in
  let fail = Array.make (m + 1) (-1) in
  let rec back k c = if k >= 0 && p.[k] <> c then back fail.(k) c else k in
  for i = 0 to m - 1 do
    fail.(i + 1) <- back fail.(i) p.[i] + 1
  done;
  let k = ref 0 and found = ref [] in
  String.iteri
    (fun i c ->
      if !k = m then k := fail.(m);
      k := back !k c + 1;
      if !k = m then found := (i - m + 1) :: !found)
    s;
  List.rev !found

let boyer_moore p s =
  let m = String.length p and n = String.length s in
  let last = Array.make 256 (-1) in
  String.iteri (fun i c -> last.(Char.code c) <- i) p;
  let good = Array.make (m + 1) 0 and border = Array.make (m + 1) 0 in
  let i = ref m and j = ref (m + 1) in
  border.(m) <- m + 1;
  while !i > 0 do
    while !j <= m && p.[!i - 1] <> p.[!j - 1] do
      if good.(!j) = 0 then good.(!j) <- !j - !i;
      j := border.(!j)
    done;
    decr i;
    decr j;
    border.(!i) <- !j
  done;
  let j = ref border.(0) in
  for i = 0 to m do
    if good.(i) = 0 then good.(i) <- !j;
    if i = !j then j := border.(!j)
  done;
  let rec search i acc =
    if i > n - m then List.rev acc
    else
      let rec compare j = if j >= 0 && p.[j] = s.[i + j] then compare (j - 1) else j in
      match compare (m - 1) with
      | -1 -> search (i + good.(0)) (i :: acc)
      | j -> search (i + max good.(j + 1) (j - last.(Char.code s.[i + j]))) acc
  in
  search 0 []

let horspool p s =
  let m = String.length p and n = String.length s in
  let shift c = match String.rindex_from p (m - 2) c with i -> m - 1 - i | exception (Not_found | Invalid_argument _) -> m in
  let table = Array.init 256 (fun c -> shift (Char.chr c)) in
  let rec go i acc = if i + m > n then List.rev acc else go (i + table.(Char.code s.[i + m - 1])) (if String.sub s i m = p then i :: acc else acc) in
  go 0 []

let rabin_karp p s =
  let m = String.length p and n = String.length s in
  let b = 257 and q = 4_194_301 in
  let roll h c = ((h * b) + Char.code c) mod q in
  let top = let r = ref 1 in for _ = 2 to m do r := !r * b mod q done; !r in
  let want = String.fold_left roll 0 p in
  let h = ref 0 and found = ref [] in
  (try
     for i = 0 to n do
       if i >= m then begin
         if !h = want && String.sub s (i - m) m = p then found := (i - m) :: !found;
         h := (!h + (q - (top * Char.code s.[i - m] mod q))) mod q
       end;
       h := roll !h s.[i]
     done
   with Invalid_argument _ -> ());
  List.rev !found

let z_function s =
  let n = String.length s in
  let z = Array.make n 0 and l = ref 0 and r = ref 0 in
  for i = 1 to n - 1 do
    let k = ref (if i < !r then min (!r - i) z.(i - !l) else 0) in
    (try while s.[!k] = s.[i + !k] do incr k done with Invalid_argument _ -> ());
    z.(i) <- !k;
    if i + !k > !r then begin l := i; r := i + !k end
  done;
  z

let by_z p s =
  let m = String.length p in
  let z = z_function (p ^ "\000" ^ s) in
  List.filter (fun i -> z.(m + 1 + i) = m) (List.init (String.length s) Fun.id)

let bitap p s =
  let m = String.length p in
  if m > 30 then invalid_arg "bitap";
  let mask = Hashtbl.create 16 in
  String.iteri (fun i c -> Hashtbl.replace mask c ((try Hashtbl.find mask c with Not_found -> 0) lor (1 lsl i))) p;
  let state = ref 0 and found = ref [] in
  String.iteri
    (fun i c ->
      state := ((!state lsl 1) lor 1) land (match Hashtbl.find_opt mask c with Some b -> b | None -> 0);
      if !state land (1 lsl (m - 1)) <> 0 then found := (i - m + 1) :: !found)
    s;
  List.rev !found

let suffix_array s =
  let n = String.length s in
  let sa = Array.init n Fun.id and rank = Array.init n (fun i -> Char.code s.[i]) in
  let k = ref 1 and sorted = ref (n < 2) in
  while not !sorted do
    let second i = if i + !k < n then rank.(i + !k) else -1 in
    let compare i j = match compare (rank.(i) : int) rank.(j) with 0 -> compare (second i) (second j) | c -> c in
    Array.stable_sort compare sa;
    let next = Array.make n 0 in
    for i = 1 to n - 1 do next.(sa.(i)) <- (next.(sa.(i - 1)) + if compare sa.(i - 1) sa.(i) < 0 then 1 else 0) done;
    Array.blit next 0 rank 0 n;
    if next.(sa.(n - 1)) = n - 1 then sorted := true;
    k := 2 * !k
  done;
  sa

let by_suffixes sa p s =
  let m = String.length p in
  let cut i = String.sub s i (min m (String.length s - i)) in
  let rec bound low lo hi = if lo = hi then lo else let mid = (lo + hi) / 2 in let c = compare (cut sa.(mid)) p in if c < 0 || ((not low) && c = 0) then bound low (mid + 1) hi else bound low lo mid in
  let n = Array.length sa in
  let a = bound true 0 n and b = bound false 0 n in
  List.sort compare (Array.to_list (Array.sub sa a (b - a)))

let lcp s sa =
  let n = String.length s in
  Array.init (max 0 (n - 1)) (fun i ->
      let rec go k = match s.[sa.(i) + k] = s.[sa.(i + 1) + k] with true -> go (k + 1) | false -> k | exception Invalid_argument _ -> k in
      go 0)

let texts =
  [
    ("dna", String.init 260 (fun i -> "acgt".[(i * i / 3 + (i / 7)) land 3]), [ "acg"; "ttt"; "gaca"; "cc"; "acgtacgt" ]);
    ("runs", String.make 60 'a' ^ "b" ^ String.make 40 'a', [ "aaaa"; "aab"; "ab"; "baaa"; "aabaa"; "b" ]);
    ("words", "abracadabra abracadabra, cadabra! abra, bra; cadaabracad", [ "abra"; "cadabra"; "a"; "bra;"; "zebra"; "ra, " ]);
    ("short", "x", [ "x"; "xx"; "y" ]);
  ]

let () =
  List.iter
    (fun (name, s, patterns) ->
      let sa = suffix_array s in
      List.iter
        (fun p ->
          let expected = naive p s in
          List.iter
            (fun (method_, f) ->
              match f p s with
              | l when l = expected -> ()
              | l -> Printf.printf "%s: %s finds %S at %s\n" name method_ p (String.concat "," (List.map string_of_int l))
              | exception e -> Printf.printf "%s: %s raises %s\n" name method_ (Printexc.to_string e))
            [ ("kmp", kmp); ("boyer-moore", boyer_moore); ("horspool", horspool); ("rabin-karp", rabin_karp); ("z", by_z); ("bitap", bitap); ("suffixes", by_suffixes sa) ];
          Printf.printf "%s %S: %d%s\n" name p (List.length expected) (match expected with i :: _ -> Printf.sprintf ", first at %d" i | [] -> ""))
        patterns;
      let l = lcp s sa in
      let best = ref 0 in
      Array.iteri (fun i k -> if k > l.(!best) then best := i) l;
      let repeat = try String.sub s sa.(!best) l.(!best) with Invalid_argument _ -> "" in
      let distinct = (String.length s * (String.length s + 1) / 2) - Array.fold_left ( + ) 0 l in
      Printf.printf "%s: longest repeat of %d, %d distinct substrings\n" name (String.length repeat) distinct)
    texts

(* Aho and Corasick *)
type state = { mutable next : (char * state) list; mutable fail : state option; mutable out : string list }

let () =
  let root = { next = []; fail = None; out = [] } in
  let fresh () = { next = []; fail = None; out = [] } in
  List.iter
    (fun w ->
      let s = String.fold_left (fun s c -> match List.assoc_opt c s.next with Some t -> t | None -> let t = fresh () in s.next <- (c, t) :: s.next; t) root w in
      s.out <- w :: s.out)
    [ "he"; "she"; "his"; "hers"; "sh"; "e" ];
  let rec step s c = match List.assoc c s.next with t -> t | exception Not_found -> ( match s.fail with None -> root | Some f -> step f c) in
  let queue = Queue.create () in
  List.iter (fun (_, t) -> t.fail <- Some root; Queue.add t queue) root.next;
  (try
     while true do
       let s = Queue.pop queue in
       List.iter
         (fun (c, t) ->
           let f = match s.fail with Some f -> step f c | None -> root in
           t.fail <- Some f;
           t.out <- t.out @ f.out;
           Queue.add t queue)
         s.next
     done
   with Queue.Empty -> ());
  let state = ref root in
  String.iteri
    (fun i c ->
      state := step !state c;
      if !state.out <> [] then Printf.printf "%d:%s " i (String.concat "," !state.out))
    "ushers said she heard his shepherds";
  print_newline ()

(* Tables *)
let levenshtein a b =
  let n = String.length b in
  let row = Array.init (n + 1) Fun.id in
  String.iteri
    (fun i c ->
      let corner = ref i in
      row.(0) <- i + 1;
      for j = 1 to n do
        let v = min (min row.(j) row.(j - 1) + 1) (!corner + if c = b.[j - 1] then 0 else 1) in
        corner := row.(j);
        row.(j) <- v
      done)
    a;
  row.(n)

let lcs a b =
  let n = String.length a and m = String.length b in
  let t = Array.make_matrix (n + 1) (m + 1) 0 in
  for i = n - 1 downto 0 do
    for j = m - 1 downto 0 do
      t.(i).(j) <- (if a.[i] = b.[j] then 1 + t.(i + 1).(j + 1) else max t.(i + 1).(j) t.(i).(j + 1))
    done
  done;
  let rec walk i j = if i = n || j = m then [] else if a.[i] = b.[j] then a.[i] :: walk (i + 1) (j + 1) else if t.(i + 1).(j) >= t.(i).(j + 1) then walk (i + 1) j else walk i (j + 1) in
  String.of_seq (List.to_seq (walk 0 0))

let palindrome s =
  (* Manacher, with the middle between letters too *)
  let t = String.init ((2 * String.length s) + 1) (fun i -> if i land 1 = 0 then '|' else s.[i / 2]) in
  let n = String.length t in
  let p = Array.make n 0 and c = ref 0 and r = ref 0 and best = ref 0 in
  for i = 0 to n - 1 do
    let k = ref (if i < !r then min (!r - i) p.((2 * !c) - i) else 0) in
    (try while t.[i + !k + 1] = t.[i - !k - 1] do incr k done with Invalid_argument _ -> ());
    p.(i) <- !k;
    if i + !k > !r then begin c := i; r := i + !k end;
    if !k > p.(!best) then best := i
  done;
  String.sub s ((!best - p.(!best)) / 2) p.(!best)

let () =
  List.iter
    (fun (a, b) -> Printf.printf "%S %S: distance %d and %d, common %S, palindromes %S %S\n" a b (levenshtein a b) (levenshtein b a) (lcs a b) (palindrome a) (palindrome b))
    [ ("kitten", "sitting"); ("", "abc"); ("abcbdab", "bdcaba"); ("forgeeksskeegfor", "level of a levele"); ("aaaaaaa", "aabaa"); ("same", "same") ]
