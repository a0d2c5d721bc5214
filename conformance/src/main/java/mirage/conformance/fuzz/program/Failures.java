// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import mirage.conformance.fuzz.draws.Choice;

/** Values and effects that raise an exception instead, now and then: in compiled code, in the library, in C. */
final class Failures {
  private final Choice choice;
  private final Expressions expressions;

  Failures(Choice choice, Expressions expressions) {
    this.choice = choice;
    this.expressions = expressions;
  }

  private String of(Type type, Scope scope, int depth) {
    return expressions.of(type, scope, depth - 1);
  }

  private static Type list(Type type) {
    return Type.of(Type.Kind.LIST, type);
  }

  /** A value of any type that may be missing. */
  String value(Type type, Scope scope, int depth) {
    return choice.part(type.text(), () -> made(type, scope, depth));
  }

  private String made(Type type, Scope scope, int depth) {
    if (choice.once(3) && type.kind() == Type.Kind.INT) {
      return integer(scope, depth);
    }
    if (choice.once(3) && type.kind() == Type.Kind.STRING) {
      return string(scope, depth);
    }
    String wanted = of(type, scope, depth);
    String n = "(%s land %d)".formatted(of(Type.INT, scope, 1), choice.of(java.util.List.of(1, 3)));
    return switch (choice.below(13)) {
      case 0 -> wanted;
      case 1 -> "(List.nth %s %s)".formatted(of(list(type), scope, depth), n);
      case 2 -> "(List.assoc %s [(1, %s); (3, %s)])".formatted(n, wanted, of(type, scope, 1));
      case 3 ->
          "(let t = Hashtbl.create 2 in Hashtbl.add t 1 %s; Hashtbl.find t %s)"
              .formatted(wanted, n);
      case 4 ->
          "(Option.get (if %s then Some %s else None))".formatted(of(Type.BOOL, scope, 2), wanted);
      case 5 -> "([| %s |].(%s))".formatted(wanted, n);
      case 6 -> "(ignore (%d / %s); %s)".formatted(choice.between(1, 9), n, wanted);
      case 7 ->
          "(if %s then failwith %s else %s)"
              .formatted(of(Type.BOOL, scope, 2), of(Type.STRING, scope, 1), wanted);
      case 8 ->
          "(let q = Queue.create () in if %s then Queue.add %s q; Queue.pop q)"
              .formatted(of(Type.BOOL, scope, 2), wanted);
      case 9 -> "(Lazy.force (lazy (%s; %s)))".formatted(effect(scope, depth - 1), wanted);
      case 10 ->
          "(snd (List.find (fun (k, _) -> k > %s) [(0, %s); (2, %s)]))"
              .formatted(n, wanted, of(type, scope, 1));
      case 11 -> "(assert (%s < 3); %s)".formatted(n, wanted);
      default -> "(%s; %s)".formatted(effect(scope, depth), wanted);
    };
  }

  private String integer(Scope scope, int depth) {
    String a = of(Type.INT, scope, depth);
    String s = of(Type.STRING, scope, depth);
    String i = "(" + of(Type.INT, scope, 1) + " land 15)";
    return switch (choice.below(10)) {
      case 0 -> "(%s %s %s)".formatted(a, choice.of("/", "mod"), of(Type.INT, scope, 1));
      case 1 ->
          "(int_of_string %s)"
              .formatted(
                  choice.of(s, "(string_of_int " + a + ")", "(Printf.sprintf \"0x%x\" " + a + ")"));
      case 2 -> "(String.index %s 'l')".formatted(s);
      case 3 ->
          "(String.get_%s %s %s)"
              .formatted(choice.of("int8", "uint8", "int16_le", "uint16_be"), s, i);
      case 4 ->
          "(Bytes.get_%s (Bytes.of_string %s) %s)"
              .formatted(choice.of("int8", "uint8", "int16_be", "uint16_le"), s, i);
      case 5 ->
          "(Int32.to_int (Bytes.get_int32_%s (Bytes.of_string %s) %s))"
              .formatted(choice.of("le", "be"), s, i);
      case 6 -> "(Char.code %s.[%s])".formatted(s, i);
      case 7 ->
          "(Int64.to_int (Int64.%s 7L %s))"
              .formatted(choice.of("div", "rem"), of(Type.INT64, scope, 1));
      case 8 -> "(Int32.to_int (Int32.of_string %s))".formatted(s);
      default -> "(String.rindex_from %s %s 'a')".formatted(s, i);
    };
  }

