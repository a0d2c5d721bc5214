// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import mirage.emulator.board.Bell;
import mirage.emulator.board.SerialInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HostInputTest {
  private static void await(HostInput input) {
    Bell bell = new Bell();
    input.expect(bell);
    while (!input.ready() && !input.ended()) {
      bell.await(1000);
    }
  }

  @Test
  void takesWhatIsThereWithoutWaiting() {
    HostInput input = new HostInput(new ByteArrayInputStream(new byte[] {1, (byte) 0xFF}));
    assertThat(input.ready()).isTrue();
    assertThat(input.poll()).isEqualTo(1);
    assertThat(input.ended()).isFalse();
    assertThat(input.poll()).isEqualTo(0xFF);
    assertThat(input.poll()).isEqualTo(-1);
    await(input);
    assertThat(input.poll()).isEqualTo(SerialInput.BREAK);
    assertThat(input.poll()).isEqualTo(-1);
    assertThat(input.ended()).isTrue();
  }

  @Test
  void waitsForWhatComesLater() throws IOException {
    PipedOutputStream sender = new PipedOutputStream();
    try (PipedInputStream stream = new PipedInputStream(sender)) {
      HostInput input = new HostInput(stream);
      Bell bell = new Bell();
      input.expect(bell);
      bell.await(20);
      assertThat(input.ready()).isFalse();
      assertThat(input.ended()).isFalse();
      sender.write('x');
      sender.flush();
      await(input);
      assertThat(input.poll()).isEqualTo('x');
      sender.close();
      await(input);
      assertThat(input.poll()).isEqualTo(SerialInput.BREAK);
      assertThat(input.ended()).isTrue();
    }
  }
}
