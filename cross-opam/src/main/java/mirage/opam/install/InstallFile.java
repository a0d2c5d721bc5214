// SPDX-License-Identifier: Apache-2.0
package mirage.opam.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import mirage.opam.packages.OpamFile;
import mirage.opam.packages.OpamValue;
import mirage.opam.packages.OpamValue.Conditional;
import mirage.opam.packages.OpamValue.Sequence;
import mirage.opam.packages.OpamValue.Text;
import mirage.tools.MirageException;

/** What a build leaves behind for opam to copy: {@code NAME.install}. Programs are not copied. */
record InstallFile(OpamFile file) {
  /**
   * Copies the package's library files.
   *
   * @param folder that names in the file start from
   * @param lib the directory of findlib packages
   */
  void copy(String name, Path folder, Path lib) throws IOException {
    Map<String, Path> sections =
        Map.of(
            "lib",
            lib.resolve(name),
            "libexec",
            lib.resolve(name),
            "lib_root",
            lib,
            "libexec_root",
            lib);
    for (Map.Entry<String, Path> section : sections.entrySet()) {
      OpamValue value = file.fields().get(section.getKey());
      if (value != null) {
        for (OpamValue entry :
            value instanceof Sequence sequence ? sequence.values() : List.of(value)) {
          copy(entry, folder, section.getValue());
        }
      }
    }
  }

  private void copy(OpamValue entry, Path folder, Path to) throws IOException {
    String name = text(entry instanceof Conditional conditional ? conditional.value() : entry);
    boolean mayLack = name.startsWith("?");
    Path from = folder.resolve(mayLack ? name.substring(1) : name);
    if (!Files.exists(from) && mayLack) {
      return;
    }
    if (!Files.isRegularFile(from)) {
      throw new MirageException(file.place() + ": the build did not make " + from.getFileName());
    }
    String target =
        entry instanceof Conditional conditional && !conditional.conditions().isEmpty()
            ? text(conditional.conditions().get(0))
            : from.getFileName().toString();
    Path copy = to.resolve(target).normalize();
    if (!copy.startsWith(to)) {
      throw new MirageException(file.place() + ": " + target + " is outside of the package");
    }
    Files.createDirectories(copy.getParent());
    Files.copy(from, copy, StandardCopyOption.REPLACE_EXISTING);
  }

  private String text(OpamValue value) {
    if (value instanceof Text text) {
      return text.value();
    }
    throw new MirageException(file.place() + ": the name of a file was expected");
  }
}
