// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.gdb;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A debugger's side of the protocol, packet by packet. */
final class GdbClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  GdbClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /** Sends a packet and gives the answer. */
  String ask(String data) throws IOException {
    send(data);
    return receive();
  }

  void send(String data) throws IOException {
    raw(frame(data));
  }

  void raw(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  static String frame(String data) {
    int sum = data.chars().sum() & 0xFF;
    return String.format("$%s#%02x", data, sum);
  }

  /** The next packet's data; its checksum is verified and acknowledgements are skipped. */
  String receive() throws IOException {
    int b = in.read();
    while (b != '$') {
      if (b < 0) {
        throw new IOException("the stub closed the connection");
      }
      b = in.read();
    }
    StringBuilder data = new StringBuilder();
    for (b = in.read(); b != '#'; b = in.read()) {
      data.append((char) b);
    }
    String sum = "" + (char) in.read() + (char) in.read();
    if (!frame(data.toString()).endsWith("#" + sum)) {
      throw new IOException("wrong checksum " + sum);
    }
    raw("+");
    return data.toString();
  }

  /** The next byte, as it is. */
  int read() throws IOException {
    return in.read();
  }

  /** A register as a number, asked for by 'p'. */
  int register(int number) throws IOException {
    return Integer.reverseBytes(
        Integer.parseUnsignedInt(ask("p" + Integer.toHexString(number)), 16));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
