// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import mirage.emulator.EmulatorException;
import mirage.emulator.clock.Clock;

/**
 * A record of frames in the classic pcap format, with nanoseconds since the chip's power-on as times, so that the same run
 * gives the same file. Frames are recorded without FCS.
 */
final class PcapFile {
  /** Link types. */
  static final int ETHERNET = 1;

  static final int IEEE802_11 = 105;

  private static final int MAGIC_NANOSECONDS = 0xA1B23C4D;
  private static final int LONGEST = 65535;
  private static final int FILE_HEADER = 24;
  private static final int FRAME_HEADER = 16;

  private final OutputStream out;

  /** Writes to {@code out}, which the caller closes. */
  PcapFile(OutputStream out, int linkType) {
    this.out = out;
    write(
        buffer(FILE_HEADER)
            .putInt(MAGIC_NANOSECONDS)
            .putShort((short) 2)
            .putShort((short) 4)
            .putInt(0)
            .putInt(0)
            .putInt(LONGEST)
            .putInt(linkType));
  }

  /** Records the first {@code length} bytes of a frame. */
  void record(long tick, byte[] frame, int length) {
    long seconds = tick / Clock.TICKS_PER_SECOND;
    long nanos = tick % Clock.TICKS_PER_SECOND * 25 / 12;
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
