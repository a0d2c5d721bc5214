// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import mirage.emulator.board.FrameLink;
import mirage.emulator.board.Frames;

/** Records what passes over a cable. */
final class PcapLink implements FrameLink {
  private final FrameLink cable;
  private final PcapFile file;

  /** {@code cable} is what is recorded. */
  PcapLink(FrameLink cable, PcapFile file) {
    this.cable = cable;
    this.file = file;
  }

  @Override
  public boolean waits() {
    return cable.waits();
  }

  @Override
  public boolean connected() {
    return cable.connected();
  }

  @Override
  public void send(long tick, byte[] frame) {
    record(tick, frame);
    cable.send(tick, frame);
  }

  @Override
  public long arrival() {
    return cable.arrival();
  }

  @Override
  public byte[] receive(long tick) {
    byte[] frame = cable.receive(tick);
    record(tick, frame);
    return frame;
  }

  private void record(long tick, byte[] frame) {
    file.record(tick, frame, Math.max(0, frame.length - Frames.FCS));
  }
}
