// SPDX-License-Identifier: Apache-2.0
package mirage.device.wifi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Known answers of the standards. */
class VectorsTest {
  @Test
  void keysAndCiphersAreThoseOfTheStandards() {
    String output = Programs.compile("vectors").output();
    assertThat(output).doesNotContain("WRONG");
    assertThat(output.lines().filter(line -> line.endsWith(": right"))).hasSize(14);
    assertThat(output).contains("number b5039776e70c, key 0\n", "next 2 0, after true\n");
  }
}
