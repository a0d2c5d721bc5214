// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import mirage.emulator.peripheral.SerialInput;
import mirage.emulator.run.HostInput.Waited;
import org.junit.jupiter.api.Test;

class HostInputTest {
  @Test
  void takesWhatIsThereWithoutWaiting() throws InterruptedException {
    HostInput input = new HostInput(new ByteArrayInputStream(new byte[] {1, (byte) 0xFF}));
    assertThat(input.ready()).isTrue();
    assertThat(input.poll()).isEqualTo(1);
    assertThat(input.poll()).isEqualTo(0xFF);
    assertThat(input.poll()).isEqualTo(-1);
    assertThat(input.await(10_000)).isEqualTo(Waited.INPUT);
    assertThat(input.poll()).isEqualTo(SerialInput.BREAK);
    assertThat(input.poll()).isEqualTo(-1);
    assertThat(input.await(10_000)).isEqualTo(Waited.ENDED);
  }

  @Test
  void waitsForWhatComesLater() throws IOException, InterruptedException {
    PipedOutputStream sender = new PipedOutputStream();
    try (PipedInputStream stream = new PipedInputStream(sender)) {
      HostInput input = new HostInput(stream);
      assertThat(input.ready()).isFalse();
      assertThat(input.await(20)).isEqualTo(Waited.TIME_OUT);
      sender.write('x');
      sender.flush();
      assertThat(input.await(10_000)).isEqualTo(Waited.INPUT);
      assertThat(input.poll()).isEqualTo('x');
      sender.close();
      assertThat(input.await(10_000)).isEqualTo(Waited.INPUT);
      assertThat(input.poll()).isEqualTo(SerialInput.BREAK);
      assertThat(input.await(10_000)).isEqualTo(Waited.ENDED);
    }
  }
}
