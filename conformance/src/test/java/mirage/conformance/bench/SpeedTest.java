// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mirage.conformance.chip.ChipProgram;
import mirage.emulator.Esp32;
import mirage.emulator.Outcome;
import mirage.emulator.bus.AddressSpace;
import mirage.emulator.core.Cpu;
import mirage.formats.Elf32;
import mirage.tools.BuildCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast the emulator is, beside QEMU: the same images on both, one after the other, in instructions per second of
 * processor time: of the thread that runs the chip, and of QEMU's process. Images are those of {@link PortableProgram}.
 *
 * <p>{@code mvn -pl conformance -am test -Dtest=SpeedTest -Dspeed=true -Dsurefire.failIfNoSpecifiedTests=false};
 * {@code -Dspeed.programs=fib,queens} for some of them.
 */
@EnabledIfSystemProperty(named = "speed", matches = "true")
class SpeedTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern USER_AND_SYSTEM = Pattern.compile("user ([0-9.]+)\\s+sys ([0-9.]+)");
  private static final String CHOSEN = System.getProperty("speed.programs", "");

  /** How far a mean of ours may be below QEMU's. */
  private static final double FRACTION = 0.8;

  @TempDir Path directory;

  private record Run(String output, double seconds, long instructions) {}

  @Test
  void besideQemu() throws Exception {
    List<Double> ratios = new ArrayList<>();
    System.out.printf(
        "%-18s %14s %10s %10s %6s%n", "program", "instructions", "ours M/s", "QEMU M/s", "ratio");
    for (Scaled scaled : Scaled.ALL) {
      if (!CHOSEN.isEmpty() && !List.of(CHOSEN.split(",")).contains(scaled.name())) {
        continue;
      }
      byte[] image = image(scaled);
      Run theirs = qemu(image);
      Run ours = emulator(scaled.name(), image);
      assertThat(ours.output()).as(scaled.name()).isEqualTo(theirs.output());
      double ratio = theirs.seconds() / ours.seconds();
      ratios.add(ratio);
      System.out.printf(
          Locale.ROOT,
          "%-18s %14d %10.0f %10.0f %6.2f%n",
          scaled.name(),
          ours.instructions(),
          ours.instructions() / ours.seconds() / 1e6,
          ours.instructions() / theirs.seconds() / 1e6,
          ratio);
    }
    double mean = Bench.mean(ratios);
    System.out.printf(Locale.ROOT, "geometric mean of ours / QEMU's: %.2f%n", mean);
    assertThat(mean).isGreaterThan(FRACTION);
  }

  /** From the command to hello's first line, the best of some: the machine may be busy. */
  @Test
  void firstLine() throws Exception {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(ROOT.resolve("mirage").toString(), "run", "samples/hello")
              .directory(ROOT.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        String line = lines.readLine();
        while (line != null && !line.contains("hello 1")) {
          line = lines.readLine();
        }
        best = Math.min(best, (System.nanoTime() - start) / 1e9);
        assertThat(line).isNotNull();
        lines.lines().forEach(rest -> {});
      }
      assertThat(process.waitFor()).isZero();
    }
    System.out.printf(
        Locale.ROOT, "mirage run samples/hello, built, to its first line: %.2f s%n", best);
  }

  private byte[] image(Scaled scaled) throws IOException {
    Path work = Files.createTempDirectory(directory, "program");
    Path bytecode = Measure.bytecode(work, scaled.source(ROOT.resolve("bench")), false);
    Path output = Files.createDirectory(work.resolve("chip"));
    ChipProgram program =
        ChipProgram.link(scaled.backEnd(), BuildCache.user(), bytecode, List.of(), output);
    Path file = program.executable().orElseThrow();
    return PortableProgram.of(Elf32.read(file.toString(), Files.readAllBytes(file)));
  }

  private static Run emulator(String name, byte[] image) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    Esp32 chip = Esp32.builder().build();
    chip.boot(name, Elf32.read(name, image));
    Cpu cpu = chip.cpu(0);
    cpu.onSimcall(() -> simcall(chip, cpu, output));
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    Outcome outcome = chip.run(Long.MAX_VALUE);
    long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    assertThat(outcome.kind()).as(outcome.report()).isEqualTo(Outcome.Kind.STOPPED);
    return new Run(output.toString(StandardCharsets.UTF_8), nanos / 1e9, chip.instructions());
  }

  private static void simcall(Esp32 chip, Cpu cpu, ByteArrayOutputStream output) {
    if (cpu.register(2) == PortableProgram.WRITE) {
      AddressSpace space = chip.space(0);
      for (int i = 0; i < cpu.register(5); i++) {
        output.write(space.load8(cpu.register(4) + i));
      }
    } else {
      chip.stop();
      cpu.stop();
    }
  }

  private Run qemu(byte[] image) throws IOException, InterruptedException {
    Path file = Files.write(directory.resolve("program.elf"), image);
    Path times = directory.resolve("times");
    List<String> command = new ArrayList<>(List.of("bash", "-c", "time -p \"$@\"", "time"));
    command.addAll(PortableProgram.qemu(file));
    Process process = new ProcessBuilder(command).redirectError(times.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    String text = Files.readString(times);
    assertThat(status).as(text).isZero();
    Matcher matcher = USER_AND_SYSTEM.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    double seconds = Double.parseDouble(matcher.group(1)) + Double.parseDouble(matcher.group(2));
    return new Run(output, seconds, 0);
  }
}
