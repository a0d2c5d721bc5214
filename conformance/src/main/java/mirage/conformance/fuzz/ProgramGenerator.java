// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Makes random programs that end, and print the same wherever OCaml runs as it should. Each is a module of its
 * own behind a common prelude, so that one executable can hold many.
 */
public final class ProgramGenerator {
  private static final int DEPTH = 4;

  /** What all programs use. Sizes and steps are bounded; no value of a float tells one NaN from another. */
  private static final String PRELUDE =
      """
      exception Number of int
      exception Too_long
      let steps = ref 0
      let tick () = incr steps; if !steps > 2000 then raise Too_long; true
      let cut x = ((x land 0x3FFFFFFF) lxor 0x20000000) - 0x20000000
      let cut_native x = Nativeint.of_int32 (Nativeint.to_int32 x)
      let small_float x = if abs_float x < 1e8 then x else 0.
      let plain_nan x = if x <> x then 1.5 else x
      let char_at s i = s.[i]
      let limit s = if String.length s > 300 then String.sub s 0 300 else s
      let rec take n = function x :: l when n > 0 -> x :: take (n - 1) l | _ -> []
      let bounded l = if List.compare_length_with l 30 > 0 then take 30 l else l
      let reverse s = String.init (String.length s) (fun i -> s.[String.length s - 1 - i])
      let part s i n = try String.sub s i n with Invalid_argument _ -> "?"
      let patched s =
        let b = Bytes.of_string s in
        let n = Bytes.length b in
        if n > 1 then Bytes.blit b 0 b 1 (n - 1);
        if n > 8 then begin
          Bytes.set_int32_le b 1 (Int32.lognot (Bytes.get_int32_le b 3));
          Bytes.set_uint16_be b 0 (Bytes.get_uint16_le b 5)
        end;
        if n > 12 then Bytes.set_int64_be b 3 (Int64.add (Bytes.get_int64_le b 4) 0x1234_5678_9ABCL);
        Bytes.to_string b
      let finalised = ref 0
      let held = ref (Obj.repr 0)
      let rec deep n f =
        if n <= 0 then f n else begin
          let r = if n land 63 = 0 then (ignore (Sys.opaque_identity (string_of_int n)); deep (n - 1) f) else deep (n - 1) f in
          ignore (Sys.opaque_identity n); r
        end
      module Tree = struct
        type ('a, 'b) t = Empty | Node of ('a, 'b) t * 'a * 'b * ('a, 'b) t * int
        let empty = Empty
        let height = function Empty -> 0 | Node (_, _, _, _, h) -> h
        let node l k v r = Node (l, k, v, r, 1 + max (height l) (height r))
        let rec add k v = function
          | Empty -> node Empty k v Empty
          | Node (l, k', v', r, _) ->
            let c = compare k k' in
            if c = 0 then node l k v r
            else if c < 0 then node (add k v l) k' v' r
            else node l k' v' (add k v r)
        let rec find_opt k = function
          | Empty -> None
          | Node (l, k', v, r, _) ->
            let c = compare k k' in
            if c = 0 then Some v else find_opt k (if c < 0 then l else r)
      end
      let collections = ref 0
      let collect f = incr collections; if !collections < 12 then f ()
      let garbage n = ignore (Sys.opaque_identity (List.init n (fun i -> (i, string_of_int i, float_of_int i))))
      let show_int = string_of_int
      let show_float x = if x <> x then "nan" else Printf.sprintf "%h/%.12g" x x
      let show_bool = string_of_bool
      let show_string = Printf.sprintf "%S"
      let show_int32 = Int32.to_string
      let show_int64 = Int64.to_string
      let show_nativeint = Nativeint.to_string
      let show_unit () = "()"
      let show_list f l = "[" ^ String.concat ";" (List.map f l) ^ "]"
      let show_array f a = "[|" ^ String.concat ";" (Array.to_list (Array.map f a)) ^ "|]"
      let show_option f = function None -> "None" | Some x -> "Some " ^ f x
      let show_ref f r = "ref " ^ f !r
      let show_pair f g (x, y) = "(" ^ f x ^ "," ^ g y ^ ")"
      let show_function _ = "<fun>"
      let print name f =
        steps := 0;
        collections := 0;
        print_endline (name ^ " = " ^ (try let s = f () in String.sub s 0 (min 2000 (String.length s)) with e -> "raised " ^ Printexc.to_string e))
      module type MONOID = sig type t val zero : t val op : t -> t -> t val show : t -> string end
      module Fold (M : MONOID) = struct
        let all l = List.fold_left M.op M.zero l
        let show l = M.show (all l)
        class counter n = object
          val mutable count = n
          method add x = ignore (tick ()); count <- M.op count x
          method get = count
        end
      end
      """;

