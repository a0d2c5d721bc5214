// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import mirage.emulator.clock.Clock;
import mirage.formats.EspImage;
import mirage.formats.FlashImage;
import mirage.formats.PartitionTable;
import mirage.xtensa.Assembler;

/** A flash image made of assembled text, and the machine that boots it with its console recorded. */
public final class TestImage {
  /** Where the text is assembled to. */
  static final int CODE = 0x40080000;

  /** Registers the programs use, and how a program switches the boot guards off and ends with the status in a2. */
  private static final String PREFIX =
      """
      .literal UART0, 0x3ff40000
      .literal RTC, 0x3ff48000
      .literal TIMG0, 0x3ff5f000
      .literal DPORT, 0x3ff00000
      .literal MMU, 0x3ff10000
      .literal RNG, 0x3ff75144
      .literal HALT, 0x4d490000
      .literal VECTORS, 0x40080400
      halt:
        l32r a3, HALT
        or a3, a3, a2
        l32r a4, RTC
        s32i a3, a4, 0xb0
      1: waiti 15
        j 1b
      .align 4
      guards_off:
        movi a2, 0
        l32r a3, RTC
        s32i a2, a3, 0x8c
        l32r a3, TIMG0
        s32i a2, a3, 0x48
        ret
      """;

  private static final Pattern CHARACTER = Pattern.compile("'(.)'");

  public final Map<String, Integer> symbols;
  final StringBuilder console = new StringBuilder();
  private final List<EspImage.Segment> segments = new ArrayList<>();
  private byte[] extra = new byte[0];
  private int extraAt;

  /** The program starts at its label {@code start}; a character in single quotes stands for its code. */
  public TestImage(String text) {
    String numbers =
        CHARACTER.matcher(text).replaceAll(match -> String.valueOf((int) match.group(1).charAt(0)));
    Assembler.Result result = Assembler.assemble(PREFIX + numbers, CODE);
    symbols = result.symbols();
    byte[] code = result.bytes();
    segments.add(new EspImage.Segment(CODE, Arrays.copyOf(code, code.length + 3 & -4)));
  }

  public TestImage segment(int address, byte[] data) {
    segments.add(new EspImage.Segment(address, data));
    return this;
  }

  /** Further content of the flash chip. */
  public TestImage flash(int offset, byte[] content) {
    extraAt = offset;
    extra = content;
    return this;
  }

  public byte[] bytes() {
    byte[] loader = EspImage.of(symbols.get("start"), Esp32.FLASH_SIZE, segments).write();
    byte[] flash =
        new byte[Math.max(FlashImage.LOADER_OFFSET + loader.length, extraAt + extra.length)];
    System.arraycopy(loader, 0, flash, FlashImage.LOADER_OFFSET, loader.length);
    System.arraycopy(extra, 0, flash, extraAt, extra.length);
    return flash;
  }

  /** Writes a flash image with an empty application, for runs from the command line; answers its name. */
  public Path write(Path folder) throws IOException {
    EspImage loader = EspImage.of(symbols.get("start"), Esp32.FLASH_SIZE, segments);
    PartitionTable table =
        new PartitionTable(List.of(new PartitionTable.Partition(0, 0, 0x10000, 0x10000, "app", 0)));
    byte[] application = EspImage.of(CODE, Esp32.FLASH_SIZE, segments).write();
    byte[] flash = new FlashImage(loader, table, Map.of("app", application)).write();
    return Files.write(folder.resolve("image.bin"), flash);
  }

  public Esp32Builder builder() {
    return Esp32.builder()
        .flash(bytes())
        .imageName("test image")
        .console(b -> console.append((char) b));
  }

  public Esp32 boot() {
    Esp32 machine = builder().build();
    machine.boot();
    return machine;
  }

  /** Boots and runs at most {@code seconds} of virtual time. */
  public Outcome run(double seconds) {
    return boot().run(ticks(seconds));
  }

  public static long ticks(double seconds) {
    return (long) (seconds * Clock.TICKS_PER_SECOND);
  }
}
