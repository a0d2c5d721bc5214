// SPDX-License-Identifier: Apache-2.0
package mirage.opam.sysroot;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mirage.opam.packages.Sexp;
import mirage.tools.AtomicFiles;

/**
 * What a library has to do with dune's virtual libraries, whose code another library holds that is
 * chosen when a program is linked.
 *
 * @param open it is virtual: a program needs one that implements it
 * @param standard the one that implements it when a program does not choose
 * @param implemented the virtual library that it implements
 */
record Variant(boolean open, Optional<String> standard, Optional<String> implemented) {
  /** Nothing to do with them. */
  static final Variant NONE = new Variant(false, Optional.empty(), Optional.empty());

  /** Of the libraries in a directory of an installed package, by name; dune wrote it down there. */
  static Map<String, Variant> of(Path directory) {
    Path file = directory.resolve("dune-package");
    Map<String, Variant> variants = new TreeMap<>();
    if (Files.isRegularFile(file)) {
      for (Sexp.Form form : Sexp.forms(AtomicFiles.text(file), file.toString())) {
        if (form.head().equals("library")) {
          form.word("name").ifPresent(name -> variants.put(name, of(form)));
        }
      }
    }
    return variants;
  }

  private static Variant of(Sexp.Form library) {
    return new Variant(
        library.field("virtual").isPresent(),
        library.word("default_implementation"),
        library.word("implements"));
  }
}
