// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import mirage.emulator.peripheral.SerialInput;

/** Bytes of a host stream for the serial line, read by a thread of its own so that the machine need not block. */
final class HostInput implements SerialInput {
  private static final int CHUNK = 4096;

  private final InputStream stream;
  private byte[] chunk = new byte[0];
  private int used;
  private boolean ended;

  HostInput(InputStream stream) {
    this.stream = stream;
    Thread reader = new Thread(this::read, "serial input");
    reader.setDaemon(true);
    reader.start();
  }

  /** What a wait for input ended with. */
  enum Waited {
    INPUT,
    ENDED,
    TIME_OUT
  }

  @Override
  public synchronized int poll() {
    if (used == chunk.length) {
      return -1;
    }
    int next = chunk[used++] & 0xFF;
    if (used == chunk.length) {
      notifyAll();
    }
    return next;
  }

  synchronized boolean ready() {
    return used < chunk.length;
  }

  /** Waits until there is a byte or the stream has ended, at most {@code millis}. */
  synchronized Waited await(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (used == chunk.length && !ended) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return Waited.TIME_OUT;
      }
      wait(left);
    }
    return used < chunk.length ? Waited.INPUT : Waited.ENDED;
  }

  private void read() {
    byte[] buffer = new byte[CHUNK];
    try {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        offer(buffer, n);
      }
    } catch (IOException e) {
      // A stream that breaks is one that has ended.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      ended = true;
      notifyAll();
    }
  }

  private synchronized void offer(byte[] buffer, int count) throws InterruptedException {
    while (used < chunk.length) {
      wait();
    }
    chunk = Arrays.copyOf(buffer, count);
    used = 0;
    notifyAll();
  }
}