  private final Choice choice;
  private final Declarations declarations;
  private final Expressions expressions;
  private Scope scope = Scope.EMPTY;

  private ProgramGenerator(long seed, boolean wide) {
    this.choice = Choice.seeded(seed);
    this.declarations = new Declarations(choice);
    this.expressions = new Expressions(choice, wide, declarations);
  }

  /**
   * An executable's source.
   *
   * @param seeds one program each; its output begins with {@code program <seed>}
   * @param wide whether ints may leave 30 bits: the result then depends on how many they have
   */
  public static String source(LongStream seeds, boolean wide) {
    return PRELUDE
        + seeds
            .mapToObj(seed -> new ProgramGenerator(seed, wide).module(seed))
            .collect(Collectors.joining("\n"));
  }

  private String module(long seed) {
    StringBuilder text = new StringBuilder("module P%d = struct\n".formatted(seed));
    text.append("let () = print_endline \"program %d\"\n".formatted(seed));
    text.append(declarations.text());
    for (int i = choice.between(2, 5); i > 0; i--) {
      text.append(function("f" + i));
      if (choice.once(2)) {
        text.append(global("g" + i));
      }
    }
    text.append(functor());
    for (int i = choice.between(4, 8); i > 0; i--) {
      Type type = choice.of(declarations.comparable());
      text.append(
          "let () = print \"%d\" (fun () -> %s %s)\n"
              .formatted(i, declarations.printer(type), expressions.of(type, scope, DEPTH)));
    }
    return text.append("end\n").toString();
  }

  private String global(String name) {
    Type type = choice.of(declarations.types());
    String text =
        "let %s : %s = try %s with _ -> %s\n"
            .formatted(
                name,
                type.text(),
                expressions.of(type, scope, DEPTH - 1),
                expressions.of(type, Scope.EMPTY, 0));
    scope = scope.with(name, type);
    return "let () = steps := 0\n" + text;
  }

  /** A function that calls itself at most so deep, or a chain of two that call each other. */
  private String function(String name) {
    List<Type> parts = new ArrayList<>();
    for (int i = choice.once(6) ? choice.between(6, 12) : choice.between(1, 3); i > 0; i--) {
      parts.add(choice.of(declarations.comparable()));
    }
    parts.add(choice.of(choice.once(4) ? declarations.types() : declarations.comparable()));
    Type type = new Type(Type.Kind.FUNCTION, parts, 0);
    Scope inner = scope.with("(" + name + " (fuel - 1))", type);
    StringBuilder text = new StringBuilder("let rec %s fuel".formatted(name));
    for (int i = 0; i < parts.size() - 1; i++) {
      text.append(" (a%d : %s)".formatted(i, parts.get(i).text()));
      inner = inner.with("a" + i, parts.get(i));
    }
    Scope outer = scope;
    for (int i = 0; i < parts.size() - 1; i++) {
      outer = outer.with("a" + i, parts.get(i));
    }
    text.append(" : %s = if tick () && fuel <= 0 then ".formatted(type.result().text()));
    text.append(expressions.of(type.result(), outer, DEPTH - 2)).append(" else ");
    text.append(expressions.of(type.result(), inner, DEPTH)).append("\n");
    scope = scope.with("(%s %d)".formatted(name, choice.between(1, 6)), type);
    return text.toString();
  }

  private String functor() {
    Type type = choice.of(List.of(Type.INT, Type.FLOAT, Type.STRING, Type.INT64));
    String op = expressions.of(type, scope.with("x", type).with("y", type), DEPTH - 1);
    String list = expressions.of(Type.of(Type.Kind.LIST, type), scope, DEPTH - 1);
    String zero = expressions.of(type, Scope.EMPTY, 0);
    return """
        module M = struct type t = %s let zero = %s let op (x : t) (y : t) : t = %s let show = %s end
        module N = Fold (M)
        let () = print "functor" (fun () -> N.show %s)
        let () = print "object" (fun () -> let o = new N.counter M.zero in List.iter o#add %s; M.show o#get)
        """
        .formatted(type.text(), zero, op, declarations.printer(type), list, list);
  }
}
