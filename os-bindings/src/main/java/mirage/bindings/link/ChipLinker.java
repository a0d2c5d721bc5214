// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.link;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mirage.backend.Observer;
import mirage.bindings.CToolchain;
import mirage.bindings.link.NativeObject.Calls;
import mirage.bindings.phy.PhyLibrary;
import mirage.bindings.program.Program;
import mirage.bindings.program.WideInteger;
import mirage.bindings.runtime.RuntimeBuild;
import mirage.bindings.runtime.RuntimeHeaders;
import mirage.bindings.size.CompiledCode;
import mirage.device.SourceFolder;
import mirage.device.Target;
import mirage.formats.BytecodeFile;
import mirage.formats.Elf32;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.MirageException;
import mirage.tools.SourceFolders;
import mirage.tools.TemporaryFolder;

/**
 * Links for the ESP32: {@code <name>.elf}, {@code <name>.map} and the flash image {@code <name>.bin}.
 *
 * @param cache where the C runtime is
 * @param observer sees compilations
 */
record ChipLinker(BuildCache cache, Observer observer) implements Linker {
  private static final SourceFolder SCRIPT = new SourceFolder(ChipLinker.class, "link");
  private static final String SCRIPT_NAME = "esp32.ld";
  private static final Pattern UNDEFINED = Pattern.compile("undefined reference to `([^']+)'");
  private static final Pattern OVERFLOW =
      Pattern.compile("region `(\\w+)' overflowed by (\\d+) bytes");

  @Override
  public LinkResult link(LinkRequest request) {
    Optional<PhyLibrary> phy = request.options().phy().map(PhyLibrary::read);
    BytecodeFile bytecode =
        BytecodeFile.read(request.bytecode().toString(), AtomicFiles.read(request.bytecode()));
    Program program = Program.of(bytecode, request.options().program());
    Map<String, String> sizes = request.options().runtimeSizes();
    RuntimeBuild runtime = RuntimeBuild.of(Target.ESP32, cache, sizes);
    List<Path> stubs = request.libraries().stream().flatMap(l -> l.stubs().stream()).toList();
    MissingPrimitives.check(
        request, program, Stream.concat(stubs.stream(), runtime.archives().stream()));
    try (TemporaryFolder temporary = TemporaryFolder.of("link")) {
      Path work = temporary.path();
      Path object = work.resolve("program.o");
      CToolchain toolchain = RuntimeHeaders.toolchain(Target.ESP32, cache, sizes);
      switch (request.options().backEnd()) {
        case BYTECODE ->
            AtomicFiles.write(object, program.object(MissingPrimitives.libraries(request)).write());
        case NATIVE -> {
          boolean locations = request.options().program().locations();
          NativeObject.compile(bytecode, locations, object, observer);
          NativeObject.assemble(toolchain, object, Calls.NEAR);
        }
      }
      Optional<Path> library = phy.map(it -> it.write(toolchain, work));
      Path elf = work.resolve("elf");
      Command.Result result = linkInto(elf, request, object, library, stubs, runtime);
      if (result.message().contains(NativeObject.TOO_FAR)) {
        NativeObject.assemble(toolchain, object, Calls.FAR);
        result = linkInto(elf, request, object, library, stubs, runtime);
      }
      if (!result.succeeded()) {
        throw new MirageException(explain(request.name(), result.message()));
      }
      byte[] elfBytes = AtomicFiles.read(elf);
      byte[] image =
          new FlashLayout(request)
              .image(AtomicFiles.read(runtime.loader()), Elf32.read(elf.toString(), elfBytes));
      Path executable = request.output().resolve(request.name() + ".elf");
      Path flash = request.output().resolve(request.name() + ".bin");
      AtomicFiles.write(executable, elfBytes);
      AtomicFiles.write(
          request.output().resolve(request.name() + ".map"),
          CompiledCode.libraries(MissingPrimitives.libraries(request))
              + text(work.resolve("map")).replace(work + "/", ""));
      AtomicFiles.write(flash, image);
      return new LinkResult(
          executable, Optional.of(flash), Optional.empty(), warnings(request, program));
    }
  }

  private static List<String> warnings(LinkRequest request, Program program) {
    return Stream.concat(
            program.warnings().stream().map(WideInteger::message),
            UnsupportedFeatures.warnings(
                request.name(), program, MissingPrimitives.libraries(request))
                .stream())
        .toList();
  }

  private Command.Result linkInto(
      Path elf,
      LinkRequest request,
      Path program,
      Optional<Path> phy,
      List<Path> stubs,
      RuntimeBuild runtime) {
    BackEnd backEnd = request.options().backEnd();
    Path work = elf.getParent();
    Path script = work.resolve(SCRIPT_NAME);
    AtomicFiles.write(script, SourceFolders.read(SCRIPT, SCRIPT_NAME));
    List<String> arguments = new ArrayList<>(List.of("-nostdlib", "-T", script.toString()));
    arguments.add("-Wl,--gc-sections,-Map=" + work.resolve("map"));
    if (backEnd == BackEnd.NATIVE) {
      arguments.add("-Wl,--defsym=STACK_AT_END=1");
    }
    arguments.addAll(List.of("-o", elf.toString(), program.toString()));
    phy.ifPresent(library -> arguments.addAll(runtime.phyLinkArguments(library)));
    arguments.add("-Wl,--start-group");
    stubs.forEach(stub -> arguments.add(stub.toString()));
    arguments.add("-Wl,--end-group");
    return Command.of(RuntimeHeaders.toolchain(Target.ESP32, cache).compiler())
        .with(arguments)
        .with(
            switch (backEnd) {
              case BYTECODE -> runtime.linkArguments();
              case NATIVE -> runtime.nativeLinkArguments();
            })
        .execute();
  }

  /** Turns the linker's complaints into one message. */
  static String explain(String name, String complaints) {
    List<MatchResult> overflows = OVERFLOW.matcher(complaints).results().toList();
    if (!overflows.isEmpty()) {
      List<String> lines = new ArrayList<>();
      for (MatchResult overflow : overflows) {
        lines.add(
            "%s: does not fit the chip: %s bytes too many in %s"
                .formatted(name, overflow.group(2), region(overflow.group(1))));
      }
      return String.join("\n", lines);
    }
    TreeSet<String> undefined = new TreeSet<>();
    UNDEFINED.matcher(complaints).results().forEach(match -> undefined.add(match.group(1)));
    if (!undefined.isEmpty()) {
      return "%s: C functions that nothing provides on the chip: %s\nthe linker says:\n%s"
          .formatted(name, String.join(", ", undefined), complaints);
    }
    return name + ": cannot be linked:\n" + complaints;
  }

  private static String region(String name) {
    return switch (name) {
      case "drom" -> "constant data in flash (at most 4 MB)";
      case "irom" -> "code in flash (at most 3.2 MB)";
      case "iram" -> "code in RAM (at most 128 KB)";
      case "dram" -> "static data in RAM (at most 316 KB, less the heap)";
      default -> name;
    };
  }

  private static String text(Path file) {
    return new String(AtomicFiles.read(file), StandardCharsets.ISO_8859_1);
  }
}
