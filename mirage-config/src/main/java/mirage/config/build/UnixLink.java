// SPDX-License-Identifier: Apache-2.0
package mirage.config.build;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mirage.bindings.runtime.RuntimeBuild;
import mirage.device.Target;
import mirage.formats.BytecodeFile;
import mirage.opam.OcamlBuild;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.Fingerprint;
import mirage.tools.MirageException;

/**
 * Makes an ordinary executable of a bytecode program: OCaml's own bytecode runtime, the program's C
 * primitives and the host's board, with the bytecode behind them, where that runtime looks for it.
 */
final class UnixLink {
  private static final Pattern UNDEFINED = Pattern.compile("undefined reference to `([^']+)'");

  private final BuildCache cache;

  UnixLink(BuildCache cache) {
    this.cache = cache;
  }

  /** Links; the executable appears complete or not at all. */
  void link(OcamlBuild.Program program, Path executable) {
    try {
      byte[] bytecode = Files.readAllBytes(program.bytecode());
      List<String> primitives =
          BytecodeFile.read(program.bytecode().toString(), bytecode).primitives();
      Path runtime = runtime(primitives, program.stubs());
      Files.createDirectories(executable.getParent());
      Path unfinished = executable.resolveSibling("." + executable.getFileName() + ".tmp");
      try (OutputStream out = Files.newOutputStream(unfinished)) {
        Files.copy(runtime, out);
        out.write(bytecode);
      }
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(unfinished, executable, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new MirageException("cannot write " + executable + ": " + AtomicFiles.reason(e), e);
    }
  }

  /** The same primitives and stubs make the same runtime: it changes far less often than programs. */
  private Path runtime(List<String> primitives, List<Path> stubs) {
    List<String> board = RuntimeBuild.of(Target.UNIX, cache).linkArguments();
    Fingerprint.Builder inputs = Fingerprint.builder().tool("gcc").texts(primitives).texts(board);
    stubs.forEach(inputs::stamp);
    Path library = Path.of(Command.of("ocamlc", "-where").run().output().strip());
    inputs.stamp(library.resolve("libcamlrun.a"));
    Path entry =
        cache.get(
            "unix-runtime",
            inputs.build(),
            place -> {
              Files.writeString(place.resolve("primitives.c"), table(primitives));
              Command.Result result =
                  Command.of("gcc", "-O1", "-o", "runtime", "primitives.c")
                      .with(stubs.stream().map(Path::toString).toList())
                      .with(board)
                      .with(library.resolve("libcamlrun.a").toString(), "-lm", "-ldl", "-lpthread")
                      .with("-Wl,-E")
                      .in(place)
                      .execute();
              if (!result.succeeded()) {
                throw failure(result);
              }
            });
    return entry.resolve("runtime");
  }

  private static MirageException failure(Command.Result result) {
    SortedSet<String> missing = new TreeSet<>();
    Matcher matcher = UNDEFINED.matcher(result.message());
    while (matcher.find()) {
      missing.add(matcher.group(1));
    }
    return new MirageException(
        missing.isEmpty()
            ? "the program does not link:\n" + result.message()
            : "C primitives that nothing provides: " + String.join(", ", missing));
  }

  /** The table OCaml's runtime looks primitives up in. */
  private static String table(List<String> primitives) {
    return primitives.stream()
            .map(name -> "extern long " + name + "();\n")
            .collect(Collectors.joining())
        + "long (*caml_builtin_cprim[])() = {\n"
        + primitives.stream().map(name -> "  " + name + ",\n").collect(Collectors.joining())
        + "  0};\nchar *caml_names_of_builtin_cprim[] = {\n"
        + primitives.stream()
            .map(name -> "  \"" + name + "\",\n")
            .collect(Collectors.joining())
        + "  0};\n";
  }
}
