// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import mirage.emulator.EmulatorException;
import mirage.emulator.board.FrameLink;
import mirage.emulator.board.Frames;
import mirage.emulator.clock.Clock;

/**
 * Records what passes over a cable in the classic pcap format, with nanoseconds since the chip's power-on as times, so
 * that the same run gives the same file. Frames are recorded without FCS.
 */
final class PcapLink implements FrameLink {
  private static final int MAGIC_NANOSECONDS = 0xA1B23C4D;
  private static final int ETHERNET = 1;
  private static final int LONGEST = 65535;
  private static final int FILE_HEADER = 24;
  private static final int FRAME_HEADER = 16;

  private final FrameLink cable;
  private final OutputStream out;

  /** Writes to {@code out}, which the caller closes; {@code cable} is what is recorded. */
  PcapLink(FrameLink cable, OutputStream out) {
    this.cable = cable;
    this.out = out;
    write(
        buffer(FILE_HEADER)
            .putInt(MAGIC_NANOSECONDS)
            .putShort((short) 2)
            .putShort((short) 4)
            .putInt(0)
            .putInt(0)
            .putInt(LONGEST)
            .putInt(ETHERNET));
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
    long seconds = tick / Clock.TICKS_PER_SECOND;
    long nanos = tick % Clock.TICKS_PER_SECOND * 25 / 12;
    int length = Math.max(0, frame.length - Frames.FCS);
    write(
        buffer(FRAME_HEADER + length)
            .putInt((int) seconds)
            .putInt((int) nanos)
            .putInt(length)
            .putInt(length)
            .put(frame, 0, length));
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void write(ByteBuffer content) {
    try {
      out.write(content.array());
    } catch (IOException e) {
      throw new EmulatorException("cannot record frames: " + e.getMessage(), e);
    }
  }
}
