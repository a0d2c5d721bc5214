// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.accesspoint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import mirage.emulator.air.Air;
import mirage.emulator.air.Antenna;
import mirage.emulator.air.Heard;
import mirage.emulator.air.Rate;
import mirage.emulator.air.Transmission;
import mirage.emulator.clock.Clock;
import mirage.emulator.wlan.Address;
import mirage.emulator.wlan.Ccmp;
import mirage.emulator.wlan.Elements;
import mirage.emulator.wlan.KeyFrame;
import mirage.emulator.wlan.Mpdu;
import mirage.emulator.wlan.Wpa;

/** A station written for tests: it sends what it is told to, and answers handshakes. */
final class TestStation {
  static final int KEYS = 0x888E;
  private static final Rate RATE = Rate.ofdm(24);

  final Address address;
  final List<Mpdu> heard = new ArrayList<>();

  /** What came for it, as {@link #text} has it. */
  final List<String> packets = new ArrayList<>();

  long now;
  boolean answers = true;
  boolean acknowledges = true;
  private final Antenna antenna;
  private final Address bssid;
  private byte[] master;
  private String ssid = "";
  private Wpa.PairwiseKeys keys;
  private Ccmp pairwise;
  private Ccmp group;
  private int groupId;
  private long packet;
  private int sequence;

  TestStation(Air air, int number, Address bssid, int channel) {
    address = new Address(0x02_00_00_00_00_00L + number);
    antenna = air.join(-55);
    antenna.tune(channel);
    antenna.listen(true);
    this.bssid = bssid;
  }

  /** A packet that can be compared. */
  static String text(Ether packet) {
    return HexFormat.of().formatHex(packet.bytes());
  }

  /** The key it has for frames to everybody. */
  int groupId() {
    return groupId;
  }

  /** Lets time pass; what is heard is answered at once. */
  void millis(long count) {
    long end = now + count * 1000 * Clock.TICKS_PER_MICROSECOND;
    while (antenna.arrival() <= end) {
      now = Math.max(now, antenna.arrival());
      antenna.receive(now).ifPresent(this::hear);
    }
    now = end;
    antenna.receive(now).ifPresent(this::hear);
  }

  private void hear(Heard what) {
    Mpdu frame = Mpdu.of(what.frame()).orElseThrow();
    if (frame.receiver().equals(address) && acknowledges) {
      what.acknowledge();
    } else if (!frame.receiver().several() || frame.third().equals(address)) {
      return;
    }
    if (frame.type() == Mpdu.DATA) {
      open(frame)
          .flatMap(body -> Ether.ofBody(frame.receiver(), frame.third(), body))
          .ifPresent(this::take);
    }
    heard.add(frame);
  }

  private Optional<byte[]> open(Mpdu frame) {
    if (!frame.isProtected()) {
      return Optional.of(frame.body());
    }
    Ccmp key = frame.receiver().several() ? Ccmp.keyId(frame) == groupId ? group : null : pairwise;
    return Optional.ofNullable(key)
        .flatMap(it -> it.decrypt(frame))
        .map(clear -> new Mpdu(clear).body())
        .map(body -> Arrays.copyOfRange(body, Ccmp.HEADER, body.length));
  }

  private void take(Ether packet) {
    if (packet.type() != KEYS) {
      packets.add(text(packet));
    } else if (answers && master != null) {
      answer(KeyFrame.parse(packet.content()).orElseThrow(), packet.content());
    }
  }

