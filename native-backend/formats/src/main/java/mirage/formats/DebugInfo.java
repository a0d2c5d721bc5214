// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

/**
 * What the section {@code .mirage.debug} of a compiled program says, which debuggers need besides {@code .debug_line}. It is
 * text, deflated, of fields that tabs separate:
 *
 * <pre>
 * E  definition  file  line  first column  last column    places in the source, from number 1 on
 * P  place  place ...                                     where code comes from, from number 1 on: a place in the source,
 *                                                         then those of the calls that inlining has removed
 * F  symbol  bytes of the frame  arity  definition  parameters, with spaces between
 * </pre>
 *
 * <p>A row of the line table has the discriminator 2n of the n-th P, or 2n+1 if the function has its frame there.
 *
 * @param origins the lines P; the first is empty
 * @param functions by symbol
 */
public record DebugInfo(List<List<SourceLocation>> origins, Map<String, Function> functions) {
  /** The section's name. */
  public static final String SECTION = ".mirage.debug";

  /**
   * A compiled function.
   *
   * @param frameBytes size of its frame
   * @param definition its name in the source; empty if it is not known
   * @param parameters names, the closure not among them
   */
  public record Function(
      String symbol, int frameBytes, String definition, List<String> parameters) {}

  /** Reads it from an executable; nothing if it has none. */
  public static Optional<DebugInfo> of(String file, Elf32 elf) {
    return elf.sections().stream()
        .filter(section -> section.name().equals(SECTION))
        .findFirst()
        .map(section -> parse(file, section.data()));
  }

  private static DebugInfo parse(String file, byte[] section) {
    List<SourceLocation> places = new ArrayList<>();
    List<List<SourceLocation>> origins = new ArrayList<>(List.of(List.of()));
    Map<String, Function> functions = new LinkedHashMap<>();
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(section))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.split("\n")) {
        String[] fields = line.split("\t", -1);
        switch (fields[0]) {
          case "E" -> places.add(place(places.size() + 1, fields));
          case "P" -> {
            List<SourceLocation> chain = new ArrayList<>();
            for (int i = 1; i < fields.length; i++) {
              chain.add(places.get(Integer.parseInt(fields[i]) - 1));
            }
            origins.add(chain);
          }
          case "F" -> {
            List<String> names = fields[5].isEmpty() ? List.of() : List.of(fields[5].split(" "));
            int bytes = Integer.parseInt(fields[2]);
            functions.put(fields[1], new Function(fields[1], bytes, fields[4], names));
          }
          default -> {}
        }
      }
    } catch (IOException | RuntimeException e) {
      throw new FormatException(
          file, 0, "a damaged section " + SECTION, "one as the compiler writes it");
    }
    return new DebugInfo(origins, functions);
  }

  private static SourceLocation place(int number, String[] fields) {
    return new SourceLocation(
        number,
        fields[2],
        fields[1],
        Integer.parseInt(fields[3]),
        Integer.parseInt(fields[4]),
        Integer.parseInt(fields[5]),
        false);
  }

  /** Where the code of a row comes from, innermost first; empty if it is not known. */
  public List<SourceLocation> origin(LineTable.Row row) {
    int number = row.discriminator() / 2;
    return number < origins.size() ? origins.get(number) : List.of();
  }

  /** Whether the function has its frame in a row. */
  public static boolean framed(LineTable.Row row) {
    return row.discriminator() % 2 == 1;
  }
}
