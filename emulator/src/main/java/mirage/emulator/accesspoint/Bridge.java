// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.accesspoint;

import java.util.Arrays;
import java.util.Optional;
import mirage.emulator.board.FrameLink;
import mirage.emulator.board.Frames;
import mirage.emulator.wlan.Address;
import mirage.emulator.wlan.Ccmp;
import mirage.emulator.wlan.Mpdu;

/** Carries data between the stations and the wire. */
final class Bridge {
  private final Address bssid;
  private final Optional<Security> security;
  private final Members members;
  private final FrameLink wire;
  private final Voice voice;

  Bridge(Address bssid, Optional<Security> security, Members members, FrameLink wire, Voice voice) {
    this.bssid = bssid;
    this.security = security;
    this.members = members;
    this.wire = wire;
    this.voice = voice;
  }

  /** Whether a station may send and receive data. */
  boolean open(Member member) {
    return member.associated() && (security.isEmpty() || member.keyed());
  }

  /** A frame from a station that is associated. */
  void receive(long tick, Member member, Mpdu frame) {
    if (!frame.carriesData()) {
      return;
    }
    byte[] body = frame.isProtected() ? decrypted(member, frame) : frame.body();
    Ether.ofBody(frame.third(), member.address, body)
        .ifPresent(
            packet -> {
              if (packet.type() == Handshake.ETHER_TYPE) {
                if (member.handshake != null) {
                  member.handshake.receive(tick, packet.content());
                }
              } else if (open(member) && frame.isProtected() == member.keyed()) {
                forward(tick, packet);
              }
            });
  }

  private static byte[] decrypted(Member member, Mpdu frame) {
    if (!member.keyed() || !Ccmp.fits(frame)) {
      return new byte[0];
    }
    return member
        .cipher()
        .decrypt(frame)
        .filter(clear -> member.fresh(frame))
        .map(clear -> new Mpdu(clear).body())
        .map(body -> Arrays.copyOfRange(body, Ccmp.HEADER, body.length))
        .orElse(new byte[0]);
  }

  /** From a station to wherever it goes. */
  private void forward(long tick, Ether packet) {
    boolean own = members.find(packet.destination()).isPresent();
    if (packet.destination().several() || own) {
      toStations(tick, packet);
    }
    if (!own && !packet.destination().equals(bssid)) {
      wire.send(tick, Frames.seal(packet.bytes()));
    }
  }

  /** To all stations, or the one it is for. */
  void toStations(long tick, Ether packet) {
    if (!packet.destination().several()) {
      members
          .find(packet.destination())
          .filter(this::open)
          .ifPresent(member -> toStation(tick, member, packet));
    } else if (members.all().stream().anyMatch(this::open)) {
      voice.say(tick, start -> toAll(packet));
    }
  }

  private Mpdu toAll(Ether packet) {
    if (security.isEmpty()) {
      return voice.fromDs(packet, false, packet.body());
    }
    GroupKey key = security.get().group();
    return sealed(packet, key.nextHeader(), key.cipher());
  }

  /** To one station, whether or not it may receive data; encrypted if it has a key by then. */
  void toStation(long tick, Member member, Ether packet) {
    voice.say(
        tick,
        start ->
            member.keyed()
                ? sealed(packet, member.nextHeader(), member.cipher())
                : voice.fromDs(packet, false, packet.body()));
  }

  private Mpdu sealed(Ether packet, byte[] header, Ccmp cipher) {
    byte[] content = packet.body();
    byte[] body = Arrays.copyOf(header, header.length + content.length);
    System.arraycopy(content, 0, body, header.length, content.length);
    return new Mpdu(cipher.encrypt(voice.fromDs(packet, true, body)));
  }
}
