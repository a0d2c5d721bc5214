(* SPDX-License-Identifier: Apache-2.0 *)

open Bigarray

type t = (char, int8_unsigned_elt, c_layout) Array1.t
type buf = Cstruct.t

let page_size = 4096

(* Declared here because naming Stdlib's own declaration would link module Gc. *)
external full_major : unit -> unit = "caml_gc_full_major"

(* Pages nobody uses any more are given back by the garbage collector, which knows nothing of the shortage. *)
let create size =
  try Array1.create char c_layout size
  with Out_of_memory ->
    full_major ();
    Array1.create char c_layout size

let get n =
  if n < 0 then invalid_arg "Io_page.get: negative number of pages";
  let t = create (n * page_size) in
  Array1.fill t '\000';
  t

let get_order order = get (1 lsl order)
let to_cstruct t = Cstruct.of_bigarray t
let get_buf ?(n = 1) () = to_cstruct (get n)
let pages n = List.init n (fun _ -> get 1)
let pages_order order = pages (1 lsl order)
let length t = Array1.dim t

let of_cstruct_exn buf =
  if Cstruct.length buf mod page_size <> 0 then
    invalid_arg "Io_page.of_cstruct_exn: not a whole number of pages";
  Cstruct.to_bigarray buf

let to_pages t =
  List.init (length t / page_size) (fun i -> Array1.sub t (i * page_size) page_size)

let to_string t = Cstruct.to_string (to_cstruct t)
let blit = Array1.blit

let string_blit src src_off dst dst_off len =
  Cstruct.blit_from_string src src_off (to_cstruct dst) dst_off len

let round_to_page_size n = (n + page_size - 1) / page_size * page_size
