// SPDX-License-Identifier: Apache-2.0
package mirage.config.survey;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mirage.bindings.link.BackEnd;
import mirage.bindings.link.LinkOptions;
import mirage.bindings.link.LinkRequest;
import mirage.bindings.link.Linker;
import mirage.config.survey.Outcome.Result;
import mirage.emulator.EmulatorException;
import mirage.emulator.run.Emulator;
import mirage.emulator.run.EmulatorOptions;
import mirage.opam.packages.KnownPackages;
import mirage.opam.packages.KnownPackages.Fact;
import mirage.opam.sysroot.Library;
import mirage.opam.sysroot.Sysroot;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.MirageException;
import mirage.tools.TemporaryFolder;

/**
 * Links a program with all modules of a library, used or not, and starts it on the emulated chip: as bytecode, which is made
 * in a second, and where that is not enough compiled, as programs for the chip are. Compiled code takes more flash, but none
 * of the window of data, and less memory.
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
      return new Outcome(library, unusable(library), reason(problems.get(0)));
    }
    Outcome bytecode = tryOut(library, BackEnd.BYTECODE);
    return bytecode.works() ? bytecode : tryOut(library, BackEnd.NATIVE);
  }

  private Result unusable(String library) {
    Set<String> causes = sysroot.unusable(List.of(library));
    if (!causes.stream().allMatch(sysroot::has)) {
      return Result.INCOMPLETE;
    }
    return KnownPackages.names(Fact.SOURCES).containsAll(causes)
        ? Result.NOT_AS_INSTALLED
        : Result.REFUSED;
  }

  private Outcome tryOut(String library, BackEnd backEnd) {
    try (TemporaryFolder folder = TemporaryFolder.of("survey")) {
      Path image;
      try {
        image = link(library, backEnd, folder.path());
      } catch (MirageException e) {
        return new Outcome(library, Result.NOT_LINKED, firstLines(e.getMessage()));
      }
      return start(library, image);
    }
  }

  private Path link(String name, BackEnd backEnd, Path folder) {
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
            libraries.stream().map(Library::linked).toList(),
            Map.of(),
            folder.resolve("dist"),
            LinkOptions.DEFAULT.withWholeFlash().with(backEnd));
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
