// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.board;

/**
 * A cable to an Ethernet, seen from the socket it is plugged into. Frames are as on the wire without preamble: from
 * the first byte of the destination to the last of the frame check sequence ({@link Frames}). Whoever gets a
 * frame does not change it.
 */
public interface FrameLink {
  /** What {@link #arrival} answers while no frame is on its way. */
  long NEVER = Long.MAX_VALUE;

  /** No cable. */
  FrameLink NONE =
      new FrameLink() {
        @Override
        public boolean connected() {
          return false;
        }

        @Override
        public void send(long tick, byte[] frame) {}

        @Override
        public long arrival() {
          return NEVER;
        }

        @Override
        public byte[] receive(long tick) {
          throw new IllegalStateException("no frame");
        }
      };

  /**
   * Whether the far end holds frames back while the socket has no room for them, as a partner does that is asked to
   * pause (IEEE 802.3, annex 31B). Otherwise they are lost.
   */
  default boolean waits() {
    return false;
  }

  /** Whether there is a partner at the far end that is switched on. */
  boolean connected();

  /**
   * Sends a frame.
   *
   * @param tick of virtual time at which its last bit leaves
   */
  void send(long tick, byte[] frame);

  /** The tick at which the last bit of the next frame arrives; in the past if it is overdue. */
  long arrival();

  /**
   * Takes the next frame; there is one.
   *
   * @param tick of virtual time: now
   */
  byte[] receive(long tick);
}
