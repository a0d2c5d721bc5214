// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mirage.conformance.chip.BoardMemory;

/**
 * A program that uses upstream's packages.
 *
 * @param install what is given to {@code mirage install}, from the folder of checkouts
 * @param program its main file: upstream's own, from the folder of checkouts, or one of this project's {@code programs}
 * @param libraries findlib names of what it uses; those that have a stand-in are taken from there
 * @param memory of the board it runs on
 * @param reference what it is compared with: {@link #HOST}, {@link #OCAMLRUN32}, or a file of the checkouts
 * @param except a regular expression for lines that are not compared
 */
record Case(
    List<String> install,
    String program,
    List<String> libraries,
    BoardMemory memory,
    String reference,
    String except) {

  /** The same sources, built by dune for this machine. */
  static final String HOST = "host";

  /** The very same bytecode on a machine of 32 bits, for what depends on the width of {@code int}. */
  static final String OCAMLRUN32 = "ocamlrun32";

  private static final int COLUMNS = 6;

  /** The rows of a table, which begins with a line of headings; an {@code install} of {@code =} is that of the row above. */
  static List<Case> parse(String table) {
    List<Case> cases = new ArrayList<>();
    for (String line : table.lines().filter(l -> !l.startsWith("#") && !l.isBlank()).toList()) {
      String[] columns = line.split("\t", -1);
      if (columns.length != COLUMNS) {
        throw new IllegalArgumentException(
            "%d columns, not %d: %s".formatted(columns.length, COLUMNS, line));
      }
      List<String> install =
          columns[0].equals("=") ? cases.get(cases.size() - 1).install() : words(columns[0]);
      cases.add(
          new Case(
              install,
              columns[1],
              words(columns[2]),
              BoardMemory.valueOf(columns[3].toUpperCase(Locale.ROOT)),
              columns[4],
              columns[5]));
    }
    return cases;
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.split(" "));
  }

  /** The checkouts that {@link #install} names. */
  List<String> checkouts() {
    return install.stream().map(word -> word.replaceFirst("/.*", "")).distinct().toList();
  }
}
