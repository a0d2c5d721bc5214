// SPDX-License-Identifier: Apache-2.0
package mirage.opam.sysroot;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mirage.bindings.link.LinkedLibrary;

/**
 * An OCaml library as a program for one target uses it.
 *
 * @param name findlib name, such as {@code "logs.lwt"}
 * @param version empty when nothing says it
 * @param origin who made it
 * @param directory where its {@code .cmi} files are
 * @param archives its {@code .cma} files, in link order; none for a library of interfaces only
 * @param requires findlib names of what it needs
 * @param stubs archives of its C code for the target, in link order
 * @param ppx the command of the source rewriter it is, when it is one
 * @param variant what it has to do with virtual libraries
 */
public record Library(
    String name,
    Optional<String> version,
    Origin origin,
    Path directory,
    List<Path> archives,
    List<String> requires,
    List<Path> stubs,
    Optional<String> ppx,
    Variant variant) {

  /** Where a library comes from. */
  public enum Origin {
    /** Sources in a jar, compiled on this machine. */
    JAR,
    /** An opam package, built for the chip from its sources. */
    INSTALLED,
    /** Installed by the distribution, used in place. */
    DISTRIBUTION
  }

  /** As what links a program for the target takes it. */
  public LinkedLibrary linked() {
    return new LinkedLibrary(name, archives, stubs);
  }

  Library withStubs(List<Path> archives) {
    return new Library(
        name,
        version,
        origin,
        directory,
        this.archives,
        requires,
        List.copyOf(archives),
        ppx,
        variant);
  }
}
