// SPDX-License-Identifier: Apache-2.0
package mirage.config.dsl;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mirage.tools.Command;
import mirage.tools.Fingerprint;
import mirage.tools.MirageException;

/** The distribution's OCaml libraries that config.ml and the DSL library are compiled with. */
final class HostLibraries {
  /** Findlib name to Debian package. config.ml files use the first four themselves. */
  private static final Map<String, String> PACKAGES =
      new TreeMap<>(
          Map.of(
              "bos", "libbos-ocaml-dev",
              "fpath", "libfpath-ocaml-dev",
              "ipaddr", "libipaddr-ocaml-dev",
              "rresult", "librresult-ocaml-dev",
              "astring", "libastring-ocaml-dev",
              "cmdliner", "libcmdliner-ocaml-dev",
              "fmt", "libfmt-ocaml-dev",
              "logs", "liblogs-ocaml-dev",
              "yojson", "libyojson-ocaml-dev"));

  private HostLibraries() {}

  /** The value of {@code ocamlfind}'s {@code -package}. */
  static String names() {
    return String.join(",", PACKAGES.keySet());
  }

  /**
   * The identity of the installed libraries.
   *
   * @throws MirageException naming every package that is not installed
   */
  static Fingerprint fingerprint() {
    return fingerprint(PACKAGES);
  }

  static Fingerprint fingerprint(Map<String, String> needed) {
    Command.Result archives =
        Command.of("ocamlfind", "query", "-predicates", "byte", "-format", "%d/%a")
            .with(List.copyOf(needed.keySet()))
            .execute();
    if (!archives.succeeded()) {
      throw missing(needed, archives);
    }
    Fingerprint.Builder inputs = Fingerprint.builder().tool("ocamlc").tool("ocamlfind");
    archives.output().lines().map(Path::of).forEach(inputs::stamp);
    return inputs.build();
  }

  private static MirageException missing(Map<String, String> needed, Command.Result found) {
    String packages =
        needed.entrySet().stream()
            .filter(
                entry -> !Command.of("ocamlfind", "query", entry.getKey()).execute().succeeded())
            .map(Map.Entry::getValue)
            .sorted()
            .collect(Collectors.joining(" "));
    return new MirageException(
        packages.isEmpty()
            ? "ocamlfind: " + found.message()
            : "config.ml needs OCaml libraries that are not installed; they are in the Debian packages "
                + "%s (apt-get install %s)".formatted(packages, packages));
  }
}
