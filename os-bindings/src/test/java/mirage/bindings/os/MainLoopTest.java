// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import mirage.device.testkit.HostProgram;
import mirage.tools.Command;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The main loop in virtual time; the first column of what the cases print is milliseconds. */
class MainLoopTest {
  @TempDir static Path folder;
  private static HostProgram program;

  @BeforeAll
  static void compile() {
    program = Programs.compile(folder, "main_loop", "lwt", "mirage-os");
  }

  @Test
  void sleepersWakeInOrder() {
    assertThat(output("order"))
        .containsExactly("0 e", "0 f", "10 b", "10 d", "20 c", "30 a", "30 g");
  }

  @Test
  void cancelledSleepersNeitherWakeNorKeepTheProgram() {
    assertThat(output("cancel"))
        .containsExactly("5 Lwt.Resolution_loop.Canceled", "12 short", "112 end");
  }

  @Test
  void pausedPromisesRunBeforeTheLoopWaits() {
    assertThat(output("pause")).containsExactly("0 paused", "1 slept");
  }

  @Test
  void hooksRunInEveryTurnAndAtTheEnd() {
    assertThat(output("hooks"))
        .containsExactly(
            "10 turn 1",
            "20 turn 2",
            "20 done",
            // The exit hooks run in a main loop of their own, last registered first.
            "70 turn 3",
            "70 exit hook 2",
            "70 exit hook 1");
  }

  @Test
  void anExceptionEndsTheProgramWithItsHooks() {
    Command.Result result = run("failing");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.output()).isEqualTo("1 exit hook\n");
    assertThat(result.errors()).contains("Fatal error: exception Failure(\"oops\")");
  }

  @Test
  void withoutTimersAndEventsItWaitsForEver() {
    assertThat(run("for_ever").status()).isEqualTo(99);
  }

  @Test
  void eventsWakeThoseWhoWaitAndNobodyElse() {
    assertThat(output("events"))
        .containsExactly("10 first cancelled", "1000 second input", "6000 slept", "6000 input");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 0",
    "1639758129000000001, 18978 58929000000001000",
    "86399999999999, 0 86399999999999000",
    "-1, -1 86399999999999000",
    "-86400000000000, -1 0"
  })
  void timeOfDayIsDaysAndPicoseconds(String nanoseconds, String expected) {
    Command.Result result = program.run(Map.of("CASE", "clock", "BOARD_WALL_NS", nanoseconds));
    assertThat(result.output()).isEqualTo(expected + "\n");
  }

  @Test
  void aSleepBeyondTheEndOfTimeIsNoError() {
    assertThat(output("huge")).containsExactly("1 now");
  }

  @Test
  void nobodyAsksForShutdown() {
    assertThat(output("lifecycle")).containsExactly("1 not asked");
  }

  @Test
  void nothingIsLeftOfCancelledSleepers() {
    assertThat(output("growth")).containsExactly("21000 no growth");
  }

  private static String[] output(String name) {
    Command.Result result = run(name);
    assertThat(result.status()).as(result.errors()).isZero();
    return result.output().split("\n");
  }

  private static Command.Result run(String name) {
    return program.run(Map.of("CASE", name));
  }
}
