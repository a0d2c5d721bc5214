// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Knows one name, over UDP (RFC 1035). */
final class NameServer {
  private static final int HEADER = 12;
  private static final short ANSWER = (short) 0x8180;
  private static final short NO_SUCH_NAME = (short) 0x8183;

  private final String name;
  private final byte[] address;
  private final List<String> asked = new ArrayList<>();

  NameServer(String name, byte[] address) {
    this.name = name;
    this.address = address;
  }

  List<String> asked() {
    return asked;
  }

  /** Until the socket is closed. */
  void serve(DatagramSocket socket) {
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[512], 512);
        socket.receive(packet);
        byte[] reply = reply(Arrays.copyOf(packet.getData(), packet.getLength()));
        socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
      }
    } catch (IOException e) {
      assertThat(socket.isClosed()).as(e.toString()).isTrue();
    }
  }

  private byte[] reply(byte[] query) {
    StringBuilder labels = new StringBuilder();
    int at = HEADER;
    while (query[at] != 0) {
      labels.append('.').append(new String(query, at + 1, query[at], StandardCharsets.US_ASCII));
      at += 1 + query[at];
    }
    String question = labels.substring(1).toLowerCase(Locale.ROOT);
    asked.add(question);
    boolean known = question.equals(name);
    int end = at + 5;
    ByteBuffer reply = ByteBuffer.allocate(end + (known ? 16 : 0));
    reply.put(query, 0, 2).putShort(known ? ANSWER : NO_SUCH_NAME).putShort((short) 1);
    reply.putShort((short) (known ? 1 : 0)).putInt(0).put(query, HEADER, end - HEADER);
    if (known) {
      // The name is at the header's end; of type A and class IN, for a minute.
      reply.putShort((short) (0xC000 | HEADER)).putShort((short) 1).putShort((short) 1);
      reply.putInt(60).putShort((short) address.length).put(address);
    }
    return reply.array();
  }
}
