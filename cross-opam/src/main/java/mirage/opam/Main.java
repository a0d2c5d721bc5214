// SPDX-License-Identifier: Apache-2.0
package mirage.opam;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mirage.device.DeviceProvider;
import mirage.device.Target;
import mirage.opam.sysroot.FindlibToolchain;
import mirage.opam.sysroot.Sysroot;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.MirageException;

/** The command line of the sysroot, for people who compile OCaml for the chip without MirageOS. */
public final class Main {
  private static final String USAGE =
      """
      usage: env                       print what to evaluate in a shell: eval "$(... env)"
             install --prefix DIR      write the sysroot to DIR, where it stays
             list                      print the libraries that can be used, with their versions

      Afterwards: ocamlfind -toolchain esp32 ocamlc -package lwt,logs -linkpkg a.ml -o a.byte
      """;

  private final Sysroot sysroot;
  private final BuildCache cache;

  Main(Sysroot sysroot, BuildCache cache) {
    this.sysroot = sysroot;
    this.cache = cache;
  }

  /** Runs one command for the ESP32 with the libraries of all jars on the class path, and exits. */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.out, System.err));
  }

  /**
   * Runs one command.
   *
   * @return 0, 1 after a failure, 2 after a mistake in the arguments
   */
  public static int run(List<String> arguments, PrintStream out, PrintStream err) {
    BuildCache cache = BuildCache.user();
    try {
      return new Main(Sysroot.of(Target.ESP32, DeviceProvider.ofClassPath(), cache), cache)
          .command(arguments, out, err);
    } catch (MirageException e) {
      err.println(e.getMessage());
      return 1;
    }
  }

  int command(List<String> arguments, PrintStream out, PrintStream err) {
    if (arguments.equals(List.of("env"))) {
      out.println(
          "export OCAMLFIND_CONF='"
              + new FindlibToolchain(sysroot).in(cache).resolve("findlib.conf")
              + "'");
    } else if (arguments.equals(List.of("list"))) {
      list(out);
    } else if (arguments.size() == 3
        && arguments.subList(0, 2).equals(List.of("install", "--prefix"))) {
      Path prefix = Path.of(arguments.get(2)).toAbsolutePath().normalize();
      install(prefix);
      out.println("export OCAMLFIND_CONF='" + prefix.resolve("findlib.conf") + "'");
    } else if (arguments.equals(List.of("--help"))) {
      out.print(USAGE);
    } else {
      err.print(USAGE);
      return 2;
    }
    return 0;
  }

  private void list(PrintStream out) {
    for (String name : sysroot.names()) {
      if (sysroot.usable(name)) {
        out.println((name + " " + sysroot.version(name).orElse("")).strip());
      }
    }
  }

  /** Written beside the place first, so that the place holds a whole sysroot or what it held. */
  private void install(Path prefix) {
    Path unfinished = prefix.resolveSibling("." + prefix.getFileName() + ".unfinished");
    try {
      if (Files.exists(prefix) && !isEmpty(prefix) && !FindlibToolchain.isOurs(prefix)) {
        throw new MirageException(
            prefix + ": not empty and not an earlier sysroot; give another --prefix");
      }
      AtomicFiles.delete(unfinished);
      Files.createDirectories(unfinished);
      new FindlibToolchain(sysroot).write(unfinished, prefix);
      AtomicFiles.delete(prefix);
      Files.move(unfinished, prefix);
    } catch (IOException e) {
      throw new MirageException("cannot write " + prefix + ": " + AtomicFiles.reason(e), e);
    } finally {
      AtomicFiles.delete(unfinished);
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }
}
