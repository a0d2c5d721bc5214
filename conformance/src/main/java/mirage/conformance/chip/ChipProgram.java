// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.chip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import mirage.bindings.link.BackEnd;
import mirage.bindings.link.LinkOptions;
import mirage.bindings.link.LinkRequest;
import mirage.bindings.link.LinkResult;
import mirage.bindings.link.LinkedLibrary;
import mirage.bindings.link.Linker;
import mirage.bindings.runtime.RuntimeHeaders;
import mirage.device.Target;
import mirage.emulator.Esp32;
import mirage.emulator.Host;
import mirage.emulator.Outcome;
import mirage.emulator.clock.Clock;
import mirage.formats.FlashImage;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.MirageException;

/**
 * A program linked for the chip.
 *
 * @param image the flash image
 * @param executable the ELF file it was made from, if known; its symbols name what is in memory
 * @param memory of the board
 */
public record ChipProgram(Path image, Optional<Path> executable, BoardMemory memory) {
  private static final int MAGIC = 0x4752414D;
  private static final int APPLICATION = 0x3E0000;

  /**
   * How a run ended.
   *
   * @param memory the word at an address, as the first core sees it at the end
   */
  public record Result(
      Outcome outcome, byte[] output, long instructions, IntUnaryOperator memory) {}

  /** Links a bytecode executable for the chip's own memory, as the longer form does. */
  public static ChipProgram link(
      BackEnd backEnd,
      BuildCache cache,
      Path bytecode,
      List<LinkedLibrary> libraries,
      Path output) {
    return link(backEnd, cache, bytecode, libraries, BoardMemory.CHIP, output);
  }

  /**
   * Links a bytecode executable.
   *
   * @param libraries C functions it needs
   * @param memory of the board it will run on
   * @param output folder for the results
   * @throws MirageException when it cannot be linked
   */
  public static ChipProgram link(
      BackEnd backEnd,
      BuildCache cache,
      Path bytecode,
      List<LinkedLibrary> libraries,
      BoardMemory memory,
      Path output) {
    List<LinkedLibrary> all = new ArrayList<>(libraries);
    if (!memory.heap().isEmpty()) {
      all.add(heap(memory, cache, output));
    }
    LinkRequest request =
        new LinkRequest("test", bytecode, all, Map.of(), output, options(backEnd, memory));
    LinkResult result = Linker.of(Target.ESP32, cache).link(request);
    return new ChipProgram(result.image().orElseThrow(), Optional.of(result.executable()), memory);
  }

  private static LinkedLibrary heap(BoardMemory memory, BuildCache cache, Path output) {
    Path source = output.resolve("heap.S");
    Path object = output.resolve("heap.o");
    AtomicFiles.write(source, memory.heap());
    RuntimeHeaders.toolchain(Target.ESP32, cache).compile(source, object, List.of());
    return new LinkedLibrary("heap", List.of(), List.of(object));
  }

  /** With the chip's whole flash for the program. */
  private static LinkOptions options(BackEnd backEnd, BoardMemory memory) {
    LinkOptions defaults = LinkOptions.DEFAULT;
    return new LinkOptions(
        backEnd,
        defaults.program(),
        defaults.flashBytes(),
        APPLICATION,
        Map.of(),
        memory.runtimeSizes(),
        Optional.empty());
  }

  /** As the board reads them from their partition. */
  private static byte[] arguments(String line) {
    byte[] text = line.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(MAGIC)
        .putInt(text.length)
        .put(text)
        .array();
  }

  /**
   * Runs it from power-on.
   *
   * @param arguments boot arguments, without spaces
   * @param seconds of virtual time it may take
   */
  public Result run(List<String> arguments, double seconds) {
    return run(arguments, seconds, chip -> {});
  }

  /** The same without translation to Java bytecode: each instruction by the emulator's interpreter. */
  public Result interpret(List<String> arguments, double seconds) {
    return run(
        arguments, seconds, chip -> chip.cpus().forEach(cpu -> cpu.setTranslationThreshold(0)));
  }

  private Result run(List<String> arguments, double seconds, Consumer<Esp32> preparation) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    Esp32 chip =
        Esp32.builder()
            .flash(withArguments(arguments))
            .moreRam(BoardMemory.START, memory.more())
            .console(output::write)
            .host(Host.NONE)
            .build();
    preparation.accept(chip);
    chip.boot();
    Outcome outcome = chip.run((long) (seconds * Clock.TICKS_PER_SECOND));
    return new Result(outcome, output.toByteArray(), chip.instructions(), chip.space(0)::load32);
  }

  private byte[] withArguments(List<String> arguments) {
    try {
      FlashImage flash = FlashImage.read(image.toString(), Files.readAllBytes(image));
      Map<String, byte[]> contents = new LinkedHashMap<>(flash.contents());
      contents.put("args", arguments(String.join(" ", arguments)));
      return new FlashImage(flash.loader(), flash.table(), contents).write();
    } catch (IOException e) {
      throw new MirageException("cannot read " + image + ": " + AtomicFiles.reason(e), e);
    }
  }
}
