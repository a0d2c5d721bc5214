// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.program;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mirage.conformance.fuzz.draws.Choice;

/**
 * Small groups of {@code let rec}, closures and other values that need each other, made again and again between other blocks:
 * the closures are kept, and all is looked at afterwards.
 */
final class Knots {
  private enum Shape {
    FUNCTION,
    LAZY,
    LIST,
    ARRAY,
    PAIR
  }

  /**
   * One of a group.
   *
   * @param parameters of a function
   */
  private record Member(String name, Shape shape, int parameters) {}

  private final Choice choice;

  Knots(Choice choice) {
    this.choice = choice;
  }

  /** A string: what the groups give, and what is left of the blocks around them. */
  String item() {
    return choice.part("knot", this::made);
  }

  private String made() {
    List<Member> group = new ArrayList<>();
    for (int i = choice.between(2, 4); i > 0; i--) {
      Shape shape = group.isEmpty() || choice.once(3) ? Shape.FUNCTION : any();
      group.add(new Member("m" + i, shape, choice.between(1, 4)));
    }
    if (choice.once(2)) {
      group.add(group.remove(0));
    }
    String bindings =
        group.stream()
            .map(member -> member.name() + binding(member, group))
            .collect(Collectors.joining(" and "));
    String before = neighbour();
    String after = neighbour();
    String uses =
        group.stream()
            .map(member -> "show_int (" + use(member, "3") + ")")
            .collect(Collectors.joining(" ^ \",\" ^ "));
    return "(let made = List.init %d (fun k -> let b = %s in let rec %s in let a = %s in (b, a, fun () -> %s)) in %s; String.concat \" \" (List.map (fun (b, a, u) -> %s ^ %s ^ u ()) made))"
        .formatted(
            choice.between(2, 12),
            before,
            bindings,
            after,
            uses,
            choice.of("()", "garbage 20", "Gc.minor ()", "collect Gc.full_major"),
            shown(before, "b"),
            shown(after, "a"));
  }

  private Shape any() {
    return choice.of(List.of(Shape.LAZY, Shape.LAZY, Shape.LIST, Shape.ARRAY, Shape.PAIR));
  }

  /** A block of some words. */
  private String neighbour() {
    return choice.of(
        "(k, k + 1, k + 2)", "[| k; 7 |]", "ref k", "string_of_int k", "(fun x -> x + k)");
  }

  private static String shown(String neighbour, String name) {
    return switch (neighbour.charAt(0)) {
      case '(' ->
          neighbour.startsWith("(fun")
              ? "show_int (%s 1)".formatted(name)
              : "(let (x, y, z) = %s in show_list show_int [x; y; z])".formatted(name);
      case '[' -> "show_array show_int " + name;
      case 'r' -> "show_ref show_int " + name;
      default -> "show_string " + name;
    };
  }

  private String binding(Member member, List<Member> group) {
    return switch (member.shape()) {
      case FUNCTION -> {
        String parameters =
            IntStream.range(0, member.parameters())
                .mapToObj(i -> " p" + i)
                .collect(Collectors.joining());
        String all = parameters.strip().replace(" ", " + ");
        yield "%s = if p0 <= 0 then %s + %s else (%s + %s)"
            .formatted(parameters, all, held(group), use(choice.of(group), "p0 - 1"), all);
      }
      case LAZY ->
          " = lazy (%s)".formatted(choice.of("k", "k * 3", "String.length (string_of_int k)"));
      case LIST -> " = %s :: %s".formatted(number(), choice.of("[]", member.name()));
      case ARRAY -> " = [| %s |]".formatted(function(group, choice.between(1, 2)));
      case PAIR -> " = (%s, %s)".formatted(number(), function(group, choice.between(1, 3)));
    };
  }

  private String number() {
    return choice.of("k", "5");
  }

  /** Values of the group that are no functions, and what is outside of it. */
  private String held(List<Member> group) {
    List<Member> values = group.stream().filter(m -> m.shape() != Shape.FUNCTION).toList();
    return values.isEmpty() || choice.once(4) ? "k" : use(choice.of(values), "0");
  }

  /** A function of one parameter, of the group or not. */
  private String function(List<Member> group, int most) {
    List<Member> unary =
        group.stream().filter(m -> m.shape() == Shape.FUNCTION && m.parameters() == 1).toList();
    return unary.isEmpty() || choice.below(most) > 0
        ? "(fun n -> n + %s)".formatted(choice.of("k", "1"))
        : choice.of(unary).name();
  }

  /** An int of a member, by calls no deeper than {@code fuel}. */
  private String use(Member member, String fuel) {
    String name = member.name();
    return switch (member.shape()) {
      case FUNCTION ->
          "%s (%s)%s"
              .formatted(
                  choice.of(name, "Sys.opaque_identity " + name),
                  fuel,
                  IntStream.range(1, member.parameters())
                      .mapToObj(i -> " " + choice.of("k", String.valueOf(i)))
                      .collect(Collectors.joining()));
      case LAZY -> "Lazy.force " + name;
      case LIST -> "List.hd " + name;
      case ARRAY -> "%s.(0) (%s)".formatted(name, fuel);
      case PAIR -> "fst %1$s + snd %1$s (%2$s)".formatted(name, fuel);
    };
  }
}
