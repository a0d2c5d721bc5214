// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mirage.emulator.board.Bell;
import mirage.emulator.board.FrameLink;
import mirage.emulator.board.Source;
import mirage.emulator.wlan.Address;

/**
 * Lets the chip's sockets share the host's network, as a switch does that has learnt from frames who is where. A
 * frame for one socket that has no room holds up all others; of frames to everybody a socket keeps the last few.
 */
final class Switch {
  private static final int KEPT = 64;

  private final FrameLink uplink;
  private final Source source;
  private final List<Port> ports = new ArrayList<>();
  private final Map<Address, Port> places = new HashMap<>();

  /** A frame whose socket has no room. */
  private byte[] held;

  <T extends FrameLink & Source> Switch(T uplink) {
    this.uplink = uplink;
    this.source = uplink;
  }

  /** A further socket. */
  Port port() {
    Port port = new Port();
    ports.add(port);
    return port;
  }

  /** Deals out what has come, until there is something for a port that wants it. */
  private void deal(Port wanting) {
    while (wanting.frames.isEmpty() && (held != null || uplink.arrival() != FrameLink.NEVER)) {
      byte[] frame = held != null ? held : uplink.receive(0);
      Port place = places.get(Address.at(frame, 0));
      held = place != null && place.frames.size() == KEPT ? frame : null;
      if (held != null) {
        return;
      }
      for (Port port : place == null ? ports : List.of(place)) {
        port.keep(frame);
      }
    }
  }

  /** A socket. */
  final class Port implements FrameLink, Source {
    private final Deque<byte[]> frames = new ArrayDeque<>();

    private void keep(byte[] frame) {
      if (frames.size() == KEPT) {
        frames.remove();
      }
      frames.add(frame);
    }

    @Override
    public boolean waits() {
      return uplink.waits();
    }

    @Override
    public boolean connected() {
      return uplink.connected();
    }

    @Override
    public void send(long tick, byte[] frame) {
      places.put(Address.at(frame, Address.LENGTH), this);
      uplink.send(tick, frame);
    }

    @Override
    public long arrival() {
      deal(this);
      return frames.isEmpty() ? NEVER : 0;
    }

    @Override
    public byte[] receive(long tick) {
      return frames.remove();
    }

    @Override
    public boolean ready() {
      return !frames.isEmpty() || held == null && source.ready();
    }

    @Override
    public boolean ended() {
      return frames.isEmpty() && held == null && source.ended();
    }

    @Override
    public void expect(Bell bell) {
      source.expect(bell);
      if (ready()) {
        bell.ring();
      }
    }
  }
}
