// SPDX-License-Identifier: Apache-2.0
package mirage.opam.program;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mirage.formats.BytecodeLibrary;
import mirage.formats.FormatException;
import mirage.opam.sysroot.Library;
import mirage.opam.sysroot.Sysroot;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/**
 * Says what to do about modules that no library of the program holds. Of some the compiler finds no
 * interface; the interfaces of its own libraries all lie in one folder, and only the linker misses them.
 */
record MissingModules(Sysroot sysroot) {
  /** What the linker says of the first one, with no other place than {@code File "_none_"}. */
  private static final Pattern MISSING =
      Pattern.compile("Module `(\\w+)' is unavailable \\(required by `(\\w+)'\\)");

  private static final Pattern UNBOUND = Pattern.compile("(?m)^Error: Unbound module (\\w+)$");

  /** The compiler's message, and what to do about the module that is unbound if a library has it. */
  String ofCompiler(String message) {
    Matcher unbound = UNBOUND.matcher(message);
    return unbound.find()
        ? advice(unbound.group(1))
            .map(advice -> "%s\nthe module %s: %s".formatted(message, unbound.group(1), advice))
            .orElse(message)
        : message;
  }

  /** The linker's message, or what to do about the module that is missing. */
  String ofLinker(String message) {
    Matcher missing = MISSING.matcher(message);
    return missing.find()
        ? "%s uses the module %s: %s"
            .formatted(
                missing.group(2),
                missing.group(1),
                advice(missing.group(1))
                    .orElse(
                        "no library that the program is linked with has it; name its package in config.ml"))
        : message;
  }

  /** Of a library that can be used, if one of several can. */
  private Optional<String> advice(String module) {
    List<String> libraries = libraries(module);
    return libraries.stream()
        .filter(sysroot::usable)
        .findFirst()
        .map("name its library in config.ml: package \"%s\""::formatted)
        .or(
            () ->
                libraries.stream()
                    .flatMap(library -> sysroot.problems(List.of(library)).stream())
                    .findFirst());
  }

  private List<String> libraries(String module) {
    String file = module.substring(0, 1).toLowerCase(Locale.ROOT) + module.substring(1);
    List<String> found = new ArrayList<>(sysroot.carrying(file + ".ml"));
    sysroot.distribution().libraries().values().stream()
        .filter(
            library ->
                Stream.of(file, module)
                    .anyMatch(name -> Files.exists(library.directory().resolve(name + ".cmi"))))
        .filter(library -> holds(library, module))
        .map(Library::name)
        .forEach(found::add);
    return found;
  }

  /**
   * An archive that is there under a condition, such as {@code mt}, is not among a library's archives: then what has its interface in
   * the library's own folder is the library's.
   */
  private boolean holds(Library library, String module) {
    return library.archives().isEmpty()
        ? !library.directory().equals(sysroot.distribution().standardLibrary())
        : library.archives().stream().anyMatch(archive -> holds(archive, module));
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
