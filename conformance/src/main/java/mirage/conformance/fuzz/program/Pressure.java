// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mirage.conformance.fuzz.draws.Choice;

/**
 * Much is allocated and little kept, of every kind and size; what is kept has to be what it was. A program keeps at most
 * {@link #KEPT} bytes here, so that it never depends on how much memory there is.
 */
final class Pressure {
  private static final int KEPT = 16 << 10;

  /** Bytes allocated by one loop, about. */
  private static final int TURNED_OVER = 1 << 18;

  private final Choice choice;
  private final Expressions expressions;

  Pressure(Choice choice, Expressions expressions) {
    this.choice = choice;
    this.expressions = expressions;
  }

  String any(Type type, Scope scope, int depth) {
    return "(ignore %s; %s)".formatted(item(), expressions.of(type, scope, depth - 1));
  }

  /** A string: how many of the values kept are what they were. */
  String item() {
    return choice.part("pressure", this::made);
  }

  private String made() {
    int most = 1 << choice.between(3, 12);
    int kept = Math.max(1, Math.min(24, KEPT / most / 2));
    int rounds = Math.min(300, TURNED_OVER / most + 4);
    String kinds =
        IntStream.range(0, choice.between(1, 5))
            .mapToObj(i -> " | %d -> %s".formatted(i, choice.part("allocation", this::allocation)))
            .collect(Collectors.joining());
    String handled =
        choice.once(3)
            ? "(try (if i = %d then %s); keep with Not_found | Failure _ | Out_of_memory | Stack_overflow -> (fun () -> true))"
                .formatted(choice.between(3, 9), interruption())
            : "keep";
    return "(let kept = Array.make %1$d (fun () -> true) in for i = 1 to %2$d do if i land 15 = 0 then ignore (tick ()); let n = i * %3$d mod %4$d in let keep = (match i mod %5$d with%6$s | _ -> (fun () -> true)) in kept.(i mod %1$d) <- %7$s done; %8$s; string_of_int (Array.fold_left (fun c f -> if f () then c + 1 else c) 0 kept))"
        .formatted(
            kept,
            rounds,
            choice.between(1, 97),
            most,
            choice.between(1, 5),
            kinds,
            handled,
            choice.of("()", "collect Gc.full_major", "collect Gc.compact", "collect Gc.minor"));
  }

  /** Something that ends with one of some exceptions, whatever memory there is. */
  private String interruption() {
    return choice.of(
        "raise Not_found",
        "failwith (String.make n 'f')",
        "ignore (forever 0)",
        "ignore (Sys.opaque_identity (Bytes.create 15_000_000)); raise Out_of_memory",
        "ignore (Sys.opaque_identity (Array.make 3_000_000 0)); raise Out_of_memory");
  }

  /** A function that tells whether what was allocated is what it was: {@code n} bytes for the round {@code i}. */
  private String allocation() {
    return switch (choice.below(16)) {
      case 0 ->
          "(let s = String.make n (Char.chr (i land 127)) in fun () -> String.length s = n && (n = 0 || Char.code s.[n - 1] = i land 127))";
      case 1 ->
          "(let b = Bytes.create n in Bytes.fill b 0 n 'b'; fun () -> Bytes.to_string b = String.make n 'b')";
      case 2 ->
          "(let a = Array.make (n / 4) (i, n) in fun () -> Array.for_all (fun (x, y) -> x = i && y = n) a)";
      case 3 ->
          "(let a = Array.init (n / 8) (fun k -> float_of_int (k + i)) in fun () -> Array.for_all (fun x -> x >= float_of_int i) a)";
      case 4 ->
          "(let a = Bigarray.Array1.create Bigarray.char Bigarray.c_layout n in Bigarray.Array1.fill a 'g'; fun () -> n = 0 || a.{n - 1} = 'g')";
      case 5 ->
          "(let a = Bigarray.Array1.create Bigarray.int32 Bigarray.c_layout (n / 4 + 2) in Bigarray.Array1.fill a (Int32.of_int i); let s = Bigarray.Array1.sub a 1 (n / 4) in fun () -> a.{0} = Int32.of_int i && (n < 4 || s.{n / 4 - 1} = Int32.of_int i))";
      case 6 ->
          "(let l = List.init (n / 32) (fun k -> (k, string_of_int (k + i))) in fun () -> List.for_all (fun (k, s) -> s = string_of_int (k + i)) l)";
      case 7 ->
          "(let l = List.init (n / 40) (fun k -> fun x -> x + k + i) in fun () -> List.for_all (fun f -> f 0 >= i) l)";
      case 8 ->
          "(let b = Buffer.create 1 in for k = 1 to n / 4 do Buffer.add_string b \"buf\" done; fun () -> Buffer.length b = n / 4 * 3)";
      case 9 ->
          "(let t = Hashtbl.create 1 in for k = 1 to n / 40 do Hashtbl.replace t k (Int64.of_int (k + i)) done; fun () -> Hashtbl.fold (fun k v r -> r && v = Int64.of_int (k + i)) t true)";
      case 10 ->
          "(let s = Marshal.to_string (List.init (n / 24) (fun k -> (k, float_of_int i))) [] in fun () -> List.length (Marshal.from_string s 0 : (int * float) list) = n / 24)";
      case 11 ->
          "(let w = Weak.create (n / 4 + 1) in let v = ref i in Weak.set w 0 (Some v); fun () -> (match Weak.get w 0 with Some r -> !r = i | None -> false) && !v = i)";
      case 12 ->
          "(let s = Printf.sprintf \"%*d|%s\" (n land 255) i (String.make (n land 63) 'p') in fun () -> String.contains s '|')";
      case 13 ->
          "(let o = object val mutable x = i val a = Array.make (n / 8) i method ok = x = i && Array.for_all (fun y -> y = x) a end in fun () -> o#ok)";
      case 14 ->
          "(let rec f k = if k = 0 then Lazy.force l else f (k - 1) and l = lazy (i + String.length s) and s = String.make n 's' in fun () -> f 3 = i + n)";
      default ->
          "(let c = Array.init (n / 64) (fun k -> Array.make (k land 15) k) in let d = Array.map Array.copy c in fun () -> compare c d = 0)";
    };
  }
}
