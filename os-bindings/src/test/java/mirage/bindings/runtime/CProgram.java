// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mirage.device.SourceFolder;
import mirage.device.Target;
import mirage.emulator.run.Emulator;
import mirage.emulator.run.EmulatorOptions;
import mirage.formats.BootArguments;
import mirage.formats.Elf32;
import mirage.formats.EspImage;
import mirage.formats.EspImage.Segment;
import mirage.formats.FlashImage;
import mirage.formats.PartitionTable;
import mirage.formats.PartitionTable.Partition;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.SourceFolders;

/** A C program with its own main on a board, without OCaml: {@code src/test/resources/c/<name>.c}. */
record CProgram(Target target, Path file) {
  private static final int FLASH = 4 << 20;
  private static final int APPLICATION = 0x10000;
  private static final int DATA_SUBTYPE = 0x40;
  private static final double TIMEOUT = 60;

  /** What a program left behind. */
  record Result(int status, String output, String errors) {}

  static CProgram compile(Target target, String name, Path folder) throws IOException {
    return compile(target, name, folder, List.of());
  }

  /** The same with more for the linker, in front of the runtime. */
  static CProgram compile(Target target, String name, Path folder, List<String> more)
      throws IOException {
    List<String> objects = new ArrayList<>(List.of(object(target, name, folder).toString()));
    objects.addAll(more);
    return link(target, folder, name, objects);
  }

  /** The same program for QEMU's machine lx60, by {@code lx60.c}: all of the board but what that file stands in for. */
  static CProgram compileForLx60(String name, Path folder) throws IOException {
    Path headers = Files.createDirectory(folder.resolve("esp32"));
    SourceFolders.copy(new SourceFolder(RuntimeBuild.class, "c/board/esp32"), headers);
    return link(
        Target.ESP32,
        folder,
        name,
        List.of(
            object(Target.ESP32, name, folder).toString(),
            object(Target.ESP32, "lx60", folder, "-I" + headers).toString(),
            "-Wl,--allow-multiple-definition,--wrap=event_add"));
  }

  private static Path object(Target target, String name, Path folder, String... flags)
      throws IOException {
    Path source = folder.resolve(name + ".c");
    try (InputStream stream = CProgram.class.getResourceAsStream("/c/" + name + ".c")) {
      Files.write(source, stream.readAllBytes());
    }
    Path object = folder.resolve(name + "-" + target.id() + ".o");
    // The compiler must not know the answers.
    List<String> more = new ArrayList<>(List.of("-fno-builtin", "-Wno-format", "-Wno-main"));
    more.addAll(List.of(flags));
    RuntimeHeaders.toolchain(target, BuildCache.user()).compile(source, object, more);
    return object;
  }

  private static CProgram link(Target target, Path folder, String name, List<String> objects)
      throws IOException {
    BuildCache cache = BuildCache.user();
    List<String> arguments = new ArrayList<>();
    if (target == Target.ESP32) {
      Path script = folder.resolve("esp32.ld");
      Files.write(
          script, SourceFolders.read(new SourceFolder(RuntimeBuild.class, "link"), "esp32.ld"));
      arguments.addAll(List.of("-nostdlib", "-Wl,--gc-sections,--no-relax", "-T" + script));
    }
    Path file = folder.resolve(name + "-" + target.id());
    arguments.addAll(List.of("-o", file.toString()));
    arguments.addAll(objects);
    arguments.addAll(RuntimeBuild.of(target, cache).linkArguments());
    if (target == Target.UNIX) {
      arguments.add("-lm");
    }
    Command.of(RuntimeHeaders.toolchain(target, cache).compiler()).with(arguments).run();
    return new CProgram(target, file);
  }

  /** Runs it with boot arguments, console input, and content of data partitions. */
  Result run(String arguments, String input, Map<String, byte[]> partitions) throws IOException {
    return run(arguments, input, partitions, TIMEOUT);
  }

  /** The same for so many seconds of the chip's time. */
  Result run(String arguments, String input, Map<String, byte[]> partitions, double seconds)
      throws IOException {
    return switch (target) {
      case ESP32 -> runOnChip(arguments, input, partitions, seconds);
      case UNIX -> runOnHost(arguments, input, partitions);
    };
  }

  private Result runOnHost(String arguments, String input, Map<String, byte[]> partitions)
      throws IOException {
    Path folder = Files.createDirectories(Path.of(file + ".parts"));
    for (Map.Entry<String, byte[]> partition : partitions.entrySet()) {
      Files.write(folder.resolve(partition.getKey()), partition.getValue());
    }
    Command.Result result =
        Command.of(file.toString(), arguments.isEmpty() ? new String[0] : arguments.split(" "))
            .input(input)
            .execute();
    return new Result(result.status(), result.output(), result.errors());
  }

  private Result runOnChip(
      String arguments, String input, Map<String, byte[]> partitions, double seconds)
      throws IOException {
    Path image = Path.of(file + ".bin");
    Files.write(image, image(arguments, partitions));
    return emulate(image, file, input, seconds);
  }

  /** Runs a flash image on the emulator; faults are reported with the executable's symbols. */
  static Result emulate(Path image, Path executable, String input) {
    return emulate(image, executable, input, TIMEOUT);
  }

  private static Result emulate(Path image, Path executable, String input, double seconds) {
    EmulatorOptions options =
        EmulatorOptions.of(image, "--timeout", String.valueOf(seconds))
            .withSymbols(Optional.of(executable));
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int status =
        Emulator.run(
            options,
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            output,
            new PrintStream(errors, true, StandardCharsets.UTF_8));
    return new Result(
        status, output.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
  }

  /** The flash image for the chip. */
  byte[] image(String arguments, Map<String, byte[]> partitions) throws IOException {
    RuntimeBuild runtime = RuntimeBuild.of(Target.ESP32, BuildCache.user());
    Map<String, byte[]> contents = new TreeMap<>(partitions);
    contents.put("args", BootArguments.encode(arguments, PartitionTable.SECTOR));
    contents.put("app", esp(Elf32.read("program", Files.readAllBytes(file))).write());
    List<Partition> table = new ArrayList<>();
    table.add(new Partition(Partition.DATA, DATA_SUBTYPE, 0x9000, 0x1000, "args", 0));
    int end = APPLICATION + (1 << 20);
    table.add(new Partition(Partition.APP, Partition.FACTORY, APPLICATION, 1 << 20, "app", 0));
    for (Map.Entry<String, byte[]> partition : partitions.entrySet()) {
      int size = partition.getValue().length;
      table.add(new Partition(Partition.DATA, DATA_SUBTYPE, end, size, partition.getKey(), 0));
      end += size;
    }
    Elf32 loader = Elf32.read("loader", Files.readAllBytes(runtime.loader()));
    return new FlashImage(esp(loader), new PartitionTable(table), contents).write();
  }

  private static EspImage esp(Elf32 elf) {
    List<Segment> segments =
        elf.sections().stream()
            .filter(section -> section.allocated() && section.size() > 0)
            .filter(section -> section.type() != Elf32.SHT_NOBITS)
            .map(section -> new Segment(section.address(), section.data()))
            .toList();
    return EspImage.of(elf.entry(), FLASH, segments);
  }
}
