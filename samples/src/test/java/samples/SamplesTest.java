// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Configures, builds and runs each sample on both targets, with both back ends, and reads its console. */
class SamplesTest {
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d \\+00:00: ";
  private static final String INFO = TIME + "INF \\[application\\] ";

  @TempDir Path folder;

  /**
   * @param name the sample's folder
   * @param boot boot arguments
   * @param input what is typed
   * @param lines a pattern for each line of the console
   */
  record Sample(String name, List<String> boot, String input, String... lines) {
    @Override
    public String toString() {
      return name + boot + (input.isEmpty() ? "" : " < " + input.strip());
    }
  }

  static Stream<Sample> samples() {
    return Stream.of(
        sample("noop"),
        sample(
            "hello",
            INFO + "hello 1 of 4",
            INFO + "hello 2 of 4",
            INFO + "hello 3 of 4",
            INFO + "hello 4 of 4"),
        sample("hello-key", times(4, INFO + "Hello World!")),
        new Sample("hello-key", List.of("--hello=Hi there"), "", times(4, INFO + "Hi there")),
        sample("console", "What is your name\\?", "Nobody there. Goodbye!"),
        new Sample("console", List.of(), "Ada\n", "What is your name\\?", "Hello, Ada!"),
        new Sample(
            "clock",
            List.of("--rounds=3"),
            "",
            times(3, TIME + "INF \\[clock\\] .* -00:00, \\d+ us late, heap \\d+ words")),
        sample("block", INFO + "16 sectors, start 1"),
        sample("heads", "Heads", "Tails", "Finished"),
        sample(
            "timeout",
            "(Returned \"Heads\" after [01]?\\d{1,3} ms|Cancelled a task of 2\\d{3} ms)"),
        sample("echo", times(10, "a{0,19}")),
        sample(
            "kv_ro",
            INFO + "folder/",
            INFO + "shopping: 10 bytes, \"tea\\\\nbread\\\\n\"",
            INFO + "weather: 11 bytes, \"a fine day\\\\n\"",
            TIME + "ERR \\[application\\] absent: .*"),
        sample(
            "prng",
            INFO + "32 random bytes:",
            "[0-9a-f ]+",
            "[0-9a-f ]+",
            "",
            INFO + "a byte \\d+, a die [1-6], an int32 -?\\d+",
            INFO + "\\d+ of 8192 bits are ones: plausible"));
  }

  private static Sample sample(String name, String... lines) {
    return new Sample(name, List.of(), "", lines);
  }

  private static String[] times(int count, String line) {
    return Stream.generate(() -> line).limit(count).toArray(String[]::new);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void runsOnTheChip(Sample sample) {
    check(sample, "esp32");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void runsOnTheChipAsBytecode(Sample sample) {
    check(sample, "esp32", "--backend", "bytecode");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void runsAsAProcess(Sample sample) {
    check(sample, "unix");
  }

  private void check(Sample sample, String target, String... options) {
    Tool tool = Tool.onCopyOf(Path.of(sample.name()), folder);
    List<String> configure = new ArrayList<>(List.of("configure", "-t", target));
    configure.addAll(List.of(options));
    assertThat(tool.run("", configure.toArray(String[]::new))).matches(r -> r.status() == 0);
    assertThat(tool.run("", "build")).matches(r -> r.status() == 0);
    List<String> words = new ArrayList<>(List.of("--quiet", "run"));
    if (!sample.boot().isEmpty()) {
      words.add("--");
      words.addAll(sample.boot());
    }
    Tool.Result result = tool.run(sample.input(), words.toArray(String[]::new));
    assertThat(result.status()).as(result.output()).isZero();
    assertThat(result.output()).matches(consoleOf(sample));
  }

  /** Each line, with the line end of a process or of a serial line. */
  private static String consoleOf(Sample sample) {
    StringBuilder pattern = new StringBuilder();
    for (String line : sample.lines()) {
      pattern.append(line).append("\\r?\\n");
    }
    return pattern.toString();
  }
}
