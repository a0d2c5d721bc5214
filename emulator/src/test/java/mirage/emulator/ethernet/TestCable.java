// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.ethernet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import mirage.emulator.board.FrameLink;

/** A cable whose far end is the test. */
public final class TestCable implements FrameLink {
  public final List<byte[]> sent = new ArrayList<>();
  public final List<Long> sentAt = new ArrayList<>();
  public final Deque<byte[]> incoming = new ArrayDeque<>();
  public boolean connected = true;
  public boolean waits;

  @Override
  public boolean connected() {
    return connected;
  }

  @Override
  public boolean waits() {
    return waits;
  }

  @Override
  public void send(long tick, byte[] frame) {
    sent.add(frame);
    sentAt.add(tick);
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
