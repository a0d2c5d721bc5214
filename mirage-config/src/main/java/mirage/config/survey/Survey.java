// SPDX-License-Identifier: Apache-2.0
package mirage.config.survey;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mirage.bindings.link.LinkOptions;
import mirage.bindings.link.LinkRequest;
import mirage.bindings.link.LinkedLibrary;
import mirage.bindings.link.Linker;
import mirage.config.survey.Outcome.Result;
import mirage.emulator.EmulatorException;
import mirage.emulator.run.Emulator;
import mirage.emulator.run.EmulatorOptions;
import mirage.opam.sysroot.Library;
import mirage.opam.sysroot.Sysroot;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.MirageException;
import mirage.tools.TemporaryFolder;

/**
 * Links a program with all modules of a library, used or not, and starts it on the emulated chip.
 *
 * @param sysroot the chip's libraries
 */
public record Survey(Sysroot sysroot, BuildCache cache) {
  private static final String STARTED = "started";

  /** Seconds of the chip's time; what starts does so in far less. */
  private static final String TIMEOUT = "10";

  /** Finds out about one library. */
  public Outcome check(String library) {
    List<String> problems = sysroot.problems(List.of(library));
    if (!problems.isEmpty()) {
      boolean complete = sysroot.missing(List.of(library)).isEmpty();
      return new Outcome(
          library, complete ? Result.REFUSED : Result.INCOMPLETE, reason(problems.get(0)));
    }
    try (TemporaryFolder folder = TemporaryFolder.of("survey")) {
      Path image;
      try {
        image = link(library, folder.path());
      } catch (MirageException e) {
        return new Outcome(library, Result.NOT_LINKED, firstLines(e.getMessage()));
      }
      return start(library, image);
    }
  }

  private Path link(String name, Path folder) {
    List<Library> libraries = sysroot.closure(List.of(name));
    AtomicFiles.write(folder.resolve("main.ml"), "let () = print_string \"" + STARTED + "\"\n");
    AtomicFiles.write(folder.resolve("primitives"), "");
    Command.Result linked =
        Command.of("ocamlc", "-g", "-linkall", "-noautolink", "-no-check-prims")
            .with("-use-prims", "primitives")
            .with(
                libraries.stream()
                    .flatMap(library -> Stream.of("-I", library.directory().toString()))
                    .toList())
            .with(
                libraries.stream()
                    .flatMap(library -> library.archives().stream())
                    .distinct()
                    .map(Path::toString)
                    .toList())
            .with("main.ml", "-o", "main.byte")
            .in(folder)
            .execute();
    if (!linked.succeeded()) {
      throw new MirageException(linked.message());
    }
    LinkRequest request =
        new LinkRequest(
            "main",
            folder.resolve("main.byte"),
            libraries.stream()
                .map(used -> new LinkedLibrary(used.name(), used.archives(), used.stubs()))
                .toList(),
            Map.of(),
            folder.resolve("dist"),
            LinkOptions.DEFAULT.withWholeFlash());
    return Linker.of(sysroot.target(), cache).link(request).image().orElseThrow();
  }

  private static Outcome start(String library, Path image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try {
      Emulator.run(
          EmulatorOptions.of(image, "--expect", STARTED, "--timeout", TIMEOUT),
          InputStream.nullInputStream(),
          out,
          new PrintStream(err, true, StandardCharsets.UTF_8));
    } catch (EmulatorException e) {
      return new Outcome(library, Result.NOT_STARTED, firstLines(e.getMessage()));
    }
    String printed = out.toString(StandardCharsets.UTF_8);
    return printed.contains(STARTED)
        ? new Outcome(library, Result.WORKS, "")
        : new Outcome(
            library,
            Result.NOT_STARTED,
            firstLines((printed + err.toString(StandardCharsets.UTF_8)).strip()));
  }

  /** Without what every one of these messages begins with. */
  private static String reason(String problem) {
    return problem.replaceFirst("^OCaml library ([^:]+): (?:not available on [^:]+: )?", "$1: ");
  }

  private static String firstLines(String text) {
    if (text.contains("region `drom'")) {
      return "too large: its data does not fit into the flash that the chip maps at once";
    }
    return text.lines()
        .map(line -> line.replaceAll("/\\S*/", "").strip())
        .filter(
            line ->
                !line.isEmpty() && !line.matches("(Raised|Called|Re-raised|emulator: halted).*"))
        .limit(3)
        .collect(Collectors.joining(" "));
  }
}
