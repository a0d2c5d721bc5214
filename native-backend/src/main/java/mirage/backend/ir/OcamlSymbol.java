// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Symbols of compiled OCaml functions: a prefix, the function's name, where its bytecode began. Characters that an
 * assembler would not take stand as {@code $} and two hexadecimal digits.
 */
public final class OcamlSymbol {
  private static final String PREFIX = "camlcode_";
  private static final Pattern PLAIN = Pattern.compile("[^A-Za-z0-9_.]");
  private static final Pattern ESCAPED = Pattern.compile("\\$([0-9a-f]{2})");
  private static final Pattern POSITION = Pattern.compile("_\\d+$");

  /** Between the names of a library and of its module. */
  private static final Pattern MODULE = Pattern.compile("(?<=[A-Za-z0-9])__(?=[A-Z])");

  private OcamlSymbol() {}

  /** The symbol of a function of the compiler's. */
  public static String of(String function) {
    return PREFIX
        + PLAIN
            .matcher(function)
            .replaceAll(
                match ->
                    Matcher.quoteReplacement(
                        String.format(Locale.ROOT, "$%02x", (int) match.group().charAt(0) & 0xFF)));
  }

  /** The name the source gives to a function, as {@code Stdlib.List.map}; empty for symbols of other code. */
  public static Optional<String> source(String symbol) {
    if (!symbol.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String name =
        ESCAPED
            .matcher(symbol.substring(PREFIX.length()))
            .replaceAll(
                match ->
                    Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(match.group(1), 16))));
    String plain = POSITION.matcher(name).replaceFirst("");
    return Optional.of(MODULE.matcher(plain).replaceAll("."));
  }
}