  private void answer(KeyFrame frame, byte[] bytes) {
    byte[] none = new byte[0];
    byte[] zero = new byte[Wpa.NONCE];
    int flags =
        KeyFrame.VERSION
            | KeyFrame.MIC
            | frame.information() & (KeyFrame.PAIRWISE | KeyFrame.SECURE);
    if (!frame.has(KeyFrame.MIC)) {
      byte[] nonce = new byte[Wpa.NONCE];
      Arrays.fill(nonce, (byte) 7);
      keys = Wpa.pairwise(master, bssid, address, frame.nonce(), nonce);
      byte[] data = new Elements().addRsn().bytes();
      sendKeys(new KeyFrame(flags, frame.replay(), nonce, 0, new byte[16], data));
      return;
    }
    if (!frame.signedBy(keys.confirmation(), bytes)) {
      throw new AssertionError("a message with a wrong code");
    }
    byte[] data = Wpa.unwrap(keys.encryption(), frame.data()).orElseThrow();
    byte[] element = Elements.find(data, 0, 0xDD).orElseThrow();
    sendKeys(new KeyFrame(flags, frame.replay(), zero, 0, new byte[16], none));
    groupId = element[4] & 3;
    group = new Ccmp(Arrays.copyOfRange(element, 6, 22));
    if (pairwise == null) {
      pairwise = new Ccmp(keys.temporal());
    }
  }

  private void sendKeys(KeyFrame frame) {
    data(Ether.of(bssid, address, KEYS, frame.signed(keys.confirmation())));
  }

  // What it says.

  Transmission send(Mpdu frame) {
    Transmission sent = antenna.send(now + Clock.TICKS_PER_MICROSECOND, RATE, frame.bytes());
    now = sent.end();
    antenna.receive(now);
    return sent;
  }

  Transmission manage(int subtype, Address to, byte[] body) {
    return send(Mpdu.management(subtype, to, address, bssid, ++sequence, body));
  }

  void probe(String name) {
    byte[] body = new Elements().add(Elements.SSID, name.getBytes(StandardCharsets.UTF_8)).bytes();
    send(
        Mpdu.management(
            Mpdu.PROBE_REQUEST, Address.BROADCAST, address, Address.BROADCAST, ++sequence, body));
    millis(10);
  }

  void authenticate(int algorithm) {
    manage(Mpdu.AUTHENTICATION, bssid, new byte[] {(byte) algorithm, 0, 1, 0, 0, 0});
    millis(10);
  }

  void associate(String name, boolean secure) {
    ssid = name;
    Elements elements = new Elements().add(Elements.SSID, ssid.getBytes(StandardCharsets.UTF_8));
    byte[] list = (secure ? elements.addRsn() : elements).bytes();
    byte[] body = new byte[4 + list.length];
    body[0] = 1;
    System.arraycopy(list, 0, body, 4, list.length);
    manage(Mpdu.ASSOCIATION_REQUEST, bssid, body);
    millis(20);
  }

  void join(String name) {
    authenticate(0);
    associate(name, false);
  }

  void join(String name, String passphrase) {
    pairwise = null;
    master = Wpa.masterKey(passphrase, name.getBytes(StandardCharsets.UTF_8));
    authenticate(0);
    associate(name, true);
  }

  Mpdu data(Ether content) {
    byte[] body = content.body();
    if (pairwise == null) {
      Mpdu frame = Mpdu.toDs(bssid, address, content.destination(), ++sequence, false, body);
      send(frame);
      return frame;
    }
    byte[] header = Ccmp.header(++packet, 0);
    byte[] both = Arrays.copyOf(header, header.length + body.length);
    System.arraycopy(body, 0, both, header.length, body.length);
    Mpdu clear = Mpdu.toDs(bssid, address, content.destination(), ++sequence, true, both);
    Mpdu frame = new Mpdu(pairwise.encrypt(clear));
    send(frame);
    return frame;
  }

  /** The last frame of a kind. */
  Mpdu last(int subtype) {
    Predicate<Mpdu> wanted = frame -> frame.is(Mpdu.MANAGEMENT, subtype);
    return heard.stream().filter(wanted).reduce((a, b) -> b).orElseThrow();
  }

  int count(int subtype) {
    return (int) heard.stream().filter(frame -> frame.is(Mpdu.MANAGEMENT, subtype)).count();
  }

  static int word(Mpdu frame, int at) {
    return Announcements.word(frame.body(), at);
  }
}
