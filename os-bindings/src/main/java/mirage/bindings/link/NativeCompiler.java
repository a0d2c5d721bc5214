// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.link;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mirage.backend.Observer;
import mirage.bindings.CToolchain;
import mirage.bindings.program.Program;
import mirage.bindings.program.WideInteger;
import mirage.bindings.runtime.RuntimeHeaders;
import mirage.device.Target;
import mirage.formats.BytecodeFile;
import mirage.formats.FormatException;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.MirageException;
import mirage.tools.TemporaryFolder;

/**
 * Compiles any OCaml bytecode program to code for the ESP32, without a unikernel around it.
 *
 * <pre>
 *   NativeCompiler compiler = new NativeCompiler(BuildCache.user());
 *   compiler.compile(Path.of("queens.byte"), List.of(), Path.of("queens.elf"));
 * </pre>
 *
 * <p>A program gets the C runtime and the board: standard output is the serial console, {@code Sys.argv} the boot
 * arguments. What it needs of C besides comes from the files it is linked with.
 */
public final class NativeCompiler {
  private static final String STUBS = "stubs";

  private final BuildCache cache;
  private final Observer observer;

  /** What a program can become, by the ending of the file's name. */
  public enum Output {
    /** Assembly text of the program's own code and data. */
    ASSEMBLY(".s"),
    /** The same as a relocatable object. */
    OBJECT(".o"),
    /** A bootable program with runtime and board, with symbols, for the emulator and for debuggers. */
    EXECUTABLE(".elf"),
    /** The flash image of that program, to be written at address 0. */
    IMAGE(".bin");

    private final String ending;

    Output(String ending) {
      this.ending = ending;
    }

    /** The ending of such files' names, with its dot. */
    public String ending() {
      return ending;
    }

    /** What a file of this name holds; empty for other endings. */
    public static Optional<Output> of(Path file) {
      String name = file.getFileName().toString();
      return Arrays.stream(values()).filter(kind -> name.endsWith(kind.ending)).findFirst();
    }

    /** Whether C code can be linked to it. */
    public boolean linked() {
      return this == EXECUTABLE || this == IMAGE;
    }
  }

  /**
   * @param cache where the C runtime is, or will be
   */
  public NativeCompiler(BuildCache cache) {
    this(cache, Observer.NONE);
  }

  /**
   * @param observer sees the program after each pass
   */
  public NativeCompiler(BuildCache cache, Observer observer) {
    this.cache = cache;
    this.observer = observer;
  }

  /**
   * Compiles a program; the ending of {@code output} tells to what.
   *
   * @param bytecode an executable made by {@code ocamlc} 4.13 or 4.14
   * @param c C sources, assembly sources, objects and static libraries, for programs with C functions of their own;
   *     none if the output is not linked
   * @param output the file to write, complete or not at all
   * @return warnings, one line each
   * @throws MirageException when the program cannot be read, compiled or linked; the message says where and why
   */
  public List<String> compile(Path bytecode, List<Path> c, Path output) {
    Output kind =
        Output.of(output)
            .orElseThrow(
                () -> new MirageException(output + ": a name that ends with .s, .o, .elf or .bin"));
    if (!kind.linked() && !c.isEmpty()) {
      throw new MirageException(output + " is not linked, so it cannot contain " + c.get(0));
    }
    try (TemporaryFolder work = TemporaryFolder.of("native")) {
      return switch (kind) {
        case ASSEMBLY, OBJECT -> unlinked(bytecode, kind, work.path(), output);
        case EXECUTABLE, IMAGE -> linked(bytecode, c, kind, work.path(), output);
      };
    }
  }

  /** Compiles for the observer alone; nothing is written. */
  public void observe(Path bytecode) {
    NativeObject.assembly(read(bytecode), true, observer);
  }

  private static BytecodeFile read(Path file) {
    try {
      return BytecodeFile.read(file.toString(), AtomicFiles.read(file));
    } catch (FormatException e) {
      throw new MirageException(e.getMessage(), e);
    }
  }

  private List<String> unlinked(Path file, Output kind, Path work, Path output) {
    BytecodeFile bytecode = read(file);
    if (kind == Output.ASSEMBLY) {
      AtomicFiles.write(output, NativeObject.assembly(bytecode, true, observer));
    } else {
      Path object = work.resolve("program.o");
      NativeObject.compile(bytecode, true, object, observer);
      NativeObject.assemble(toolchain(), object, NativeObject.Calls.FAR);
      AtomicFiles.write(output, AtomicFiles.read(object));
    }
    return Program.of(bytecode, Program.Options.DEFAULT).warnings().stream()
        .map(WideInteger::message)
        .toList();
  }

  private List<String> linked(Path bytecode, List<Path> c, Output kind, Path work, Path output) {
    LinkedLibrary stubs = new LinkedLibrary(STUBS, List.of(), objects(c, work));
    String name = output.getFileName().toString();
    LinkRequest request =
        new LinkRequest(
            name.substring(0, name.length() - kind.ending().length()),
            bytecode,
            List.of(stubs),
            Map.of(),
            work.resolve("dist"),
            LinkOptions.DEFAULT.with(BackEnd.NATIVE).withWholeFlash());
    LinkResult result = Linker.of(Target.ESP32, cache, observer).link(request);
    Path made = kind == Output.IMAGE ? result.image().orElseThrow() : result.executable();
    AtomicFiles.write(output, AtomicFiles.read(made));
    return result.warnings();
  }

  private List<Path> objects(List<Path> c, Path work) {
    List<Path> objects = new ArrayList<>();
    for (Path file : c) {
      String name = file.getFileName().toString();
      if (name.matches(".*\\.[cS]")) {
        Path object = work.resolve(objects.size() + ".o");
        toolchain().compile(file, object, List.of());
        objects.add(object);
      } else if (name.matches(".*\\.[oa]")) {
        objects.add(file);
      } else {
        throw new MirageException(
            file + ": not C (.c), assembly (.S), an object (.o) or a static library (.a)");
      }
    }
    return objects;
  }

  private CToolchain toolchain() {
    return RuntimeHeaders.toolchain(Target.ESP32, cache);
  }
}
