// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.chip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mirage.bindings.CToolchain;
import mirage.bindings.link.LinkedLibrary;
import mirage.bindings.runtime.RuntimeHeaders;
import mirage.device.SourceFolder;
import mirage.device.Target;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.Fingerprint;
import mirage.tools.SourceFolders;

/**
 * A C function of this module that a program calls before all else.
 *
 * @param module a compiled OCaml module that calls it, to be linked in front of the program's
 * @param library the function
 */
public record Starter(Path module, LinkedLibrary library) {
  /** The C sources. */
  public static final SourceFolder SOURCES = new SourceFolder(Starter.class, "c");

  /** A collection at every allocation, until some time has passed. */
  public static Starter gcStress(BuildCache cache) {
    return of("gc_stress", cache);
  }

  /** A minor collection every few words that are allocated. */
  public static Starter oftenCollected(BuildCache cache) {
    return of("often_collected", cache);
  }

  private static Starter of(String name, BuildCache cache) {
    String function = "conformance_" + name;
    CToolchain toolchain = RuntimeHeaders.toolchain(Target.ESP32, cache);
    Fingerprint.Builder inputs = Fingerprint.builder().tool("ocamlc").folder(SOURCES);
    inputs.fingerprint(toolchain.fingerprint());
    toolchain.includes().forEach(include -> inputs.text(include.toString()));
    Path folder =
        cache.get(
            "conformance-" + name,
            inputs.build(),
            directory -> {
              SourceFolders.copy(SOURCES, directory);
              build(name, function, toolchain, directory);
            });
    return in(folder, name, function);
  }

  /** One that {@link #build} made. */
  private static Starter in(Path directory, String name, String function) {
    LinkedLibrary library =
        new LinkedLibrary(name, List.of(), List.of(directory.resolve(name + ".a")));
    return new Starter(directory.resolve(function + ".cmo"), library);
  }

  /**
   * Compiles {@code <name>.c} of a folder to {@code <name>.a}, and {@code <function>.cmo} beside it.
   *
   * @param function of type {@code unit -> unit}
   */
  public static void build(String name, String function, CToolchain toolchain, Path directory)
      throws IOException {
    Files.writeString(
        directory.resolve(function + ".ml"),
        "external start : unit -> unit = \"%s\"\nlet () = start ()\n".formatted(function));
    Command.of("ocamlc", "-c", function + ".ml").in(directory).run();
    Path object = directory.resolve(name + ".o");
    toolchain.including(directory).compile(directory.resolve(name + ".c"), object, List.of());
    toolchain.archive(List.of(object), directory.resolve(name + ".a"));
  }
}
