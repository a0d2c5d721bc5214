// SPDX-License-Identifier: Apache-2.0
package mirage.tools;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The host programs the project runs, and the Debian package each comes from. */
public final class Tools {
  private static final Map<String, String> PACKAGES =
      Map.ofEntries(
          Map.entry("bash", "bash"),
          Map.entry("dpkg-query", "dpkg"),
          Map.entry("dune", "ocaml-dune"),
          Map.entry("gcc", "gcc"),
          Map.entry("make", "make"),
          Map.entry("mvn", "maven"),
          Map.entry("ocaml", "ocaml-nox"),
          Map.entry("ocamlc", "ocaml-nox"),
          Map.entry("ocamldep", "ocaml-nox"),
          Map.entry("ocamlfind", "ocaml-findlib"),
          Map.entry("ocamlbuild", "ocamlbuild"),
          Map.entry("ocamllex", "ocaml-nox"),
          Map.entry("ocamlobjinfo", "ocaml-nox"),
          Map.entry("ocamlyacc", "ocaml-nox"),
          Map.entry("ocamlrun", "ocaml-base-nox"),
          Map.entry("opam", "opam"),
          Map.entry("qemu-system-xtensa", "qemu-system-misc"),
          Map.entry("sh", "dash"),
          Map.entry("tar", "tar"),
          Map.entry("xtensa-lx106-elf-ar", "binutils-xtensa-lx106"),
          Map.entry("xtensa-lx106-elf-as", "binutils-xtensa-lx106"),
          Map.entry("xtensa-lx106-elf-gcc", "gcc-xtensa-lx106"),
          Map.entry("xtensa-lx106-elf-ld", "binutils-xtensa-lx106"),
          Map.entry("xtensa-lx106-elf-nm", "binutils-xtensa-lx106"),
          Map.entry("xtensa-lx106-elf-objcopy", "binutils-xtensa-lx106"),
          Map.entry("xtensa-lx106-elf-objdump", "binutils-xtensa-lx106"),
          Map.entry("xtensa-lx106-elf-readelf", "binutils-xtensa-lx106"));

  private Tools() {}

  /** The Debian package that has the program, where the table knows one. */
  public static Optional<String> packageOf(String program) {
    return Optional.ofNullable(PACKAGES.get(Path.of(program).getFileName().toString()));
  }

  /** The executable a program name stands for, looked for along {@code PATH} as a shell would. */
  public static Optional<Path> find(String program) {
    if (program.contains("/")) {
      return Optional.of(Path.of(program)).filter(Tools::executable);
    }
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    for (String folder : path.split(File.pathSeparator)) {
      Path candidate = Path.of(folder.isEmpty() ? "." : folder, program);
      if (executable(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /**
   * The executable a program name stands for.
   *
   * @throws MirageException when it is not installed, naming the package to install
   */
  public static Path require(String program) {
    return find(program).orElseThrow(() -> missing(program));
  }

  /** The failure to report when a program is not installed. */
  public static MirageException missing(String program) {
    return new MirageException(
        packageOf(program)
            .map(
                debian ->
                    program
                        + ": not installed; it is in the Debian package "
                        + debian
                        + " (apt-get install "
                        + debian
                        + ")")
            .orElse(program + ": program not found along PATH"));
  }

  private static boolean executable(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
