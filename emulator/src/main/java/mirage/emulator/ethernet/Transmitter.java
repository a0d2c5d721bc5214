// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.ethernet;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import mirage.emulator.board.Frames;
import mirage.emulator.bus.AccessFault;
import mirage.emulator.bus.Dma;
import mirage.emulator.clock.Alarm;
import mirage.emulator.clock.Clock;
import mirage.emulator.ethernet.DmaStatus.Process;

/**
 * The transmit process of the DMA (TRM, "DMA Transmission"): gathers a frame from the descriptors that belong to
 * it, has it completed and sent, and gives the descriptors back.
 */
final class Transmitter {
  private static final int OWN = 1 << 31;
  private static final int INTERRUPT = 1 << 30;
  private static final int LAST = 1 << 29;
  private static final int FIRST = 1 << 28;
  private static final int NO_CRC = 1 << 27;
  private static final int NO_PAD = 1 << 26;
  private static final int CHECKSUM = 22;
  private static final int END_OF_RING = 1 << 21;
  private static final int CHAINED = 1 << 20;

  /** Bits of word 0 that the DMA writes. */
  private static final int STATUS = 0x1FFFF;

  private static final int ERROR_SUMMARY = 1 << 15;
  private static final int JABBER = 1 << 14;
  private static final int FLUSHED = 1 << 13;
  private static final int LOSS_OF_CARRIER = 1 << 11;
  private static final int NO_CARRIER = 1 << 10;

  /** A frame longer than this is cut unless the MAC is told not to. */
  private static final int LONGEST = 2048;

  private static final int BUFFER = 0x1FFF;
  private static final int SECOND_BUFFER = 16;

  private final Dma memory;
  private final DescriptorRing ring;
  private final DmaStatus status;
  private final Line line;
  private final Clock clock;
  private final Alarm sent;
  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
  private int control;
  private int result;
  private byte[] frame;
  private boolean running;
  private boolean storeAndForward;

  /** What the MAC does with frames that leave. */
  interface Line {
    /** Whether the MAC's transmitter is enabled. */
    boolean enabled();

    /** Whether it lets frames of any length through. */
    boolean unlimited();

    /** Ticks from the first bit of a frame of {@code length} bytes to the end of the gap behind it. */
    long duration(int length);

    /** Sends a frame whose last bit leaves now; false if there was no carrier. */
    boolean send(byte[] frame);
  }

  Transmitter(Dma memory, DescriptorRing ring, DmaStatus status, Line line, Clock clock) {
    this.memory = memory;
    this.ring = ring;
    this.status = status;
    this.line = line;
    sent = clock.alarm("EMAC frame sent", this::complete);
    this.clock = clock;
  }

  /** Start or stop of the process, and whether whole frames are stored before they are sent. */
  void control(boolean start, boolean wholeFrames) {
    storeAndForward = wholeFrames;
    if (start && !running) {
      running = true;
      poll();
    } else if (!start && running) {
      running = false;
      if (frame == null) {
        stopped();
      }
    }
  }

  /** The program has prepared descriptors, or the MAC was enabled. */
  void poll() {
    if (frame == null) {
      if (running && !status.stoppedByBus()) {
        fetch();
      }
    } else if (!sent.armed() && line.enabled()) {
      sent.set(clock.now() + line.duration(frame.length));
    }
  }

  /** Throws away a frame that is not sent yet. */
  void flush() {
    gathered.reset();
    if (frame != null) {
      result |= FLUSHED | ERROR_SUMMARY;
      sent.cancel();
      finish();
    }
  }

  boolean busy() {
    return sent.armed();
  }

  void reset() {
    sent.cancel();
    gathered.reset();
    frame = null;
    running = false;
    storeAndForward = false;
  }

  private void stopped() {
    status.transmitter(Process.STOPPED);
    status.raise(DmaStatus.TX_STOPPED);
  }

  /** Gathers a frame as far as its descriptors go, and begins to send it once it is whole. */
  private void fetch() {
    boolean descriptor = true;
    try {
      int word = ring.word(0);
      while ((word & OWN) != 0) {
        if ((word & FIRST) != 0) {
          gathered.reset();
          control = word;
        }
        int lengths = ring.word(1);
        descriptor = false;
        gather(ring.word(2), lengths & BUFFER);
        if ((word & CHAINED) == 0) {
          gather(ring.word(3), lengths >>> SECOND_BUFFER & BUFFER);
        }
        descriptor = true;
        if ((word & LAST) != 0) {
          begin();
          return;
        }
        ring.set(0, word & ~OWN);
        advance(word);
        word = ring.word(0);
      }
      status.transmitter(Process.SUSPENDED);
      boolean starved = gathered.size() > 0 && !storeAndForward;
      status.raise(DmaStatus.TX_NO_BUFFER | (starved ? DmaStatus.TX_UNDERFLOW : 0));
    } catch (AccessFault e) {
      busError(e, descriptor);
    }
  }

  private void busError(AccessFault fault, boolean descriptor) {
    gathered.reset();
    frame = null;
    status.transmitter(Process.STOPPED);
    status.raiseBusError(true, fault.access() == AccessFault.Access.LOAD, descriptor);
  }

  private void gather(int address, int length) {
    byte[] part = new byte[length];
    memory.read(address, part, 0, length);
    gathered.writeBytes(part);
  }

  private void begin() {
    byte[] content = gathered.toByteArray();
    gathered.reset();
    result = 0;
    int mode = control >>> CHECKSUM & 3;
    if (mode != 0 && storeAndForward) {
      Checksums.insert(content, Checksums.Insertion.values()[mode]);
    }
    if ((control & NO_CRC) != 0) {
      frame = content;
    } else {
      frame = (control & NO_PAD) != 0 ? Frames.withCheck(content) : Frames.seal(content);
    }
    if (frame.length > LONGEST && !line.unlimited()) {
      frame = Arrays.copyOf(frame, LONGEST);
      result = JABBER | ERROR_SUMMARY;
      status.raise(DmaStatus.TX_JABBER);
    }
    status.transmitter(Process.TRANSFERRING);
    poll();
  }

  private void complete() {
    if (!line.send(frame)) {
      result |= NO_CARRIER | LOSS_OF_CARRIER | ERROR_SUMMARY;
    }
    finish();
  }

  /** Gives the last descriptor back with the result, and goes on. */
  private void finish() {
    frame = null;
    try {
      int word = ring.word(0);
      ring.set(0, word & ~(OWN | STATUS) | result);
      advance(word);
      if ((word & INTERRUPT) != 0) {
        status.raise(DmaStatus.TX_DONE);
      }
    } catch (AccessFault e) {
      busError(e, true);
      return;
    }
    if (running) {
      fetch();
    } else {
      stopped();
    }
  }

  private void advance(int word) {
    ring.advance((word & END_OF_RING) != 0, (word & CHAINED) != 0);
  }
}
