// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import mirage.device.Target;
import mirage.emulator.Esp32;
import mirage.emulator.Host;
import mirage.emulator.Outcome;
import mirage.emulator.board.FrameLink;
import mirage.emulator.board.Frames;
import mirage.emulator.clock.Clock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver of the chip's Ethernet MAC, by a program in C ({@code c/net.c}) whose cable ends in the test. */
class NetTest {
  private static final long MS = 1000 * Clock.TICKS_PER_MICROSECOND;
  private static final int LONGEST = EchoFrames.HEADER + 1500;
  private static final int BUFFERS = 40;

  @TempDir static Path folder;
  private static byte[] image;

  private final Far far = new Far();
  private final StringBuilder console = new StringBuilder();
  private final Esp32 machine =
      Esp32.builder()
          .flash(image)
          .console(c -> console.append((char) c))
          .ethernet(far)
          .host(new TimePasses())
          .build();
  private byte[] mac;

  /** The far end of the cable. */
  private static final class Far implements FrameLink {
    private final Deque<byte[]> incoming = new ArrayDeque<>();
    private final List<byte[]> received = new ArrayList<>();

    @Override
    public boolean connected() {
      return true;
    }

    @Override
    public void send(long tick, byte[] frame) {
      assertThat(Frames.intact(frame)).isTrue();
      received.add(Frames.content(frame));
    }

    @Override
    public long arrival() {
      return incoming.isEmpty() ? NEVER : 0;
    }

    @Override
    public byte[] receive(long tick) {
      return incoming.remove();
    }
  }

  private static final class TimePasses implements Host {
    @Override
    public long pace(Esp32 machine, long now, long target) {
      return target;
    }

    @Override
    public long await(Esp32 machine, long now, long until) {
      return until;
    }
  }

  @BeforeAll
  static void compile() throws IOException {
    image = CProgram.compile(Target.ESP32, "net", folder).image("", Map.of());
  }

  private void start() {
    machine.boot();
    run(1000);
    assertThat(console.toString())
        .isEqualTo("nowhere -1\nopen 0\nagain 1\nmac 19\nshort -2\nlink\n");
    mac = new byte[] {0x24, 0x0A, (byte) 0xC4, 0, 1, 0x13};
  }

  private Outcome run(long milliseconds) {
    return machine.run(machine.now() + milliseconds * MS);
  }

  private byte[] frame(char what, int size) {
    return EchoFrames.frame(mac, what, size);
  }

  private byte[] answer(byte[] frame) {
    return EchoFrames.answer(mac, frame);
  }

  private void send(byte[]... frames) {
    for (byte[] frame : frames) {
      far.incoming.add(Frames.seal(frame));
    }
    machine.ethernet().inputArrived();
  }

  private void end(String counters) {
    send(frame('q', 60));
    assertThat(run(100)).isEqualTo(new Outcome(Outcome.Kind.HALTED, 0, ""));
    assertThat(console.toString()).endsWith("link\n" + counters);
  }

  @Test
  void framesOfEveryLengthComeBackUnchanged() {
    start();
    List<byte[]> expected = new ArrayList<>();
    for (int size = 60; size <= LONGEST; size += 59) {
      byte[] frame = frame('e', size);
      expected.add(answer(frame));
      send(frame);
      run(2);
    }
    expected.add(answer(frame('e', LONGEST)));
    send(frame('e', LONGEST));
    run(2);
    assertThat(far.received).containsExactlyElementsOf(expected);
    long instructions = machine.instructions();
    run(1000);
    assertThat(machine.instructions()).as("an idle chip").isEqualTo(instructions);
    end("missed 0\ndamaged 0\nfailed 0\n");
  }

  @Test
  void aBurstWaitsForRoomAndLeavesInOrder() {
    start();
    send(frame('b', 60));
    run(100);
    assertThat(far.received).hasSize(40);
    for (int i = 0; i < 40; i++) {
      assertThat(far.received.get(i)).hasSize(LONGEST - i);
      assertThat(far.received.get(i)[EchoFrames.HEADER + 1]).isEqualTo((byte) i);
    }
    end("waited 1\nmissed 0\ndamaged 0\nfailed 0\n");
  }

  @Test
  void framesThatFindNoBufferAreCountedAndTheNextOnesArrive() {
    start();
    send(frame('s', 60));
    run(10);
    for (int i = 0; i < BUFFERS + 7; i++) {
      send(frame('e', 100 + i));
    }
    run(100);
    assertThat(far.received).hasSize(BUFFERS);
    send(frame('e', 200));
    run(10);
    assertThat(far.received.get(BUFFERS)).isEqualTo(answer(frame('e', 200)));
    end("missed 7\ndamaged 0\nfailed 0\n");
  }

  @Test
  void whatIsNotForUsOrDamagedIsNotSeen() {
    start();
    byte[] stranger = frame('e', 60);
    stranger[5]++;
    byte[] damaged = Frames.seal(frame('e', 60));
    damaged[30]++;
    far.incoming.add(damaged);
    send(stranger);
    run(10);
    assertThat(far.received).isEmpty();
    byte[] all = frame('e', 60);
    Arrays.fill(all, 0, 6, (byte) 0xFF);
    send(all);
    run(10);
    assertThat(far.received).containsExactly(answer(all));
    end("missed 0\ndamaged 0\nfailed 0\n");
  }
}
