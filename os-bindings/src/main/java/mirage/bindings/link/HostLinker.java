// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.link;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import mirage.bindings.program.Program;
import mirage.bindings.runtime.RuntimeBuild;
import mirage.bindings.runtime.RuntimeHeaders;
import mirage.device.Target;
import mirage.formats.BytecodeFile;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.MirageException;
import mirage.tools.TemporaryFolder;

/**
 * Links for the machine the tool runs on, as {@code ocamlc -custom} does: the distribution's bytecode runtime with
 * the program's C functions, and the bytecode behind it in the same file.
 *
 * @param cache where the board for the host is
 */
record HostLinker(BuildCache cache) implements Linker {
  private static final Set<String> DYNAMIC = Set.of("DLLS", "DLPT", "RNTM");

  @Override
  public LinkResult link(LinkRequest request) {
    byte[] bytes = AtomicFiles.read(request.bytecode());
    BytecodeFile bytecode = BytecodeFile.read(request.bytecode().toString(), bytes);
    Program program = Program.of(bytecode, Program.Options.DEFAULT);
    RuntimeBuild runtime = RuntimeBuild.of(Target.UNIX, cache);
    List<Path> stubs = request.libraries().stream().flatMap(l -> l.stubs().stream()).toList();
    Path camlrun = standardLibrary().resolve("libcamlrun.a");
    MissingPrimitives.check(
        request,
        program,
        Stream.of(stubs.stream(), runtime.archives().stream(), Stream.of(camlrun))
            .flatMap(it -> it));
    try (TemporaryFolder work = TemporaryFolder.of("link")) {
      Path source = work.file("primitives.c");
      AtomicFiles.write(source, primitives(bytecode, new HashSet<>(program.primitives())));
      Path out = work.file("program");
      List<String> arguments = new ArrayList<>(List.of("-o", out.toString()));
      arguments.addAll(List.of("-Wl,--gc-sections", source.toString(), "-Wl,--start-group"));
      stubs.forEach(stub -> arguments.add(stub.toString()));
      arguments.addAll(runtime.linkArguments());
      arguments.addAll(List.of(camlrun.toString(), "-Wl,--end-group", "-lm", "-ldl", "-lpthread"));
      String compiler = RuntimeHeaders.toolchain(Target.UNIX, cache).compiler();
      Command.Result result = Command.of(compiler).with(arguments).execute();
      if (!result.succeeded()) {
        throw new MirageException(ChipLinker.explain(request.name(), result.message()));
      }
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      whole.writeBytes(AtomicFiles.read(out));
      whole.writeBytes(BytecodeFile.withoutSections(request.bytecode().toString(), bytes, DYNAMIC));
      Path executable = request.output().resolve(request.name());
      Optional<Path> partitions = partitions(request, executable);
      publish(whole.toByteArray(), executable);
      return new LinkResult(executable, Optional.empty(), partitions, List.of());
    } catch (IOException e) {
      throw new MirageException(request.name() + ": cannot be linked: " + AtomicFiles.reason(e), e);
    }
  }

  /** Where board/host looks for flash partitions: what an earlier program left there is not this one's. */
  private static Optional<Path> partitions(LinkRequest request, Path executable) {
    Path folder = executable.resolveSibling(executable.getFileName() + ".parts");
    AtomicFiles.delete(folder);
    request
        .partitions()
        .forEach(
            (name, data) ->
                AtomicFiles.write(folder.resolve(name), AtomicFiles.read(data.content())));
    return Optional.of(folder).filter(Files::isDirectory);
  }

  /** The file appears under its name only when it is executable. */
  private static void publish(byte[] content, Path executable) throws IOException {
    Path ready = executable.resolveSibling("." + executable.getFileName() + ".new");
    AtomicFiles.write(ready, content);
    Files.setPosixFilePermissions(ready, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.move(ready, executable, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path standardLibrary() {
    return Path.of(Command.of("ocamlc", "-where").run().output().strip());
  }

  /** The table of primitives by number. What the program never calls needs no C function. */
  private static String primitives(BytecodeFile bytecode, Set<String> used) {
    StringBuilder c = new StringBuilder();
    c.append("typedef long value;\n");
    c.append("extern void caml_failwith(const char *);\n");
    c.append("static value unused(void) { caml_failwith(\"unused primitive\"); return 1; }\n");
    List<String> names = bytecode.primitives();
    names.stream()
        .filter(used::contains)
        .forEach(name -> c.append("extern value ").append(name).append("(void);\n"));
    c.append("value (*caml_builtin_cprim[])(void) = {\n");
    names.forEach(
        name -> c.append("  ").append(used.contains(name) ? name : "unused").append(",\n"));
    c.append("  0\n};\nconst char *caml_names_of_builtin_cprim[] = {\n");
    names.forEach(name -> c.append("  \"").append(name).append("\",\n"));
    return c.append("  0\n};\n").toString();
  }
}
