// SPDX-License-Identifier: Apache-2.0
package mirage.opam.install;

import java.util.Optional;
import mirage.opam.packages.DebianPackages;
import mirage.opam.packages.KnownPackages;
import mirage.opam.packages.KnownPackages.Fact;
import mirage.opam.packages.OpamVersion;
import mirage.opam.sysroot.Sysroot;
import mirage.tools.Command;
import mirage.tools.Tools;

/**
 * The packages that need no source: those of the compiler and the build, jars' libraries, and what is
 * installed.
 */
record Surroundings(Sysroot sysroot) {
  /** Whether a package is there, be it for this machine alone. */
  boolean has(String name) {
    return KnownPackages.value(Fact.BUILD, name).isPresent()
        || isOfThisMachine(name)
        || sysroot.has(findlib(name));
  }

  /**
   * Whether a package counts as installed for the target: it is no C library of this machine's, and programs can use its library,
   * if it has one.
   */
  boolean isInstalled(String name) {
    String library = KnownPackages.value(Fact.BUILD, name).orElseGet(() -> findlib(name));
    return has(name)
        && !isOfThisMachine(name)
        && (library.isEmpty() || !sysroot.has(library) || sysroot.usable(library));
  }

  /** Whether a package is for programs of hosts, or stands for a C library of a system. */
  private static boolean isOfThisMachine(String name) {
    return KnownPackages.value(Fact.HOST, name).isPresent() || standsForCLibrary(name);
  }

  /** Whether a package brings nothing, and says only that a system has a C library. */
  static boolean standsForCLibrary(String name) {
    return name.startsWith("conf-");
  }

  /** Whether a program of the package's name is there, which is all that a build may need of it. */
  boolean hasProgram(String name) {
    return Tools.find(name).isPresent();
  }

  /** The findlib name of the package's library, when the target's programs can use it. */
  Optional<String> library(String name) {
    return Optional.of(findlib(name)).filter(sysroot::has).filter(sysroot::usable);
  }

  /** Few packages have libraries of other names. */
  private static String findlib(String name) {
    return KnownPackages.value(Fact.LIBRARY, name).orElse(name);
  }

  /** The version of a package, where anything says it. */
  Optional<OpamVersion> version(String name) {
    Optional<String> version =
        switch (name) {
          case "ocaml" -> Optional.of(printed("ocamlc", "-version"));
          case "dune" -> Optional.of(printed("dune", "--version"));
          default ->
              KnownPackages.value(Fact.BUILD, name).isPresent()
                  ? Optional.empty()
                  : installed(findlib(name));
        };
    return version.map(OpamVersion::of);
  }

  private Optional<String> installed(String library) {
    return sysroot
        .version(library)
        .or(
            () ->
                Optional.ofNullable(sysroot.distribution().metas().get(library))
                    .flatMap(DebianPackages::version));
  }

  private static String printed(String... command) {
    return Command.of(command[0], command[1]).run().output().strip();
  }
}
