// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import mirage.emulator.board.Bell;
import mirage.emulator.board.FrameLink;
import mirage.emulator.board.Frames;
import mirage.emulator.board.Source;

/**
 * A cable whose far end is a stream socket: each frame, without FCS, behind its length in four bytes, the highest first;
 * what passt and QEMU speak. A thread reads ahead; when the chip is slow it lets the peer wait.
 */
final class StreamLink implements FrameLink, Source, AutoCloseable {
  /** Frames that are read ahead. */
  private static final int AHEAD = 256;

  private static final int LONGEST = 65535;
  private static final int IPV6_HEADER = 40;

  private final SocketChannel channel;
  private final Runnable onEnd;
  private final BlockingQueue<byte[]> incoming = new ArrayBlockingQueue<>(AHEAD);
  private volatile boolean over;
  private volatile boolean closed;
  private volatile Bell bell = new Bell();
  private Consumer<byte[]> watch = frame -> {};

  /**
   * Takes the connected {@code channel} over.
   *
   * @param onEnd called by the reading thread when the far end has closed it
   */
  StreamLink(SocketChannel channel, Runnable onEnd) {
    this.channel = channel;
    this.onEnd = onEnd;
    Thread reader = new Thread(this::read, "network");
    reader.setDaemon(true);
    reader.start();
  }

  /** Shows what is sent from now on to somebody. */
  void watch(Consumer<byte[]> watcher) {
    watch = watcher;
  }

  /** passt takes its socket for a wire that loses nothing, and sends little again. */
  @Override
  public boolean waits() {
    return true;
  }

  @Override
  public boolean connected() {
    return !over;
  }

  @Override
  public boolean ready() {
    return !incoming.isEmpty();
  }

  @Override
  public boolean ended() {
    return over && incoming.isEmpty();
  }

  @Override
  public void expect(Bell toRing) {
    bell = toRing;
    if (ready() || over) {
      toRing.ring();
    }
  }

  @Override
  public long arrival() {
    return incoming.isEmpty() ? NEVER : 0;
  }

  @Override
  public byte[] receive(long tick) {
    return incoming.remove();
  }

  /** What is damaged ends at the far end's own check. */
  @Override
  public void send(long tick, byte[] frame) {
    if (over || !Frames.intact(frame)) {
      return;
    }
    watch.accept(frame);
    int length = contentLength(frame);
    ByteBuffer message =
        ByteBuffer.allocate(Integer.BYTES + length).putInt(length).put(frame, 0, length).flip();
    try {
      while (message.hasRemaining()) {
        channel.write(message);
      }
    } catch (IOException e) {
      over = true;
    }
  }

  /**
   * The length of a frame without FCS, and without the padding behind a short IP packet: passt takes no packet for one
   * that does not end with its frame.
   */
  private static int contentLength(byte[] frame) {
    int length = frame.length - Frames.FCS;
    if (frame.length > Frames.SHORTEST) {
      return length;
    }
    int packet =
        switch (Frames.type(frame)) {
          case Frames.IPV4 -> word(frame, Frames.HEADER + 2);
          case Frames.IPV6 -> IPV6_HEADER + word(frame, Frames.HEADER + 4);
          default -> length;
        };
    return Math.min(length, Frames.HEADER + packet);
  }

  private static int word(byte[] frame, int at) {
    return (frame[at] & 0xFF) << 8 | frame[at + 1] & 0xFF;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    over = true;
    channel.close();
  }

  private void read() {
    try (DataInputStream in = new DataInputStream(Channels.newInputStream(channel))) {
      while (true) {
        int length = in.readInt();
        if (length < 0 || length > LONGEST) {
          throw new EOFException("a frame of " + length + " bytes");
        }
        incoming.put(Frames.seal(in.readNBytes(length)));
        bell.ring();
      }
    } catch (IOException e) {
      over = true;
    } catch (InterruptedException e) {
      over = true;
      Thread.currentThread().interrupt();
    }
    if (!closed) {
      onEnd.run();
    }
    bell.ring();
  }
}
