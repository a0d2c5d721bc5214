// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mirage.tools.SourceFolders;

/**
 * The constants of OCaml's runtime that {@code tuning.h} sets: the definitions in its headers and C
 * files give way, and {@code config.h}, which all include, includes {@code tuning.h}.
 *
 * @param constants their names
 */
record Tuning(Set<String> constants) {
  static final String FILE = "tuning.h";

  private static final Pattern DEFINITION = Pattern.compile("#\\s*define (\\w+).*");
  private static final String CONFIG = "config.h";
  private static final String LAST_INCLUDE = "#include \"s.h\"";

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

  /** The constants our {@code tuning.h} sets. */
  static Tuning ours() {
    return read(new String(SourceFolders.read(RuntimeHeaders.RUNTIME, FILE), UTF_8));
  }

  /**
   * Our {@code tuning.h} with other values for some of its constants.
   *
   * @throws IllegalArgumentException for a constant it has not, or has on more than one line
   */
  static String with(SortedMap<String, String> values, String text) {
    String result = text;
    for (Map.Entry<String, String> value : values.entrySet()) {
      Pattern line =
          Pattern.compile("^(#define " + value.getKey() + ") .*(?<!\\\\)$", Pattern.MULTILINE);
      if (!line.matcher(result).find()) {
        throw new IllegalArgumentException(FILE + " has no " + value.getKey());
      }
      result =
          line.matcher(result)
              .replaceFirst(old -> Matcher.quoteReplacement(old.group(1) + " " + value.getValue()));
    }
    return result;
  }

  /** A file's lines, without the definitions of tuned constants and what continues them. */
  List<String> applyTo(String file, List<String> lines) {
    List<String> kept = new ArrayList<>();
    boolean dropping = false;
    for (String line : lines) {
      Matcher definition = DEFINITION.matcher(line);
      if (definition.matches() && constants.contains(definition.group(1))) {
        dropping = true;
      }
      if (!dropping) {
        kept.add(line);
      }
      dropping = dropping && line.endsWith("\\");
      if (file.equals(CONFIG) && line.equals(LAST_INCLUDE)) {
        kept.add("#include \"" + FILE + "\"");
      }
    }
    return kept;
  }
}
