// SPDX-License-Identifier: Apache-2.0
package mirage.opam.packages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mirage.opam.packages.OpamValue.Conditional;
import mirage.opam.packages.OpamValue.Name;
import mirage.opam.packages.OpamValue.Sequence;
import mirage.opam.packages.OpamValue.Text;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/**
 * A package's opam file.
 *
 * @param place named in messages
 * @param fields as written, in the file's order
 */
public record OpamFile(String place, Map<String, OpamValue> fields) {
  /** Reads a file; see {@link #parse}. */
  public static OpamFile read(Path file) {
    return parse(AtomicFiles.text(file), file.toString());
  }

  /**
   * Reads the text of a file.
   *
   * @param place named in messages
   * @throws MirageException with place and line of a syntax error
   */
  public static OpamFile parse(String text, String place) {
    return new OpamFile(place, OpamParser.parse(text, place));
  }

  /** A field that is one text. */
  public Optional<String> text(String field) {
    return fields.get(field) instanceof Text text ? Optional.of(text.value()) : Optional.empty();
  }

  /** What a field of packages asks for on the target. */
  public Requirement requirement(String field, OpamVariables variables) {
    return Requirement.of(Optional.ofNullable(fields.get(field)), variables);
  }

  /** Whether the package says that it can be used with these variables. */
  public boolean isAvailable(OpamVariables variables) {
    return !fields.containsKey("available") || variables.holds(elements(fields.get("available")));
  }

  /**
   * The commands of a field such as {@code build}, those meant for the target, with their variables
   * replaced.
   */
  public List<List<String>> commands(String field, OpamVariables variables) {
    List<OpamValue> values = elements(fields.get(field));
    boolean single = !values.isEmpty() && values.stream().noneMatch(OpamFile::isCommand);
    List<List<String>> commands = new ArrayList<>();
    for (OpamValue value : single ? List.<OpamValue>of(new Sequence(values)) : values) {
      words(value, variables).filter(words -> !words.isEmpty()).ifPresent(commands::add);
    }
    return List.copyOf(commands);
  }

  private static boolean isCommand(OpamValue value) {
    return value instanceof Sequence
        || (value instanceof Conditional conditional && conditional.value() instanceof Sequence);
  }

  private Optional<List<String>> words(OpamValue value, OpamVariables variables) {
    if (value instanceof Conditional conditional) {
      return variables.holds(conditional.conditions())
          ? words(conditional.value(), variables)
          : Optional.empty();
    }
    if (value instanceof Sequence sequence) {
      return Optional.of(
          sequence.values().stream()
              .flatMap(part -> words(part, variables).stream())
              .flatMap(List::stream)
              .toList());
    }
    if (value instanceof Text text) {
      return Optional.of(List.of(variables.expand(text.value())));
    }
    if (value instanceof Name name) {
      return Optional.of(
          List.of(
              variables
                  .get(name.value())
                  .orElseThrow(
                      () ->
                          new MirageException(
                              "%s: a command uses the variable %s, which is not known here"
                                  .formatted(place, name.value())))));
    }
    throw new MirageException(place + ": a command has a word that is neither text nor variable");
  }

  private static List<OpamValue> elements(OpamValue value) {
    if (value == null) {
      return List.of();
    }
    return value instanceof Sequence sequence ? sequence.values() : List.of(value);
  }
}
