// SPDX-License-Identifier: Apache-2.0
package mirage.device;

import java.util.List;
import java.util.Set;

/**
 * An OCaml library carried as sources; the tool compiles it and installs it for the target's {@code
 * ocamlfind} under its name.
 *
 * <p>The folder is flat: every {@code .ml} and {@code .mli} becomes a module of the library, every
 * {@code .c} a stub object linked with the program, {@code .h} files are seen by the stubs.
 *
 * @param name findlib name, also what {@code package "name"} in a config.ml asks for
 * @param version opam-style version, compared with the bounds a unikernel asks for
 * @param requires findlib names of the libraries it is compiled against
 * @param sources where the sources are
 * @param targets the targets it exists for
 */
public record OcamlLibrary(
    String name, String version, List<String> requires, SourceFolder sources, Set<Target> targets) {

  /** A library for every target, in the anchor's jar below {@code ocaml/} under its own name. */
  public static OcamlLibrary of(Class<?> anchor, String name, String version, String... requires) {
    SourceFolder sources = new SourceFolder(anchor, "ocaml/" + name);
    return new OcamlLibrary(name, version, List.of(requires), sources, Target.ALL);
  }
}
