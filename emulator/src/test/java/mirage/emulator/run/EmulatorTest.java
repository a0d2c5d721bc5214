// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import mirage.emulator.Esp32;
import mirage.formats.EspImage;
import mirage.formats.FlashImage;
import mirage.formats.PartitionTable;
import mirage.formats.PartitionTable.Partition;
import mirage.xtensa.Assembler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs as a user sees them: files in, console and messages out, exit status. */
class EmulatorTest {
  private static final int CODE = 0x40080000;

  private static final String LITERALS =
      """
      .literal UART0, 0x3ff40000
      .literal RTC, 0x3ff48000
      .literal TIMG0, 0x3ff5f000
      .literal HALT, 0x4d490005
      start: movi a2, 0
        l32r a3, RTC
        s32i a2, a3, 0x8c
        l32r a4, TIMG0
        s32i a2, a4, 0x48
        l32r a4, UART0
      """;

  private static final String HALT = "\n l32r a2, HALT\n s32i a2, a3, 0xb0\n waiti 15\n";

  /** Says "Hi". */
  private static final String HELLO =
      LITERALS + "movi a2, 72\n s32i a2, a4, 0\n movi a2, 105\n s32i a2, a4, 0\n" + HALT;

  /** Sends back what it receives until a '.' comes. */
  private static final String ECHO =
      LITERALS
          + """
            movi a2, 1
            s32i a2, a4, 0x24
            s32i a2, a4, 0x0c
            s32i a2, a3, 0xb4
          next: l32i a2, a4, 0x1c
            extui a2, a2, 0, 8
            beqz a2, next
            l32i a2, a4, 0
            s32i a2, a4, 0
            movi a5, 46
            bne a2, a5, next
          """
          + HALT;

  private static final String WAIT_FOR_INPUT =
      """
        movi a2, 1
        s32i a2, a4, 0x24
        s32i a2, a4, 0x0c
        l32r a5, MAP
        movi a2, 1
        s32i a2, a5, 0
        movi a2, 2
        wsr a2, intenable
        waiti 0
      """;

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path image;

  @BeforeEach
  void prepare() throws IOException {
    image = write(HELLO);
  }

  private Path write(String program) throws IOException {
    Assembler.Result code = Assembler.assemble(program, CODE);
    EspImage loader = image(code.symbols().get("start"), code.bytes());
    PartitionTable table =
        new PartitionTable(List.of(new Partition(0, 0, 0x10000, 0x10000, "app", 0)));
    byte[] flash =
        new FlashImage(loader, table, Map.of("app", image(CODE, new byte[4]).write())).write();
    return Files.write(folder.resolve("image.bin"), flash);
  }

  private static EspImage image(int entry, byte[] code) {
    return EspImage.of(entry, Esp32.FLASH_SIZE, List.of(new EspImage.Segment(CODE, code)));
  }

