// SPDX-License-Identifier: Apache-2.0
package mirage.opam.packages;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mirage.opam.packages.OpamValue.Bool;
import mirage.opam.packages.OpamValue.Group;
import mirage.opam.packages.OpamValue.Infix;
import mirage.opam.packages.OpamValue.Int;
import mirage.opam.packages.OpamValue.Name;
import mirage.opam.packages.OpamValue.Prefix;
import mirage.opam.packages.OpamValue.Text;

/**
 * The variables an opam file is read with: those of the target, and those of one package's build.
 *
 * @param values by name; truth is {@code "true"} or {@code "false"}
 * @param present whether a package is there, for {@code name:installed}
 */
public record OpamVariables(Map<String, String> values, Predicate<String> present) {
  private static final Pattern REFERENCE = Pattern.compile("%\\{([^}%]*)\\}%");

  /** Those of the chip. What is not named is not defined, and a condition on it does not hold. */
  public static OpamVariables esp32(String ocamlVersion) {
    return new OpamVariables(
        Map.ofEntries(
            Map.entry("os", "esp32"),
            Map.entry("os-family", "esp32"),
            Map.entry("os-distribution", "esp32"),
            Map.entry("os-version", ""),
            Map.entry("arch", "xtensa"),
            Map.entry("opam-version", "2.1.2"),
            Map.entry("make", "make"),
            Map.entry("jobs", Integer.toString(Runtime.getRuntime().availableProcessors())),
            Map.entry("build", "true"),
            Map.entry("post", "false"),
            Map.entry("with-test", "false"),
            Map.entry("with-doc", "false"),
            Map.entry("with-dev-setup", "false"),
            Map.entry("dev", "false"),
            Map.entry("pinned", "false"),
            Map.entry("ocaml:version", ocamlVersion),
            Map.entry("ocaml:preinstalled", "true"),
            Map.entry("ocaml:native", "false"),
            Map.entry("ocaml:native-dynlink", "false"),
            Map.entry("ocaml:native-tools", "true"),
            Map.entry("ocaml-version", ocamlVersion),
            Map.entry("sys-ocaml-version", ocamlVersion)),
        name -> false);
  }

  /** With more variables, which hide those of the same names. */
  public OpamVariables with(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(values);
    all.putAll(more);
    return new OpamVariables(Map.copyOf(all), present);
  }

  /** With another answer to which packages are there. */
  public OpamVariables withPresent(Predicate<String> packages) {
    return new OpamVariables(values, packages);
  }

  /** A variable's value; empty when it is not defined. */
  public Optional<String> get(String name) {
    String value = values.get(name);
    if (value != null) {
      return Optional.of(value);
    }
    Matcher part = Pattern.compile("(.+):(installed|enable)").matcher(name);
    if (!part.matches()) {
      return Optional.empty();
    }
    boolean there = present.test(part.group(1));
    return Optional.of(
        part.group(2).equals("installed") ? Boolean.toString(there) : there ? "enable" : "disable");
  }

  /** Text with each {@code %{variable}%} replaced; one that is not defined is empty, as in opam. */
  public String expand(String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(reference(match.group(1))));
  }

  /** {@code name}, or {@code name?if-true:if-false}. */
  private String reference(String inner) {
    Matcher choice = Pattern.compile("([^?]*)\\?([^:]*):(.*)").matcher(inner);
    if (choice.matches()) {
      return get(choice.group(1)).filter("true"::equals).isPresent()
          ? choice.group(2)
          : choice.group(3);
    }
    return get(inner).orElse("");
  }

  /** Whether a filter holds; one about what is not defined does not. */
  public boolean holds(List<OpamValue> filter) {
    return filter.stream().allMatch(f -> evaluate(f).filter("true"::equals).isPresent());
  }

  /** A filter's value; empty: not defined. */
  Optional<String> evaluate(OpamValue filter) {
    if (filter instanceof Bool bool) {
      return Optional.of(Boolean.toString(bool.value()));
    } else if (filter instanceof Int number) {
      return Optional.of(Long.toString(number.value()));
    } else if (filter instanceof Text text) {
      return Optional.of(expand(text.value()));
    } else if (filter instanceof Name name) {
      return get(name.value());
    } else if (filter instanceof Group group) {
      return group.values().size() == 1 ? evaluate(group.values().get(0)) : Optional.empty();
    } else if (filter instanceof Prefix prefix) {
      return negated(prefix);
    } else if (filter instanceof Infix infix) {
      return combined(infix);
    }
    return Optional.empty();
  }

  private Optional<String> negated(Prefix prefix) {
    Optional<String> value = evaluate(prefix.value());
    return switch (prefix.operator()) {
      case "?" -> Optional.of(Boolean.toString(value.isPresent()));
      case "!" -> value.map(v -> Boolean.toString(!v.equals("true")));
      default -> Optional.empty();
    };
  }

  private Optional<String> combined(Infix infix) {
    Optional<String> left = evaluate(infix.left());
    Optional<String> right = evaluate(infix.right());
    return switch (infix.operator()) {
      case "&" -> decided(left, right, "false").or(() -> both(left, right, "true"));
      case "|" -> decided(left, right, "true").or(() -> both(left, right, "false"));
      default ->
          left.isEmpty() || right.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  Boolean.toString(
                      Comparison.holds(
                          OpamVersion.of(left.get()),
                          infix.operator(),
                          OpamVersion.of(right.get()))));
    };
  }

  private static Optional<String> decided(
      Optional<String> left, Optional<String> right, String value) {
    return left.filter(value::equals).or(() -> right.filter(value::equals));
  }

  private static Optional<String> both(
      Optional<String> left, Optional<String> right, String value) {
    return left.isPresent() && right.isPresent() ? Optional.of(value) : Optional.empty();
  }
}
