// SPDX-License-Identifier: Apache-2.0
package mirage.opam.sysroot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mirage.device.SourceFolder;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.Fingerprint;
import mirage.tools.MirageException;
import mirage.tools.SourceFolders;

/**
 * Reads compiled OCaml files with the compiler's own library, in a small OCaml program built on
 * first use.
 */
public record Inspector(BuildCache cache) {
  private static final SourceFolder PROGRAM =
      new SourceFolder(Inspector.class, "ocaml-host/inspect");

  /**
   * What an archive holds that matters to us.
   *
   * @param objects arguments the archive wants a C linker called with, such as {@code
   *     -lcstruct_stubs}
   * @param literals numbers too large for a 32-bit machine, each {@code "Unit value"}
   */
  record Archive(List<String> objects, List<String> literals) {}

  /** Reads archives; the answers are kept until one of the files changes. */
  Map<Path, Archive> archives(Collection<Path> files) {
    Fingerprint.Builder inputs = Fingerprint.builder().fingerprint(key());
    files.forEach(inputs::stamp);
    Path report =
        cache.get(
            "archives",
            inputs.build(),
            directory ->
                Files.writeString(
                    directory.resolve("report"),
                    run("archive", files.stream().map(Path::toString).toList())));
    try {
      return parse(Files.readAllLines(report.resolve("report")));
    } catch (IOException e) {
      throw new MirageException(report + ": " + e.getMessage(), e);
    }
  }

  /**
   * Integer literals in source files that do not fit a 32-bit machine.
   *
   * @param annotations the {@code .cmt} of the files
   * @return each as {@code file, line, first column, last column, value}
   */
  List<List<String>> literals(List<Path> annotations) {
    return run("source", annotations.stream().map(Path::toString).toList())
        .lines()
        .map(line -> List.of(line.split("\t")))
        .map(fields -> fields.subList(1, fields.size()))
        .toList();
  }

  private static Map<Path, Archive> parse(List<String> lines) {
    Map<Path, Archive> archives = new TreeMap<>();
    Archive current = null;
    for (String line : lines) {
      String[] fields = line.split("\t");
      switch (fields[0]) {
        case "file" -> {
          current = new Archive(new ArrayList<>(), new ArrayList<>());
          archives.put(Path.of(fields[1]), current);
        }
        case "cobject" -> current.objects().add(fields[1]);
        case "literal" -> current.literals().add(fields[1] + " " + fields[2]);
        default -> throw new MirageException("inspect: unexpected answer: " + line);
      }
    }
    return archives;
  }

  private String run(String command, List<String> files) {
    Path program = cache.get("inspect", key(), Inspector::compile).resolve("inspect");
    return Command.of(program.toString(), command).with(files).run().output();
  }

  static Fingerprint key() {
    return Fingerprint.builder().tool("ocamlc").folder(PROGRAM).build();
  }

  private static void compile(Path directory) {
    SourceFolders.copy(PROGRAM, directory);
    Command.of("ocamlc", "-I", "+compiler-libs", "ocamlcommon.cma", "inspect.ml", "-o", "inspect")
        .in(directory)
        .run();
  }
}
