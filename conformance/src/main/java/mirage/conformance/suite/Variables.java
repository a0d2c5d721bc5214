// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.suite;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * ocamltest's variables. Immutable: each method answers a changed copy.
 *
 * @param values by name, not expanded
 */
record Variables(Map<String, String> values) {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(\\w+)\\}|\\$\\((\\w+)\\)");

  /** Names that stand for libraries, and for the directory beside them in the compiler's tree. */
  private static final Map<String, Map<String, String>> GROUPS =
      Map.ofEntries(
          Map.entry("config", compiler("ocamlcommon")),
          Map.entry("debugger", Map.of("directories", "+compiler-libs")),
          Map.entry("testing", Map.of("libraries", "testing")),
          Map.entry("tool-ocaml-lib", Map.of("binary_modules", "lib")),
          Map.entry("unix", Map.of("libraries", "unix")),
          Map.entry("dynlink", Map.of("libraries", "dynlink")),
          Map.entry("str", Map.of("libraries", "str")),
          Map.entry("systhreads", Map.of("libraries", "unix threads")),
          Map.entry("ocamlcommon", compiler("ocamlcommon")),
          Map.entry("ocamlbytecomp", compiler("ocamlbytecomp")),
          Map.entry("ocamlmiddleend", compiler("ocamlmiddleend")),
          Map.entry("ocamloptcomp", compiler("ocamloptcomp")),
          Map.entry("ocamltoplevel", compiler("ocamltoplevel")),
          Map.entry("principal", Map.of("flags", "-principal")));

  private static Map<String, String> compiler(String archive) {
    return Map.of("libraries", archive, "directories", "+compiler-libs");
  }

  Variables {
    values = Map.copyOf(values);
  }

  Variables with(String name, String value) {
    Map<String, String> changed = new TreeMap<>(values);
    changed.put(name, value);
    return new Variables(changed);
  }

  Variables append(String name, String value) {
    return with(name, values.getOrDefault(name, "") + value);
  }

  Variables apply(List<TestBlock.Statement> statements) {
    Variables result = this;
    for (TestBlock.Statement statement : statements) {
      result =
          switch (statement.effect()) {
            case ASSIGN -> result.with(statement.variable(), statement.value());
            case APPEND -> result.append(statement.variable(), statement.value());
            case INCLUDE -> result.include(statement.variable());
          };
    }
    return result;
  }

  Variables include(String group) {
    Variables result = this;
    for (Map.Entry<String, String> entry : GROUPS.getOrDefault(group, Map.of()).entrySet()) {
      result = result.append(entry.getKey(), " " + entry.getValue() + " ");
    }
    return result;
  }

  /** The value with the variables in it replaced; empty when there is none or it is blank. */
  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name))
        .map(this::expand)
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /** All variables as a script sees them. */
  Map<String, String> environment() {
    Map<String, String> all = new TreeMap<>();
    values.forEach((name, value) -> all.put(name, expand(value)));
    return all;
  }

  /** The words of the value. */
  List<String> words(String name) {
    return find(name).stream().flatMap(value -> Stream.of(value.split("\\s+"))).toList();
  }

  private String expand(String value) {
    return REFERENCE
        .matcher(value)
        .replaceAll(
            match -> {
              String name = match.group(1) != null ? match.group(1) : match.group(2);
              return Matcher.quoteReplacement(expand(values.getOrDefault(name, "")));
            });
  }
}
