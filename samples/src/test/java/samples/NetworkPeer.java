// SPDX-License-Identifier: Apache-2.0
package samples;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The far end of a campaign: Linux's TCP/IP, in a network namespace with the unikernel of {@code network-campaign} at
 * 10.0.0.2. A program of its own, because a namespace is a process's.
 */
public final class NetworkPeer {
  private static final String ADDRESS = "10.0.0.2";
  private static final int ECHO = 7;
  private static final int SOURCE = 19;
  private static final int STATE = 13;
  private static final int PATIENCE_MILLIS = 240_000;
  private static final int SENT = 300_000;

  private NetworkPeer() {}

  /**
   * Arguments: bytes to echo, connections in a row, connections at once (0: none).
   *
   * <p>Prints a line for each step, and fails if a byte is wrong, a connection is kept or memory grows.
   */
  public static void main(String[] arguments) throws Exception {
    int bytes = Integer.parseInt(arguments[0]);
    int row = Integer.parseInt(arguments[1]);
    int once = Integer.parseInt(arguments[2]);
    long[] start = await();
    say("up", "%d words live".formatted(start[2]));
    byte[] data = new byte[bytes];
    new Random(1).nextBytes(data);
    timed("echo of %d bytes".formatted(bytes), () -> check(Arrays.equals(echo(data), data)));
    timed("source", NetworkPeer::source);
    timed("settled", NetworkPeer::settle);
    long before = state()[2];
    timed("%d connections in a row".formatted(row), () -> inRow(row));
    if (once > 0) {
      timed("%d at once".formatted(once), () -> atOnce(once));
      timed("%d not read".formatted(once - 1), () -> unread(once - 1));
    }
    timed("settled", NetworkPeer::settle);
    long after = state()[2];
    say("memory", "%d words live before, %d after".formatted(before, after));
    check(after < before + before / 20 + 1000);
    System.out.println("all is well");
  }

  private interface Step {
    void run() throws Exception;
  }

  private static void timed(String name, Step step) throws Exception {
    long start = System.nanoTime();
    step.run();
    say(name, "%.1f s".formatted((System.nanoTime() - start) / 1e9));
  }

  private static void say(String step, String what) {
    System.out.println(step + ": " + what);
  }

  private static void check(boolean right) {
    if (!right) {
      throw new AssertionError("wrong");
    }
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(ADDRESS, port), PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static byte[] echo(byte[] data) throws IOException {
    try (Socket socket = connect(ECHO)) {
      return Exchange.over(socket, data);
    }
  }

  private static void source() throws IOException {
    try (Socket socket = connect(SOURCE)) {
      byte[] got = socket.getInputStream().readAllBytes();
      check(got.length == SENT);
      for (int i = 0; i < got.length; i++) {
        check((got[i] & 0xFF) == i % 1000 % 251);
      }
    }
  }

  /** Every fourth ends by a reset. */
  private static void inRow(int count) throws IOException {
    byte[] data = "a line\n".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < count; i++) {
      try (Socket socket = connect(ECHO)) {
        socket.getOutputStream().write(data);
        check(Arrays.equals(socket.getInputStream().readNBytes(data.length), data));
        if (i % 4 == 0) {
          socket.setSoLinger(true, 0);
        }
      }
    }
  }

  /** As many as the stack allows are served at the same time, and the others are told so by a reset. */
  private static void atOnce(int allowed) throws IOException {
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < allowed; i++) {
      open.add(connect(ECHO));
    }
    for (int i = 0; i < allowed; i++) {
      open.get(i).getOutputStream().write(i);
    }
    for (int i = 0; i < allowed; i++) {
      check(open.get(i).getInputStream().read() == i);
    }
    int refused = 0;
    for (int i = 0; i < 4; i++) {
      try (Socket more = connect(ECHO)) {
        more.getOutputStream().write(1);
        more.getInputStream().read();
      } catch (IOException e) {
        refused++;
      }
    }
    check(refused == 4);
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** Peers that send and take nothing of what comes back leave memory for one that does. */
  private static void unread(int count) throws IOException, InterruptedException {
    List<SocketChannel> open = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SocketChannel channel = SocketChannel.open();
      channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
      channel.connect(new InetSocketAddress(ADDRESS, ECHO));
      channel.configureBlocking(false);
      open.add(channel);
    }
    byte[] data = new byte[100_000];
    for (int turn = 0; turn < 20; turn++) {
      for (SocketChannel channel : open) {
        channel.write(ByteBuffer.wrap(data));
      }
      Thread.sleep(100);
    }
    byte[] line = Arrays.copyOf(data, 1000);
    check(Arrays.equals(echo(line), line));
    for (SocketChannel channel : open) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      channel.close();
    }
  }

  /** What is kept: connections, those in TIME-WAIT, words that live. */
  private static long[] state() throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(1000);
      DatagramPacket answer = new DatagramPacket(new byte[100], 100);
      for (int i = 0; i < 60; i++) {
        try {
          socket.send(new DatagramPacket(new byte[1], 1, InetAddress.getByName(ADDRESS), STATE));
          socket.receive(answer);
          String text =
              new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
          return Arrays.stream(text.strip().split(" ")).mapToLong(Long::parseLong).toArray();
        } catch (SocketTimeoutException e) {
          // Lost, or not up yet.
        }
      }
      throw new IOException("nobody answers");
    }
  }

  private static long[] await() throws IOException {
    return state();
  }

  /** Until no connection is kept; those in TIME-WAIT go by themselves. */
  private static void settle() throws IOException, InterruptedException {
    for (int i = 0; i < 1000; i++) {
      if (state()[0] == 0) {
        return;
      }
      Thread.sleep(100);
    }
    throw new IOException("connections are kept: " + Arrays.toString(state()));
  }
}
