// SPDX-License-Identifier: Apache-2.0
package mirage.opam.program;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mirage.formats.BytecodeLibrary;
import mirage.formats.FormatException;
import mirage.opam.sysroot.Library;
import mirage.opam.sysroot.Sysroot;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/**
 * Says what to do about modules whose interfaces the compiler found, but which no library of the program
 * holds: those of the compiler's own libraries, whose interfaces all lie in one folder.
 */
record MissingModules(Sysroot sysroot) {
  /** What the linker says of the first one, with no other place than {@code File "_none_"}. */
  private static final Pattern MISSING =
      Pattern.compile("Module `(\\w+)' is unavailable \\(required by `(\\w+)'\\)");

  /** The linker's message, or what to do about the module that is missing. */
  String explained(String message) {
    Matcher missing = MISSING.matcher(message);
    return missing.find()
        ? "%s uses the module %s: %s"
            .formatted(missing.group(2), missing.group(1), advice(missing.group(1)))
        : message;
  }

  private String advice(String module) {
    Optional<String> library =
        sysroot.distribution().libraries().values().stream()
            .filter(l -> l.directory().equals(sysroot.distribution().standardLibrary()))
            .filter(l -> l.archives().stream().anyMatch(archive -> holds(archive, module)))
            .map(Library::name)
            .findFirst();
    if (library.isEmpty()) {
      return "no library that the program is linked with has it; name its package in config.ml";
    }
    return sysroot
        .refusal(library.get())
        .orElse("name its library in config.ml: package \"%s\"".formatted(library.get()));
  }

  private static boolean holds(Path archive, String module) {
    try {
      return Files.isRegularFile(archive)
          && BytecodeLibrary.read(archive.toString(), AtomicFiles.read(archive))
              .units()
              .contains(module);
    } catch (FormatException | MirageException e) {
      return false;
    }
  }
}
