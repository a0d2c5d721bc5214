// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.ethernet;

import java.util.ArrayDeque;
import java.util.Deque;
import mirage.emulator.bus.AccessFault;
import mirage.emulator.bus.Dma;
import mirage.emulator.clock.Alarm;
import mirage.emulator.clock.Clock;
import mirage.emulator.clock.ClockTree;
import mirage.emulator.ethernet.DmaStatus.Process;

/**
 * The receive process of the DMA (TRM, "DMA Reception"): moves frames from the FIFO into the buffers of descriptors,
 * and counts those it finds no room for.
 */
final class Receiver {
  private static final int OWN = 1 << 31;
  private static final int LENGTH = 16;
  private static final int ERROR_SUMMARY = 1 << 15;
  private static final int DESCRIPTOR_ERROR = 1 << 14;
  private static final int FIRST = 1 << 9;
  private static final int LAST = 1 << 8;
  private static final int NO_INTERRUPT = 1 << 31;
  private static final int END_OF_RING = 1 << 15;
  private static final int CHAINED = 1 << 14;
  private static final int BUFFER = 0x1FFF;
  private static final int SECOND_BUFFER = 16;
  private static final int EXTENDED = 1;
  private static final int EXTENDED_STATUS = 4;

  /** Bytes the FIFO holds. */
  private static final int FIFO = 2048;

  /** Bus clock cycles in a unit of the receive interrupt watchdog. */
  private static final int WATCHDOG_UNIT = 256;

  private final Dma memory;
  private final DescriptorRing ring;
  private final DmaStatus status;
  private final Clock clock;
  private final ClockTree clocks;
  private final Alarm watchdog;
  private final Deque<ReceivedFrame> fifo = new ArrayDeque<>();
  private int fifoBytes;
  private boolean running;
  private boolean keeps;
  private int watchdogUnits;
  private int missed;
  private int overflowed;
  private boolean inBuffer;

  Receiver(Dma memory, DescriptorRing ring, DmaStatus status, Clock clock, ClockTree clocks) {
    this.memory = memory;
    this.ring = ring;
    this.status = status;
    this.clock = clock;
    this.clocks = clocks;
    watchdog = clock.alarm("EMAC receive watchdog", () -> status.raise(DmaStatus.RX_DONE));
  }

  /** Start or stop of the process, and whether frames without a buffer stay in the FIFO. */
  void control(boolean start, boolean keepsFrames) {
    keeps = keepsFrames;
    if (start && !running) {
      running = true;
      poll();
    } else if (!start && running) {
      running = false;
      status.receiver(Process.STOPPED);
      status.raise(DmaStatus.RX_STOPPED);
    }
  }

  boolean running() {
    return running && !status.stoppedByBus();
  }

  /** How long a frame that asks for no interrupt at once may go without one; 0 for ever. */
  void watchdog(int units) {
    watchdogUnits = units;
  }

  /** The program has given descriptors back. */
  void poll() {
    if (running()) {
      drain();
    }
  }

  /** A frame that passed the MAC. */
  void arrive(ReceivedFrame frame) {
    if (fifoBytes + frame.bytes().length > Math.max(FIFO, frame.bytes().length)) {
      overflowed++;
      status.raise(DmaStatus.RX_OVERFLOW);
      return;
    }
    fifo.add(frame);
    fifoBytes += frame.bytes().length;
    poll();
  }

  /** Whether a frame of {@code length} bytes would find buffers now, or will never do. */
  boolean hasRoom(int length) {
    if (!running()) {
      return true;
    }
    int start = ring.current();
    int room = 0;
    try {
      while (room < length && (ring.word(0) & OWN) != 0) {
        int word = ring.word(1);
        boolean chained = (word & CHAINED) != 0;
        room += (word & BUFFER) + (chained ? 0 : word >>> SECOND_BUFFER & BUFFER);
        ring.advance((word & END_OF_RING) != 0, chained);
        if (ring.current() == start) {
          return true;
        }
      }
      return room >= length;
    } catch (AccessFault e) {
      return true;
    } finally {
      ring.goTo(start);
    }
  }

  /** The counters of lost frames (TRM, DMAMISSEDFR_REG); they start again. */
  int takeMissed() {
    int word = missed & 0xFFFF | (missed > 0xFFFF ? 1 << 16 : 0);
    word |= (overflowed & 0x7FF) << 17 | (overflowed > 0x7FF ? 1 << 28 : 0);
    missed = 0;
    overflowed = 0;
    return word;
  }

  void reset() {
    clear();
    watchdog.cancel();
    running = false;
    keeps = false;
    watchdogUnits = 0;
    missed = 0;
    overflowed = 0;
    inBuffer = false;
  }

  private void clear() {
    fifo.clear();
    fifoBytes = 0;
  }

  /** Empties the FIFO as far as there are descriptors, and looks whether there is one for the next frame. */
  private void drain() {
    try {
      while ((ring.word(0) & OWN) != 0) {
        ReceivedFrame next = fifo.poll();
        if (next == null) {
          status.receiver(Process.WAITING);
          return;
        }
        fifoBytes -= next.bytes().length;
        store(next);
      }
    } catch (AccessFault e) {
      clear();
      status.receiver(Process.STOPPED);
      status.raiseBusError(false, e.access() == AccessFault.Access.LOAD, !inBuffer);
      return;
    }
    if (!keeps) {
      missed += fifo.size();
      clear();
    }
    status.receiver(Process.SUSPENDED);
    status.raise(DmaStatus.RX_NO_BUFFER);
  }

  /** Puts a frame into as many descriptors as it needs, and cuts it off if there are too few. */
  private void store(ReceivedFrame frame) {
    int done = 0;
    int length = frame.bytes().length;
    int first = FIRST;
    while (true) {
      int word = ring.word(1);
      boolean chained = (word & CHAINED) != 0;
      done += fill(ring.word(2), word & BUFFER, frame, done);
      if (!chained) {
        done += fill(ring.word(3), word >>> SECOND_BUFFER & BUFFER, frame, done);
      }
      int address = ring.current();
      ring.advance((word & END_OF_RING) != 0, chained);
      boolean whole = done == length;
      boolean cut = !whole && (ring.word(0) & OWN) == 0;
      if (whole || cut) {
        close(address, frame, first | LAST | (cut ? DESCRIPTOR_ERROR | ERROR_SUMMARY : 0));
        interrupt((word & NO_INTERRUPT) == 0);
        return;
      }
      memory.store32(address, first);
      status.raise(DmaStatus.RX_EARLY);
      first = 0;
    }
  }

  private void close(int address, ReceivedFrame frame, int marks) {
    int word = frame.status() | marks | frame.bytes().length << LENGTH;
    if ((word & EXTENDED) != 0) {
      memory.store32(address + 4 * EXTENDED_STATUS, frame.extended());
    }
    memory.store32(address, word);
  }

  private int fill(int address, int size, ReceivedFrame frame, int done) {
    int count = Math.min(size, frame.bytes().length - done);
    inBuffer = true;
    memory.write(address, frame.bytes(), done, count);
    inBuffer = false;
    return count;
  }

  private void interrupt(boolean atOnce) {
    if (atOnce) {
      watchdog.cancel();
      status.raise(DmaStatus.RX_DONE);
    } else if (watchdogUnits > 0 && !watchdog.armed()) {
      watchdog.set(clock.now() + (long) watchdogUnits * WATCHDOG_UNIT * clocks.apbTicks());
    }
  }
}
