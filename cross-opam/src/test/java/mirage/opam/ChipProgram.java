// SPDX-License-Identifier: Apache-2.0
package mirage.opam;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mirage.bindings.link.LinkOptions;
import mirage.bindings.link.LinkRequest;
import mirage.bindings.link.Linker;
import mirage.device.Target;
import mirage.emulator.run.Emulator;
import mirage.emulator.run.EmulatorOptions;
import mirage.opam.program.OcamlBuild;
import mirage.opam.sysroot.Library;
import mirage.opam.sysroot.Sysroot;
import mirage.tools.BuildCache;

/** Compiles a program with libraries, links it for the chip and runs it on the emulated one. */
public record ChipProgram(Sysroot sysroot, BuildCache cache, Path folder) {
  /** What a program of this text prints. */
  public String run(String text, String... libraries) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("main.ml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return runFile("main.ml", libraries);
  }

  /** What the program of this file in the folder prints. */
  public String runFile(String file, String... libraries) {
    OcamlBuild.Program program =
        new OcamlBuild(sysroot, cache)
            .build(
                new OcamlBuild.Request(
                    folder,
                    Path.of(file),
                    List.of(),
                    Set.of(),
                    List.of(libraries),
                    folder.resolve("build"),
                    "main"));
    LinkRequest request =
        new LinkRequest(
            "main",
            program.bytecode(),
            program.libraries().stream().map(Library::linked).toList(),
            Map.of(),
            folder.resolve("dist"),
            LinkOptions.DEFAULT);
    return emulated(Linker.of(Target.ESP32, cache).link(request).image().orElseThrow());
  }

  private static String emulated(Path image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Emulator.run(
            EmulatorOptions.of(image), InputStream.nullInputStream(), out, new PrintStream(err));
    assertThat(status).as(err.toString(StandardCharsets.UTF_8)).isZero();
    return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }
}
