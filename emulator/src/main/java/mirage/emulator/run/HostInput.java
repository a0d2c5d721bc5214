// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import mirage.emulator.board.Bell;
import mirage.emulator.board.SerialInput;
import mirage.emulator.board.Source;

/**
 * Bytes of a host stream for the serial line, and a break at their end, which a line has no other sign for. What the stream has ready is taken at once, so that a file or a
 * filled pipe is read at the same virtual times in every run; only a wait for more uses a thread.
 */
final class HostInput implements SerialInput, Source {
  private static final int CHUNK = 4096;

  private final InputStream stream;
  private byte[] chunk = new byte[0];
  private int used;
  private boolean reading;
  private boolean ended;
  private boolean told;

  HostInput(InputStream stream) {
    this.stream = stream;
  }

  @Override
  public synchronized int poll() {
    if (!ready()) {
      return -1;
    }
    if (used < chunk.length) {
      return chunk[used++] & 0xFF;
    }
    told = true;
    return BREAK;
  }

  /** Whether a byte, or the break at the end, can be had without waiting. */
  @Override
  public synchronized boolean ready() {
    if (used == chunk.length && !reading && !ended) {
      try {
        int count = Math.min(CHUNK, stream.available());
        if (count > 0) {
          take(stream.readNBytes(count));
        }
      } catch (IOException e) {
        ended = true;
      }
    }
    return used < chunk.length || ended && !told;
  }

  @Override
  public synchronized boolean ended() {
    return ended && told;
  }

  @Override
  public synchronized void expect(Bell bell) {
    if (!ready() && !ended && !reading) {
      reading = true;
      Thread reader = new Thread(() -> read(bell), "serial input");
      reader.setDaemon(true);
      reader.start();
    }
  }

  /** One read that may block for ever; a stream that breaks is one that has ended. */
  private void read(Bell bell) {
    byte[] buffer = new byte[CHUNK];
    int count;
    try {
      count = stream.read(buffer);
    } catch (IOException e) {
      count = -1;
    }
    synchronized (this) {
      reading = false;
      if (count >= 0) {
        take(Arrays.copyOf(buffer, count));
      } else {
        ended = true;
      }
    }
    bell.ring();
  }

  private void take(byte[] bytes) {
    chunk = bytes;
    used = 0;
  }
}
