(* SPDX-License-Identifier: Apache-2.0 *)
(* What asks the C heap for memory gets what garbage takes; where there is none the program has lost nothing. *)
open Bigarray

(* All memory of C, in big arrays. *)
let rec full kept size =
  if size < 16 then kept
  else
    match Array1.create char c_layout size with
    | a -> full (a :: kept) size
    | exception Out_of_memory -> full kept (size / 2)

(* Blocks nested in their first fields; more than comparison and marshalling have in their stacks without the C heap. *)
type nest = Leaf | Nest of nest * int

let rec nest inner n = if n = 0 then inner else nest (Nest (inner, n)) (n - 1)
let a = nest Leaf 600
let b = nest Leaf 600
let arrays = List.init 60 (fun i -> Array.make 3 i)
let text = Marshal.to_string a []
let numbers = Marshal.to_string (Array1.init int8_unsigned c_layout 3000 (fun i -> i land 255)) []
let buffer = Bytes.create 20_000

(* Whether it is done as soon as what fills the C heap is garbage. *)
let door name f =
  let kept = ref (full [] 65536) in
  let before = match f () with _ -> "done" | exception Out_of_memory -> "Out_of_memory" in
  if !kept = [] then raise Exit;
  kept := [];
  let after = match f () with _ -> "done" | exception Out_of_memory -> "Out_of_memory" in
  Printf.printf "%s: kept %s, garbage %s\n%!" name before after

let same x = if not x then raise Exit

let called = ref 0
let finalised = ref [ ref 0 ]
let () = Gc.finalise (fun _ -> incr called) (List.hd !finalised)

let () =
  door "finaliser" (fun () -> finalised := []; Gc.full_major (); same (!called = 1));
  door "to_string" (fun () -> same (String.length (Marshal.to_string a []) = String.length text));
  door "to_bytes" (fun () -> same (Bytes.length (Marshal.to_bytes a []) = String.length text));
  door "to_buffer" (fun () -> same (Marshal.to_buffer buffer 0 20_000 a [] = String.length text));
  door "from_string" (fun () -> same (match (Marshal.from_string text 0 : nest) with Nest (_, 1) -> true | _ -> false));
  door "compare" (fun () -> same (compare a b = 0));
  door "equal" (fun () -> same (a = b));
  door "concat" (fun () -> same (Array.length (Array.concat arrays) = 180));
  door "reachable" (fun () -> same (Obj.reachable_words (Obj.repr a) = 1800));
  door "bigarray" (fun () ->
      match (Marshal.from_string numbers 0 : (int, int8_unsigned_elt, c_layout) Array1.t) with
      | a -> same (a.{2999} = 2999 land 255)
      | exception Failure _ -> raise Out_of_memory)

external set_name : out_channel -> string -> unit = "caml_ml_set_channel_name"

let digits = String.make 200 '1'
let long_text = Printf.sprintf "%.200f" 0.1
let registered = List.init 50 (Printf.sprintf "name %d")
let register name = Callback.register name (ref name)
let () = List.iter register registered

let () =
  door "open_in" (fun () -> close_in (open_in "/dev/urandom"));
  door "channel's name" (fun () -> set_name stdout "standard output");
  door "float_of_string" (fun () -> same (float_of_string digits > 1e199));
  door "%.2000h" (fun () -> same (String.length (Printf.sprintf "%.2000h" 1.) = 2007));
  door "%.200f" (fun () -> same (Printf.sprintf "%.200f" 0.1 = long_text));
  door "file_exists" (fun () -> same (not (Sys.file_exists "/dev/nothing")));
  door "getenv" (fun () -> same (Sys.getenv_opt "HOME" = None));
  door "readdir" (fun () -> match Sys.readdir "/" with _ -> raise Exit | exception Sys_error _ -> ());
  door "named value" (fun () -> Callback.register "another" (ref 0));
  (* Young values of names that are known: the next collection moves them. *)
  door "named values" (fun () -> List.iter register registered; Gc.minor ());
  door "minor heap" (fun () -> Gc.set { (Gc.get ()) with Gc.minor_heap_size = 10_000 })
