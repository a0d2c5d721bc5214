// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The constants of OCaml's headers that {@code tuning.h} sets: their own definitions give way, and
 * {@code config.h}, which every other header includes, includes {@code tuning.h}.
 */
final class Tuning {
  static final String FILE = "tuning.h";

  private static final Pattern DEFINITION = Pattern.compile("#\\s*define (\\w+).*");
  private static final String CONFIG = "config.h";
  private static final String LAST_INCLUDE = "#include \"s.h\"";

  private final Set<String> constants;
  private final Set<String> missing;

  private Tuning(Set<String> constants) {
    this.constants = constants;
    this.missing = new TreeSet<>(constants);
  }

  static Tuning read(String text) {
    Set<String> names = new TreeSet<>();
    text.lines()
        .map(DEFINITION::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .filter(name -> !name.equals("RUNTIME_TUNING_H"))
        .forEach(names::add);
    return new Tuning(names);
  }

  /** A header's lines, without the definitions of tuned constants and what continues them. */
  List<String> applyTo(String header, List<String> lines) {
    List<String> kept = new ArrayList<>();
    boolean dropping = false;
    for (String line : lines) {
      Matcher definition = DEFINITION.matcher(line);
      if (definition.matches() && constants.contains(definition.group(1))) {
        missing.remove(definition.group(1));
        dropping = true;
      }
      if (!dropping) {
        kept.add(line);
      }
      dropping = dropping && line.endsWith("\\");
      if (header.equals(CONFIG) && line.equals(LAST_INCLUDE)) {
        kept.add("#include \"" + FILE + "\"");
      }
    }
    return kept;
  }

  /** A constant that no header defines would have no effect: a mistake of ours. */
  void requireAllFound() {
    if (!missing.isEmpty()) {
      throw new IllegalStateException(FILE + " sets what no header of OCaml defines: " + missing);
    }
  }
}
