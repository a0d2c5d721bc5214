// SPDX-License-Identifier: Apache-2.0
package mirage.config.build;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BuildMessageTest {
  @Test
  void aMessageOfSeveralLinesComesThroughMavensOutput() {
    BuildMessage message =
        new BuildMessage(BuildMessage.Kind.ERROR, "File \"a.ml\", line 1:\nError: no\n");
    assertThat(message.line()).doesNotContain("\n");
    assertThat(BuildMessage.parse("[INFO] " + message.line())).contains(message);
  }

  @Test
  void anythingElseIsMavens() {
    assertThat(BuildMessage.parse("[INFO] BUILD SUCCESS")).isEmpty();
  }
}