  private int run(String input, String... options) {
    return run(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), options);
  }

  private int run(InputStream input, String... options) {
    List<String> arguments = new ArrayList<>(List.of("run", image.toString()));
    arguments.addAll(List.of(options));
    CommandLine command =
        new CommandLine(
            new Main.Run(input, out, new PrintStream(err, true, StandardCharsets.UTF_8)));
    command.setExecutionExceptionHandler(Main::report);
    StringWriter messages = new StringWriter();
    command.setErr(new PrintWriter(messages, true));
    int status = command.execute(arguments.subList(1, arguments.size()).toArray(String[]::new));
    err.writeBytes(messages.toString().getBytes(StandardCharsets.UTF_8));
    return status;
  }

  private String error() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void exitStatusIsTheProgramsOwn() {
    assertThat(run("")).isEqualTo(5);
    assertThat(out).hasToString("Hi");
    assertThat(err).hasToString("");
  }

  @Test
  void expectedTextEndsTheRunWithSuccess() {
    assertThat(run("", "--expect", "Hi")).isZero();
    assertThat(run("", "--expect", "Ho")).isEqualTo(1);
    assertThat(error()).contains("halted with status 5").contains("'Ho' did not appear");
  }

  @Test
  void pipedInputIsReadWhole() throws IOException {
    image = write(ECHO);
    String text = "x".repeat(1000) + ".";
    assertThat(run(text, "--timeout", "10")).isEqualTo(5);
    assertThat(out).hasToString(text);
  }

  /** Without a receive interrupt no input can end a wait: that is reported although more input may come. */
  @Test
  void deadlockIsReportedEvenWithOpenInput() throws IOException {
    image = write(LITERALS + "waiti 0");
    try (PipedOutputStream never = new PipedOutputStream();
        PipedInputStream open = new PipedInputStream(never)) {
      assertThat(run(open)).isEqualTo(1);
    }
    assertThat(error()).contains("waits for ever");
  }

  /** A program that is deaf to the break at the end: it keeps bytes in error out of its FIFO. */
  @Test
  void waitingForInputThatHasEndedIsReported() throws IOException {
    image =
        write(
            LITERALS.replace("start:", ".literal MAP, 0x3ff0018c\nstart:")
                + "movi a2, 33\n slli a2, a2, 22\n s32i a2, a4, 0x20\n"
                + WAIT_FOR_INPUT);
    assertThat(run("")).isEqualTo(1);
    assertThat(error()).isEqualTo("emulator: waits for serial input, but the input has ended\n");
  }

  @Test
  void timeLimitIsVirtualTime() throws IOException {
    image = write(LITERALS + "1: j 1b");
    assertThat(run("", "--timeout", "0.05", "--count")).isEqualTo(1);
    assertThat(error())
        .contains("still running after 0.050000 s of virtual time")
        .contains("2000000 instructions");
  }

  @Test
  void realtimeKeepsPaceWithTheHost() throws IOException {
    image = write(LITERALS + "1: j 1b");
    long start = System.nanoTime();
    assertThat(run("", "--timeout", "0.5", "--realtime")).isEqualTo(1);
    assertThat(System.nanoTime() - start).isGreaterThan(450_000_000L);
  }

  @Test
  void faultsAreReportedWithSymbols() throws IOException {
    image = write(LITERALS + "ill");
    assertThat(run("")).isEqualTo(1);
    assertThat(error())
        .startsWith("emulator: PRO_CPU: illegal instruction")
        .contains("a3 0x3ff48000");
  }

  @Test
  void runsAnExecutableWithCodeAndDataInFlash() throws IOException {
    Assembler.Result code =
        Assembler.assemble(
            ".literal D, 0x3f400020\n"
                + LITERALS
                + "l32r a5, D\n l32i a2, a5, 0\n s32i a2, a4, 0"
                + HALT,
            0x400D0020);
    Map<Integer, byte[]> segments = new LinkedHashMap<>();
    segments.put(0x400D0020, code.bytes());
    segments.put(0x3F400020, new byte[] {'E', 0, 0, 0});
    image =
        Files.write(
            folder.resolve("program.elf"), executable(code.symbols().get("start"), segments));
    assertThat(run("")).as(error()).isEqualTo(5);
    assertThat(out).hasToString("E");
  }

  /** An ELF file with program headers only. */
  private static byte[] executable(int entry, Map<Integer, byte[]> segments) {
    ByteBuffer elf = ByteBuffer.allocate(0x1000).order(ByteOrder.LITTLE_ENDIAN);
    elf.put(new byte[] {0x7F, 'E', 'L', 'F', 1, 1, 1}).position(16);
    elf.putShort((short) 2)
        .putShort((short) 94)
        .putInt(1)
        .putInt(entry)
        .putInt(52)
        .putInt(0)
        .putInt(0x300);
    elf.putShort((short) 52).putShort((short) 32).putShort((short) segments.size());
    elf.putShort((short) 40).putShort((short) 0).putShort((short) 0);
    int offset = 0x200;
    for (Map.Entry<Integer, byte[]> segment : segments.entrySet()) {
      int size = segment.getValue().length;
      elf.putInt(1).putInt(offset).putInt(segment.getKey()).putInt(segment.getKey());
      elf.putInt(size).putInt(size).putInt(5).putInt(4);
      elf.put(offset, segment.getValue());
      offset += size + 3 & -4;
    }
    return elf.array();
  }

  @Test
  void flashContentPersists() throws IOException {
    Path saved = folder.resolve("flash.bin");
    assertThat(run("", "--flash", saved.toString())).isEqualTo(5);
    assertThat(Files.size(saved)).isEqualTo(Esp32.FLASH_SIZE);
    assertThat(Files.readAllBytes(saved)).startsWith(Files.readAllBytes(image));
  }

  @Test
  void traceHasALinePerInstruction() throws IOException {
    Path trace = folder.resolve("trace.txt");
    run("", "--trace", trace.toString(), "--count");
    List<String> lines = Files.readAllLines(trace);
    assertThat(error()).startsWith(lines.size() + " instructions");
    assertThat(lines.get(0)).contains("movi a2, 0");
    assertThat(lines)
        .anySatisfy(line -> assertThat(line).contains("l32r a4").endsWith("; a4=3ff40000"));
    assertThat(lines.get(lines.size() - 1)).contains("waiti 15");
  }

  @Test
  void aTraceThatCannotBeWrittenIsSaid() throws IOException {
    Path trace = folder.resolve("none/trace.txt");
    assertThat(run("", "--trace", trace.toString())).isEqualTo(1);
    assertThat(error()).contains("cannot write " + trace + ": there is no such folder");
    for (String option : List.of("--trace", "--pcap")) {
      assertThat(run("", option, "/dev/full")).as(option).isEqualTo(1);
      assertThat(error()).contains("cannot write /dev/full: No space left on device");
    }
  }

  @Test
  void badImagesGiveOneMessage() throws IOException {
    byte[] good = Files.readAllBytes(image);
    for (byte[] bad :
        List.of(
            new byte[0],
            "not an image".getBytes(StandardCharsets.UTF_8),
            Arrays.copyOf(good, 0x1010),
            Arrays.copyOf(good, 0x8010),
            Arrays.copyOf(good, 0x10010),
            new byte[] {0x7F, 'E', 'L', 'F', 1, 1, 1})) {
      Files.write(image, bad);
      err.reset();
      assertThat(run("")).isEqualTo(1);
      assertThat(error())
          .startsWith("emulator: ")
          .contains("offset 0x")
          .contains("allowed")
          .hasLineCount(1);
    }
    image = folder.resolve("missing.bin");
    err.reset();
    assertThat(run("")).isEqualTo(1);
    assertThat(error()).contains("missing.bin: no such file");
  }

  /** Whatever a file holds: a status and messages, never a stack trace or a hang. */
  @Test
  void randomlyDamagedImagesDoNoHarm() throws IOException {
    Map<Integer, byte[]> segments = Map.of(CODE, Assembler.assemble(LITERALS + HALT, CODE).bytes());
    byte[] program = executable(CODE + 16, segments);
    byte[] flash = Files.readAllBytes(image);
    long seed = 20250101;
    Random random = new Random(seed);
    for (int i = 0; i < 150; i++) {
      byte[] damaged = (i % 2 == 0 ? program : flash).clone();
      int from = i % 2 == 0 ? 0 : FlashImage.LOADER_OFFSET;
      for (int k = 0; k < 1 + i % 3; k++) {
        damaged[from + random.nextInt(0x60)] = (byte) random.nextInt();
      }
      Files.write(image, damaged);
      assertThat(run("", "--timeout", "0.001"))
          .as("seed " + seed + ", image " + i)
          .isBetween(0, 255);
    }
    assertThat(error()).doesNotContain("Exception", "\tat ");
  }

  @Test
  void wrongUsageExitsWith2() {
    assertThat(run("", "--nonsense")).isEqualTo(2);
    assertThat(run("", "--timeout", "soon")).isEqualTo(2);
    assertThat(run("", "--mac", "1:2:3")).isEqualTo(2);
  }
}
