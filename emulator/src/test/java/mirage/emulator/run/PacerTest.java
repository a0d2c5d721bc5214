// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import mirage.emulator.TestImage;
import org.junit.jupiter.api.Test;

class PacerTest {
  private static final long MILLI = 1_000_000;
  private long host = 5 * MILLI;
  private final Pacer pacer = new Pacer(TestImage.ticks(3), () -> host);

  @Test
  void relatesTheTwoTimes() {
    assertThat(pacer.millisUntil(TestImage.ticks(3))).isZero();
    assertThat(pacer.millisUntil(TestImage.ticks(3.5))).isEqualTo(500);
    host += 100 * MILLI;
    assertThat(pacer.millisUntil(TestImage.ticks(3.5))).isEqualTo(400);
    assertThat(pacer.now()).isEqualTo(TestImage.ticks(3.1));
    assertThat(pacer.millisUntil(Long.MAX_VALUE)).isGreaterThan(1_000_000_000_000L);
  }

  @Test
  void whatTheHostCouldNotKeepUpWithIsNotMadeUpFor() {
    host += 1000 * MILLI;
    pacer.reached(TestImage.ticks(3.1));
    assertThat(pacer.millisUntil(TestImage.ticks(3.6))).as("500 but a little").isEqualTo(480);
    host += 480 * MILLI;
    pacer.reached(TestImage.ticks(3.595));
    assertThat(pacer.millisUntil(TestImage.ticks(3.7))).as("5 ms late is little").isEqualTo(100);
  }
}
