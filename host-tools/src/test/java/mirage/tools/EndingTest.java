// SPDX-License-Identifier: Apache-2.0
package mirage.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class EndingTest {
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(errors, true);

  @Test
  void aProgramEndsWithItsStatus() throws Exception {
    PrintStream out = new PrintStream(new ByteArrayOutputStream());
    assertThat(Ending.status(() -> 3, out, err)).isEqualTo(3);
    assertThat(errors.toString()).isEmpty();
  }

  @Test
  void aFailureIsAMessage() throws Exception {
    PrintStream out = new PrintStream(new ByteArrayOutputStream());
    assertThat(Ending.status(EndingTest::fail, out, err)).isEqualTo(1);
    assertThat(errors).hasToString("no such program\n");
  }

  @Test
  void outputThatIsLostIsAFailure() throws Exception {
    PrintStream full = new PrintStream("/dev/full");
    Ending.Body prints =
        () -> {
          full.println("a figure");
          return 0;
        };
    assertThat(Ending.status(prints, full, err)).isEqualTo(1);
    assertThat(errors).hasToString("cannot write to standard output\n");
  }

  private static int fail() {
    throw new MirageException("no such program");
  }
}
