// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.gdb;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Packets over a TCP connection: {@code $data#checksum}, acknowledged by + or - until both sides agree not
 * to. A thread reads, so
 * that an interrupt request (the byte 3) is seen while the machine runs.
 */
final class RemoteLink implements AutoCloseable {
  /** What {@link #receive} gives when the connection has ended. */
  static final String CLOSED = "\u0000closed";

  /** Longest packet accepted, in bytes. */
  static final int MAX_PACKET = 0x4000;

  private static final int INTERRUPT = 3;

  private final Socket socket;
  private final OutputStream out;
  private final BlockingQueue<String> packets = new LinkedBlockingQueue<>();
  private final Runnable onInterrupt;
  private volatile boolean acknowledge = true;
  private volatile boolean released;

  /** {@code onInterrupt} is called on the reading thread. */
  RemoteLink(Socket socket, Runnable onInterrupt) throws IOException {
    this.socket = socket;
    this.onInterrupt = onInterrupt;
    this.out = socket.getOutputStream();
    socket.setTcpNoDelay(true);
    InputStream in = new BufferedInputStream(socket.getInputStream());
    Thread reader = new Thread(() -> read(in), "debugger");
    reader.setDaemon(true);
    reader.start();
  }

  /** The next packet's data, or {@link #CLOSED}. */
  String receive() throws InterruptedException {
    return packets.take();
  }

  /** Sends a packet; a broken connection shows at the next {@link #receive}. */
  void send(String data) {
    byte[] bytes = data.getBytes(StandardCharsets.ISO_8859_1);
    int sum = 0;
    for (byte b : bytes) {
      sum += b;
    }
    raw("$" + data + "#" + String.format("%02x", sum & 0xFF));
  }

  /** No more acknowledgements, as agreed by QStartNoAckMode. */
  void stopAcknowledging() {
    acknowledge = false;
  }

  /** From now on neither an interrupt request nor the end of the connection concerns the machine. */
  void release() {
    released = true;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void raw(String text) {
    try {
      synchronized (out) {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
      }
    } catch (IOException e) {
      packets.add(CLOSED);
    }
  }

  private void read(InputStream in) {
    try {
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b == INTERRUPT) {
          interrupt();
        } else if (b == '$') {
          readPacket(in);
        }
      }
    } catch (IOException e) {
      // The debugger is gone; reported below like an orderly end.
    }
    packets.add(CLOSED);
    interrupt();
  }

  private void interrupt() {
    if (!released) {
      onInterrupt.run();
    }
  }

  private void readPacket(InputStream in) throws IOException {
    StringBuilder data = new StringBuilder();
    int sum = 0;
    for (int b = in.read(); b != '#'; b = in.read()) {
      if (b < 0 || data.length() > MAX_PACKET) {
        throw new IOException("packet too long or cut off");
      }
      sum += b;
      if (b == '}') {
        b = in.read();
        sum += b;
        b ^= 0x20;
      }
      data.append((char) b);
    }
    int expected = Character.digit(in.read(), 16) << 4 | Character.digit(in.read(), 16);
    boolean good = (sum & 0xFF) == expected;
    if (acknowledge) {
      raw(good ? "+" : "-");
    }
    if (good || !acknowledge) {
      packets.add(data.toString());
    }
  }
}
