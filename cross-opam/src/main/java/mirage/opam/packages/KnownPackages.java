// SPDX-License-Identifier: Apache-2.0
package mirage.opam.packages;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What is known of packages that their own files do not say: the rows of {@code packages.tsv}. */
public final class KnownPackages {
  /** The first column of a row. */
  public enum Fact {
    /** A library that is always visible to a unikernel. */
    ALWAYS,
    /** A package of the compiler or the build; the libraries it stands for. */
    BUILD,
    /** A package whose library has another name; that name. */
    LIBRARY,
    /** A package for programs of hosts, which others depend on for parts that no chip has. */
    HOST,
    /** The beginning of the names of packages that nothing here serves; why, if not only because nobody has built it yet. */
    ABSENT,
    /** A library that makes no sense on the chip; why. */
    REFUSED,
    /** The last part of the names of libraries that make no sense on the chip; why. */
    REFUSED_PART,
    /** A library that has to be built from its sources for the chip; why the distribution's does not serve. */
    SOURCES,
    /** A library whose C code we have; its folder among this module's resources. */
    C,
    /** A package; what the C compiler is told besides when its sources are built for the chip. */
    C_FLAGS,
    /** A package; a folder among this module's resources, and the one of its source that gets its files. */
    OVERLAY,
    /** A package; folders among this module's resources whose files its source gets besides. */
    ADDED,
    /** A package; a file of its source, the text there that is changed, and what it becomes: {@code FILE: BEFORE => AFTER}. */
    EDIT,
    /** A library of the compiler's; the folder of its C code there. */
    COMPILER_C,
    /** A library; the Debian package that installs it. */
    DEBIAN;

    private String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private static final String TABLE = "/packages.tsv";
  private static final String FROM_SOURCES =
      "it does not come with the tool: mirage install builds it from the folders of its sources and of what it needs, or with --opam NAME from opam";
  private static final Map<Fact, Map<String, String>> ROWS = read();

  private KnownPackages() {}

  /** Names and values of all rows of a fact, in the table's order. */
  public static Map<String, String> all(Fact fact) {
    return ROWS.get(fact);
  }

  /** The names of all rows of a fact, in the table's order. */
  public static Set<String> names(Fact fact) {
    return all(fact).keySet();
  }

  /** What the table says of a name. */
  public static Optional<String> value(Fact fact, String name) {
    return Optional.ofNullable(all(fact).get(name));
  }

  /** Why a library that is installed cannot be used on the chip, if it is one of those. */
  public static Optional<String> refusal(String library) {
    int dot = library.lastIndexOf('.');
    return value(Fact.REFUSED, library)
        .or(() -> dot < 0 ? Optional.empty() : value(Fact.REFUSED_PART, library.substring(dot + 1)))
        .or(
            () ->
                value(Fact.SOURCES, library)
                    .map(reason -> reason + "; mirage install builds it from its sources"));
  }

  /** Why a package of the MirageOS world cannot be had, if that is known. */
  public static Optional<String> absence(String name) {
    return all(Fact.ABSENT).entrySet().stream()
        .filter(row -> name.matches(Pattern.quote(row.getKey()) + "([-_].*)?"))
        .findFirst()
        .map(row -> row.getValue().isEmpty() ? FROM_SOURCES : row.getValue());
  }

  private static Map<Fact, Map<String, String>> read() {
    Map<Fact, Map<String, String>> rows = new EnumMap<>(Fact.class);
    Map<String, Fact> words = new LinkedHashMap<>();
    for (Fact fact : Fact.values()) {
      rows.put(fact, new LinkedHashMap<>());
      words.put(fact.word(), fact);
    }
    text()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              String[] fields = line.split("\t", -1);
              Fact fact = words.get(fields[0]);
              if (fact == null || fields.length != 3) {
                throw new IllegalStateException(TABLE + ": " + line);
              }
              if (rows.get(fact).put(fields[1], fields[2]) != null) {
                throw new IllegalStateException(TABLE + ": twice: " + line);
              }
            });
    rows.replaceAll((fact, map) -> Collections.unmodifiableMap(map));
    return rows;
  }

  private static String text() {
    try (InputStream in = KnownPackages.class.getResourceAsStream(TABLE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("this jar is broken: " + TABLE, e);
    }
  }
}