  private String string(Scope scope, int depth) {
    String s = of(Type.STRING, scope, depth);
    String n = of(Type.INT, scope, 1);
    return switch (choice.below(6)) {
      case 0 -> "(String.sub %s (%s land 7) %d)".formatted(s, n, choice.below(5));
      case 1 -> "(Sys.getenv %s)".formatted(choice.of("\"no such variable\"", "\"NO_SUCH\""));
      case 2 -> "(String.make (%s mod 30) 'm')".formatted(n);
      case 3 ->
          "(Bytes.to_string (Bytes.extend (Bytes.of_string %s) (- abs (%s mod 4)) (-1)))"
              .formatted(s, n);
      case 4 -> "(Bytes.sub_string (Bytes.of_string %s) 1 (%s land 7))".formatted(s, n);
      default -> "(List.hd (List.tl (String.split_on_char 'a' %s)))".formatted(s);
    };
  }

  /** A unit. */
  String effect(Scope scope, int depth) {
    String n = of(Type.INT, scope, 1);
    String s = of(Type.STRING, scope, depth);
    return switch (choice.below(16)) {
      case 0 -> "()";
      case 1 -> "ignore (Array.make (%s mod 9) 0)".formatted(n);
      case 2 ->
          "Bytes.blit_string %s 0 (Bytes.create 9) (%s land 7) %d"
              .formatted(s, n, choice.between(1, 4));
      case 3 -> "ignore (Array.sub [| 1; 2; 3 |] (%s land 3) 2)".formatted(n);
      case 4 -> "Array.blit [| 1; 2; 3 |] 0 (Array.make 4 0) (%s land 3) 2".formatted(n);
      case 5 -> "Bytes.fill (Bytes.create 5) (%s land 7) 1 'f'".formatted(n);
      case 6 -> "ignore (Char.chr (%s land 511))".formatted(n);
      case 7 ->
          "ignore (Bigarray.Array1.sub (Bigarray.Array1.create Bigarray.int Bigarray.c_layout 5) (%s land 7) 2)"
              .formatted(n);
      case 8 ->
          "Bigarray.Array1.blit (Bigarray.Array1.create Bigarray.char Bigarray.c_layout 3) (Bigarray.Array1.create Bigarray.char Bigarray.c_layout (%s land 3))"
              .formatted(n);
      case 9 ->
          "ignore (Bigarray.Array2.create Bigarray.float64 Bigarray.c_layout 3 (%s mod 5))"
              .formatted(n);
      case 10 ->
          "ignore (Marshal.from_string %s 0 : int)"
              .formatted(choice.of("\"\"", "\"no value at all, for sure\""));
      case 11 ->
          "ignore (float_of_string %s)".formatted(choice.of(s, "\"1e\"", "\"0x1p4\"", "\"1_0.5\""));
      case 12 ->
          "List.iter2 (fun _ _ -> ()) [1] (if %s then [] else [2])"
              .formatted(of(Type.BOOL, scope, 2));
      case 13 -> "ignore (compare (fun x -> x + %s) (fun x -> x))".formatted(n);
      case 14 ->
          "ignore (%s %s)"
              .formatted(choice.of("Int64.of_string", "Nativeint.of_string", "bool_of_string"), s);
      default -> "ignore (Buffer.nth (Buffer.create 1) (%s land 1))".formatted(n);
    };
  }
}
