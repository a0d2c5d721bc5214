// SPDX-License-Identifier: Apache-2.0
package mirage.bindings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mirage.device.Target;
import mirage.tools.Command;
import mirage.tools.Fingerprint;
import mirage.tools.MirageException;

/**
 * The C compiler, assembler and archiver of a target, with the flags every object linked into a
 * program for it must be compiled with.
 *
 * <p>For the chip that is Debian's GCC for the LX106, whose instructions are a subset of the LX6's,
 * with the call0 ABI:
 *
 * <ul>
 *   <li>{@code -mlongcalls}: a function may lie in flash and the caller in RAM, further apart than a
 *       call instruction reaches;
 *   <li>{@code -mtext-section-literals}: a function's constants lie before it, in reach however large the
 *       program is;
 *   <li>{@code -mno-target-align}: the assembler does not lengthen instructions to align what is jumped to;
 *   <li>{@code -ffunction-sections -fdata-sections}: the linker drops what a program does not use;
 *   <li>{@code -fno-strict-aliasing -fwrapv}: what OCaml's runtime, and stubs written against it, are
 *       compiled with everywhere.
 * </ul>
 *
 * @param target what is compiled for
 * @param includes directories searched for headers, in order
 */
public record CToolchain(Target target, List<Path> includes) {
  private static final String CROSS = "xtensa-lx106-elf-";

  /** Headers of picolibc, the chip's C library. */
  private static final String PICOLIBC = "/usr/lib/xtensa-lx106-elf/include";

  public CToolchain {
    includes = List.copyOf(includes);
  }

  /** The same with more header directories behind those there are. */
  public CToolchain including(Path... more) {
    return new CToolchain(target, Stream.concat(includes.stream(), Stream.of(more)).toList());
  }

  /** The compiler driver's name. */
  public String compiler() {
    return switch (target) {
      case ESP32 -> CROSS + "gcc";
      case UNIX -> "gcc";
    };
  }

  /** The archiver's name. */
  public String archiver() {
    return switch (target) {
      case ESP32 -> CROSS + "ar";
      case UNIX -> "ar";
    };
  }

  /** Where the target's C library is. */
  public Path libraries() {
    return switch (target) {
      case ESP32 -> Path.of(PICOLIBC).resolveSibling("lib");
      case UNIX -> Path.of("/usr/lib");
    };
  }

  /** Flags for C and for assembly, header directories included. */
  public List<String> flags() {
    List<String> flags = new ArrayList<>();
    flags.addAll(
        switch (target) {
          case ESP32 ->
              List.of(
                  "-Os",
                  "-mlongcalls",
                  "-mtext-section-literals",
                  "-mno-target-align",
                  "-isystem",
                  PICOLIBC);
          case UNIX -> List.of("-O2", "-fPIC");
        });
    flags.addAll(
        List.of(
            "-g",
            "-ffunction-sections",
            "-fdata-sections",
            "-fno-strict-aliasing",
            "-fwrapv",
            "-Wall"));
    includes.forEach(folder -> flags.add("-I" + folder));
    return flags;
  }

  /**
   * Compiles one file of C ({@code .c}) or of assembly to be preprocessed ({@code .S}).
   *
   * @param more flags behind {@link #flags()}, which they override
   * @throws MirageException with the compiler's own message, or naming the package to
   *     install when there is no compiler
   */
  public void compile(Path source, Path object, List<String> more) {
    requireLibrary();
    Command.of(compiler())
        .with(flags())
        .with(more)
        .with("-c", source.toString(), "-o", object.toString())
        .run();
  }

  /** The cross compiler does not depend on a C library, so it may be there without one. */
  private void requireLibrary() {
    if (target == Target.ESP32 && !Files.isDirectory(Path.of(PICOLIBC))) {
      throw new MirageException(
          PICOLIBC
              + ": not there; it is in the Debian package picolibc-xtensa-lx106-elf"
              + " (apt-get install picolibc-xtensa-lx106-elf)");
    }
  }

  /** Makes a static library of objects; the same objects give the same bytes. */
  public void archive(List<Path> objects, Path archive) {
    Command.of(archiver())
        .with("rcsD", archive.toString())
        .with(objects.stream().map(Path::toString).toList())
        .run();
  }

  /**
   * All that objects compiled by this depend on, besides their sources and the content of the header
   * directories.
   */
  public Fingerprint fingerprint() {
    Fingerprint.Builder inputs = Fingerprint.builder();
    inputs.tool(compiler()).tool(archiver());
    inputs.texts(new CToolchain(target, List.of()).flags());
    return inputs.build();
  }
}
