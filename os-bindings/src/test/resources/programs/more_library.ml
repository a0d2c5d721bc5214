(* SPDX-License-Identifier: Apache-2.0 *)
(* What of the standard library reaches deeper into the runtime: collector, backtraces, marshalling of
   code, big arrays, the system. *)

let pr = Printf.printf
module E = Ephemeron.K1
let () =
  let k = ref (Some (Bytes.make 3 'k')) in
  let e = E.create () in
  (match !k with Some b -> E.set_key e b; E.set_data e "data" | None -> ());
  Gc.full_major (); pr "%b " (E.check_data e);
  k := None; Gc.full_major (); pr "%b\n" (E.check_data e);
  let g = Gc.get () in
  Gc.set { g with Gc.minor_heap_size = 8192; space_overhead = 60; stack_limit = 60000 };
  let g = Gc.get () in pr "%d %d %d\n" g.Gc.minor_heap_size g.Gc.space_overhead g.Gc.stack_limit;
  let l = List.init 3000 (fun i -> string_of_int i) in pr "%d\n" (List.length (List.sort compare l));
  let rec f n = if n = 0 then Printexc.get_callstack 3 else let r = f (n-1) in ignore (Sys.opaque_identity r); r in
  pr "%d\n" (Printexc.raw_backtrace_length (f 5));
  pr "%s" (Printexc.raw_backtrace_to_string (f 1));
  Printexc.record_backtrace true;
  (try (try raise Exit with Exit -> let bt = Printexc.get_raw_backtrace () in Printexc.raise_with_backtrace Not_found bt) with Not_found -> pr "%s" (Printexc.get_backtrace ()));
  let g x y = x + y in
  let s = Marshal.to_string (g 3) [Marshal.Closures] in
  let h : int -> int = Marshal.from_string s 0 in pr "%d\n" (h 4);
  Random.self_init (); pr "%b\n" (Random.bits () <> Random.bits ());
  pr "%b %b\n" (Sys.time () >= 0.) (Sys.time () < 5.);
  pr "%s %b\n" Sys.ocaml_version Sys.unix;
  (match Sys.getenv_opt "NOT_SET" with None -> pr "none\n" | Some s -> pr "%s\n" s);
  pr "%b %b\n" (Sys.file_exists "/not/there") (Sys.getcwd () <> "");
  let b = Bigarray.(Array1.create int8_unsigned c_layout 30000) in
  Bigarray.Array1.fill b 7; pr "%d\n" b.{29999};
  for _ = 1 to 200 do let b = Bigarray.(Array1.create int8_unsigned c_layout 20000) in b.{0} <- 1 done;
  pr "bigarrays\n";
  Callback.register "foo" (fun () -> ());
  let rec fib n = if n < 2 then n else fib (n-1) + fib (n-2) in pr "%d\n%!" (fib 20);
  let c = ref 0 in
  let a = Gc.create_alarm (fun () -> incr c) in Gc.full_major (); Gc.delete_alarm a; pr "%b\n" (!c > 0);
  Gc.finalise_last (fun () -> pr "last\n") (ref 1); Gc.full_major ();
  pr "%s\n" (Digest.to_hex (Digest.string (String.make 20000 'x')));
  let ic = Scanf.Scanning.stdin in Scanf.bscanf ic " %d %s" (fun a b -> pr "in %d %s\n" a b);

  at_exit (fun () -> print_endline "exit1"); at_exit (fun () -> print_endline "exit2");
  exit 3
