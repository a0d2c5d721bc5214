// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mirage.conformance.fuzz.draws.Choice;

/** Expressions over strings, bytes and buffers. */
final class Strings {
  private final Choice choice;
  private final Expressions expressions;

  Strings(Choice choice, Expressions expressions) {
    this.choice = choice;
    this.expressions = expressions;
  }

  String constant() {
    return switch (choice.below(3)) {
      case 0 -> "\"\"";
      case 1 ->
          choice.of(
              "\"a\"",
              "\"abc\"",
              "\"hello, world\"",
              "\"\\000\\255\\n\"",
              "\"xtensa lx6\"",
              "\"1234567\"",
              "\"12345678\"");
      default ->
          "\""
              + IntStream.range(0, choice.below(24))
                  .mapToObj(i -> String.valueOf((char) choice.between('a', 'z')))
                  .collect(Collectors.joining())
              + "\"";
    };
  }

  private String sub(Type type, Scope scope, int depth) {
    return expressions.of(type, scope, depth - 1);
  }

  String of(Scope scope, int depth) {
    String a = sub(Type.STRING, scope, depth);
    return switch (choice.below(10)) {
      case 0, 1 -> "(limit (%s ^ %s))".formatted(a, sub(Type.STRING, scope, depth));
      case 2 -> "(string_of_int %s)".formatted(sub(Type.INT, scope, depth));
      case 3 ->
          "(%s %s)"
              .formatted(
                  choice.of(
                      "String.uppercase_ascii",
                      "String.escaped",
                      "String.capitalize_ascii",
                      "String.trim",
                      "reverse",
                      "String.map Char.lowercase_ascii",
                      "patched"),
                  a);
      case 4 ->
          "(part %s %s %s)".formatted(a, sub(Type.INT, scope, depth), sub(Type.INT, scope, depth));
      case 5 -> integer(a, scope, depth);
      case 6 ->
          "(Printf.sprintf \"%s\" %s)"
              .formatted(
                  choice.of(
                      "%.3f", "%e", "%g", "%.15g", "%12.4f|", "%-10.2e|", "%F", "%+.1f", "%h"),
                  "(plain_nan " + sub(Type.FLOAT, scope, depth) + ")");
      case 7 ->
          "(let b = Buffer.create %d in Buffer.add_string b %s; %s; Buffer.add_char b (Char.chr (%s land 127)); limit (Buffer.contents b))"
              .formatted(
                  choice.below(9), a, sub(Type.UNIT, scope, depth), sub(Type.INT, scope, depth));
      case 8 ->
          choice.of(
              "(limit (String.concat %s [%s; %s]))"
                  .formatted(
                      a, sub(Type.STRING, scope, depth - 1), sub(Type.STRING, scope, depth - 1)),
              "(limit (String.concat \",\" (String.split_on_char 'a' %s)))".formatted(a),
              "(Int64.to_string %s)".formatted(sub(Type.INT64, scope, depth)),
              "(Printf.sprintf \"%%Lx:%%ld\" %s %s)"
                  .formatted(sub(Type.INT64, scope, depth), sub(Type.INT32, scope, depth)));
      default -> {
        Type type = choice.of(expressions.declarations().comparable());
        yield "(limit (%s %s))"
            .formatted(expressions.declarations().printer(type), sub(type, scope, depth));
      }
    };
  }

  private String integer(String a, Scope scope, int depth) {
    return "(limit (Printf.sprintf \"%s\" %s %s))"
        .formatted(
            choice.of("%d|%s", "%x%s", "<%5d>%-8s", "%+d %S", "%08X%.3s", "%-6d|%10s", "%o %s"),
            "(" + sub(Type.INT, scope, depth) + " land 0xFFFFFFF)",
            a);
  }
}
