// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.link;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mirage.bindings.program.Program;
import mirage.formats.Archive;
import mirage.formats.BytecodeLibrary;
import mirage.formats.Elf32;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/** Finds the C functions that a program calls and no archive or object defines, before a linker complains of them one by one. */
final class MissingPrimitives {
  private MissingPrimitives() {}

  /**
   * @throws MirageException that lists each missing primitive with the libraries and units that call it
   */
  static void check(LinkRequest request, Program program, Stream<Path> archives) {
    Set<String> defined = new HashSet<>();
    archives.forEach(file -> defined.addAll(defined(file)));
    Map<String, String> libraries = libraries(request);
    List<String> missing =
        program.primitives().stream()
            .filter(name -> !defined.contains(name))
            .sorted()
            .map(name -> "  " + name + ", called by " + callers(program, libraries, name))
            .toList();
    if (!missing.isEmpty()) {
      throw new MirageException(
          "%s: %d C primitive%s that nothing provides on this target:\n%s\nremove what needs them, or add a library that has C stubs for the target"
              .formatted(
                  request.name(),
                  missing.size(),
                  missing.size() == 1 ? "" : "s",
                  String.join("\n", missing)));
    }
  }

  /** What an archive, or a single object, defines for others. */
  private static List<String> defined(Path file) {
    byte[] content = AtomicFiles.read(file);
    if (!file.toString().endsWith(".o")) {
      return Archive.symbols(file.toString(), content);
    }
    return Elf32.read(file.toString(), content).symbols().stream()
        .filter(symbol -> symbol.binding() != Elf32.Binding.LOCAL)
        .filter(symbol -> symbol.section() != Elf32.UNDEFINED)
        .map(Elf32.Symbol::name)
        .toList();
  }

  /** The library of each compilation unit. */
  static Map<String, String> libraries(LinkRequest request) {
    Map<String, String> libraries = new HashMap<>();
    for (LinkedLibrary library : request.libraries()) {
      for (Path archive : library.archives()) {
        BytecodeLibrary.read(archive.toString(), AtomicFiles.read(archive))
            .units()
            .forEach(unit -> libraries.putIfAbsent(unit, library.name()));
      }
    }
    return libraries;
  }

  private static String callers(Program program, Map<String, String> libraries, String primitive) {
    return program.callers().getOrDefault(primitive, List.of()).stream()
        .map(unit -> libraries.containsKey(unit) ? libraries.get(unit) + " (" + unit + ")" : unit)
        .collect(Collectors.joining(", "));
  }
}
