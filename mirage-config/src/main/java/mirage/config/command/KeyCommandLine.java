// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import mirage.config.graph.KeyOption;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A unikernel's keys as options of a command, one help section for each of the keys' sections. */
final class KeyCommandLine {
  private static final String DEFAULT_SECTION = "APPLICATION OPTIONS";

  private KeyCommandLine() {}

  /** Adds the keys to a command. A key's spelling that the command uses itself is left out. */
  static void add(CommandSpec command, List<KeyOption> keys) {
    Map<String, List<KeyOption>> sections =
        new TreeMap<>(
            Comparator.comparing((String name) -> !name.equals(DEFAULT_SECTION))
                .thenComparing(Comparator.naturalOrder()));
    for (KeyOption key : keys) {
      String section = key.section().isEmpty() ? DEFAULT_SECTION : key.section();
      sections.computeIfAbsent(section, name -> new ArrayList<>()).add(key);
    }
    int order = 10;
    for (Map.Entry<String, List<KeyOption>> section : sections.entrySet()) {
      ArgGroupSpec.Builder group =
          ArgGroupSpec.builder()
              .heading("%n" + heading(section.getKey()) + ":%n")
              .validate(false)
              .exclusive(false)
              .multiplicity("0..1")
              .order(order++);
      boolean any = false;
      for (KeyOption key : section.getValue()) {
        List<String> free =
            key.options().stream()
                .map(KeyOption::dashed)
                .filter(name -> !command.optionsMap().containsKey(name))
                .toList();
        if (!free.isEmpty()) {
          group.addArg(option(key, free));
          any = true;
        }
      }
      if (any) {
        command.addArgGroup(group.build());
      }
    }
  }

  /** The raw values given, under the key's first option name without dashes. */
  static Map<String, List<String>> values(CommandLine.ParseResult parsed, List<KeyOption> keys) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (KeyOption key : keys) {
      for (String name : key.options()) {
        OptionSpec option = parsed.matchedOption(KeyOption.dashed(name));
        if (option != null && key.name().equals(option.userObject())) {
          values.put(
              key.options().get(0),
              key.kind() == KeyOption.Kind.FLAG
                  ? List.of()
                  : List.copyOf(option.originalStringValues()));
          break;
        }
      }
    }
    return values;
  }

  private static OptionSpec option(KeyOption key, List<String> names) {
    OptionSpec.Builder option =
        OptionSpec.builder(names.toArray(String[]::new))
            .userObject(key.name())
            .description(description(key));
    return key.kind() == KeyOption.Kind.FLAG
        ? option.type(boolean.class).arity("0").build()
        : option
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("1")
            .paramLabel(key.docv().isEmpty() ? "VAL" : key.docv())
            .build();
  }

  private static String description(KeyOption key) {
    StringBuilder text = new StringBuilder(plain(key));
    key.defaultValue()
        .filter(value -> key.kind() != KeyOption.Kind.FLAG && !value.isEmpty())
        .ifPresent(value -> text.append(" (").append(value).append(")"));
    if (key.kind() == KeyOption.Kind.REQUIRED) {
      text.append(key.stage().atBoot() ? " Required, at the latest at boot." : " Required.");
    }
    key.environment()
        .ifPresent(name -> text.append(" Environment variable ").append(name).append('.'));
    return text.toString().replace("%", "%%").replace("@|", "@ |");
  }

  /** The documentation without Cmdliner's markup. */
  private static String plain(KeyOption key) {
    String docv = key.docv().isEmpty() ? "VAL" : key.docv();
    return key.doc()
        .replace("$(docv)", docv)
        .replaceAll("\\$\\([a-z],\\s*([^)]*)\\)", "$1")
        .replaceAll("\\s+", " ")
        .strip();
  }

  private static String heading(String section) {
    String words = section.charAt(0) + section.substring(1).toLowerCase(Locale.ROOT);
    return words.replaceFirst("^Ocaml", "OCaml");
  }
}
