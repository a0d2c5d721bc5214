// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.accesspoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import mirage.emulator.air.Air;
import mirage.emulator.air.Disturbance;
import mirage.emulator.board.Frames;
import mirage.emulator.ethernet.TestCable;
import mirage.emulator.wlan.Address;
import mirage.emulator.wlan.Elements;
import mirage.emulator.wlan.KeyFrame;
import mirage.emulator.wlan.Mpdu;
import org.junit.jupiter.api.Test;

/** The access point as stations and its wire see it. */
class AccessPointTest {
  private static final Address FAR = new Address(0x02_FF_00_00_00_01L);
  private static final String SSID = "Haus 7 ü";
  private static final String PASSPHRASE = "correct horse";
  private static final Settings OPEN = Settings.of(SSID, Optional.empty());
  private static final Settings SECURE = Settings.of(SSID, Optional.of(PASSPHRASE));

  private final TestCable wire = new TestCable();
  private Air air = new Air();
  private AccessPoint point;

  private void set(Settings settings) {
    point = air.add(-45, antenna -> new AccessPoint(settings, wire, antenna));
  }

  private TestStation station(int number, Settings settings) {
    return new TestStation(air, number, settings.bssid(), settings.channel());
  }

  private static Ether packet(Address to, Address from, int size) {
    return Ether.of(to, from, 0x88B5, new byte[size]);
  }

  private void arrive(TestStation time, Ether packet) {
    wire.incoming.add(Frames.seal(packet.bytes()));
    time.millis(10);
  }

  @Test
  void beaconsNameTheNetwork() {
    set(OPEN);
    TestStation station = station(1, OPEN);
    station.millis(1030);
    assertThat(station.count(Mpdu.BEACON)).as("one in 102.4 ms").isEqualTo(10);
    byte[] body = station.last(Mpdu.BEACON).body();
    assertThat(Elements.find(body, 12, Elements.SSID)).hasValue(OPEN.ssidBytes());
    assertThat(Elements.find(body, 12, Elements.CHANNEL)).hasValue(new byte[] {6});
    assertThat(Elements.find(body, 12, Elements.RSN)).isEmpty();
    assertThat(body[10] & 0x10).as("privacy").isZero();
    assertThat(station.count(Mpdu.PROBE_RESPONSE)).isZero();
  }

  @Test
  void aHiddenNetworkAnswersToItsName() {
    Settings hidden = new Settings(SSID, Optional.of(PASSPHRASE), true, 11, SECURE.bssid(), 1);
    set(hidden);
    TestStation station = station(1, hidden);
    station.millis(110);
    byte[] beacon = station.last(Mpdu.BEACON).body();
    assertThat(Elements.find(beacon, 12, Elements.SSID)).hasValue(new byte[0]);
    assertThat(Elements.find(beacon, 12, Elements.RSN)).hasValue(Elements.wpa2());
    assertThat(beacon[10] & 0x10).as("privacy").isNotZero();
    station.probe("");
    station.probe("Haus 8");
    assertThat(station.count(Mpdu.PROBE_RESPONSE)).isZero();
    station.probe(SSID);
    assertThat(Elements.find(station.last(Mpdu.PROBE_RESPONSE).body(), 12, Elements.SSID))
        .hasValue(hidden.ssidBytes());
  }

  @Test
  void anOpenNetworkBridges() {
    set(OPEN);
    TestStation one = station(1, OPEN);
    one.join(SSID);
    assertThat(TestStation.word(one.last(Mpdu.AUTHENTICATION), 4)).isZero();
    assertThat(TestStation.word(one.last(Mpdu.ASSOCIATION_RESPONSE), 2)).isZero();
    assertThat(TestStation.word(one.last(Mpdu.ASSOCIATION_RESPONSE), 4)).isEqualTo(0xC001);
    assertThat(point.stations()).containsExactly(one.address);

    one.data(packet(FAR, one.address, 100));
    assertThat(wire.sent).containsExactly(Frames.seal(packet(FAR, one.address, 100).bytes()));
    arrive(one, packet(one.address, FAR, 50));
    arrive(one, packet(Address.BROADCAST, FAR, 60));
    arrive(one, packet(new Address(0x02_00_00_00_00_99L), FAR, 70));
    arrive(one, packet(one.address, FAR, 1501));
    assertThat(one.packets)
        .containsExactly(
            TestStation.text(packet(one.address, FAR, 50)),
            TestStation.text(packet(Address.BROADCAST, FAR, 60)));
  }

  @Test
  void stationsReachEachOther() {
    set(OPEN);
    TestStation one = station(1, OPEN);
    TestStation two = station(2, OPEN);
    one.join(SSID);
    two.now = one.now;
    two.join(SSID);
    assertThat(point.stations()).containsExactly(one.address, two.address);
    one.now = two.now;
    one.data(packet(two.address, one.address, 10));
    one.data(packet(Address.BROADCAST, one.address, 20));
    two.now = one.now;
    two.millis(10);
    assertThat(two.packets)
        .containsExactly(
            TestStation.text(packet(two.address, one.address, 10)),
            TestStation.text(packet(Address.BROADCAST, one.address, 20)));
    assertThat(wire.sent).as("only what is for everybody").hasSize(1);
  }

  @Test
  void whoDoesNotKeepToTheOrderIsToldSo() {
    set(OPEN);
    TestStation station = station(1, OPEN);
    station.data(packet(FAR, station.address, 10));
    station.millis(10);
    assertThat(TestStation.word(station.last(Mpdu.DEAUTHENTICATION), 0))
        .isEqualTo(Admission.NOT_ASSOCIATED);
    station.associate(SSID, false);
    assertThat(TestStation.word(station.last(Mpdu.DEAUTHENTICATION), 0))
        .isEqualTo(Admission.NOT_AUTHENTICATED);
    station.authenticate(1);
    assertThat(TestStation.word(station.last(Mpdu.AUTHENTICATION), 4)).isEqualTo(13);
    station.authenticate(0);
    station.associate("another", false);
    assertThat(TestStation.word(station.last(Mpdu.ASSOCIATION_RESPONSE), 2)).isEqualTo(1);
    assertThat(wire.sent).isEmpty();
    station.associate(SSID, false);
    station.manage(Mpdu.DEAUTHENTICATION, OPEN.bssid(), new byte[] {3, 0});
    assertThat(point.stations()).isEmpty();
  }

  @Test
  void wpa2OpensAfterTheHandshake() {
    set(SECURE);
    TestStation one = station(1, SECURE);
    one.authenticate(0);
    one.associate(SSID, false);
    assertThat(TestStation.word(one.last(Mpdu.ASSOCIATION_RESPONSE), 2)).isEqualTo(40);
    one.join(SSID, PASSPHRASE);
    assertThat(point.stations()).containsExactly(one.address);
    assertThat(one.groupId()).isEqualTo(1);

    one.data(packet(FAR, one.address, 100));
    assertThat(wire.sent).containsExactly(Frames.seal(packet(FAR, one.address, 100).bytes()));
    arrive(one, packet(one.address, FAR, 50));
    arrive(one, packet(Address.BROADCAST, FAR, 60));
    assertThat(one.packets)
        .containsExactly(
            TestStation.text(packet(one.address, FAR, 50)),
            TestStation.text(packet(Address.BROADCAST, FAR, 60)));

    point.renewGroupKey();
    one.millis(20);
    assertThat(one.groupId()).isEqualTo(2);
    arrive(one, packet(Address.BROADCAST, FAR, 70));
    assertThat(one.packets.get(2)).isEqualTo(TestStation.text(packet(Address.BROADCAST, FAR, 70)));
  }

  @Test
  void whatIsInClearOrOldDoesNotPassAClosedNetwork() {
    set(SECURE);
    TestStation one = station(1, SECURE);
    one.join(SSID, PASSPHRASE);
    Mpdu sent = one.data(packet(FAR, one.address, 100));
    byte[] clear = packet(FAR, one.address, 99).body();
    one.send(Mpdu.toDs(SECURE.bssid(), one.address, FAR, 77, false, clear));
    byte[] replayed = sent.bytes().clone();
    replayed[22] += 16;
    one.send(new Mpdu(replayed));
    assertThat(wire.sent).hasSize(1);
  }

  @Test
  void aWrongPassphraseEndsInDeauthentication() {
    set(SECURE);
    TestStation one = station(1, SECURE);
    one.join(SSID, "wrong passphrase");
    one.millis(3900);
    assertThat(one.count(Mpdu.DEAUTHENTICATION)).isZero();
    one.millis(200);
    assertThat(TestStation.word(one.last(Mpdu.DEAUTHENTICATION), 0))
        .isEqualTo(Admission.HANDSHAKE_TIMEOUT);
    assertThat(point.stations()).isEmpty();
    assertThat(wire.sent).isEmpty();
  }

  @Test
  void whatIsNotAcknowledgedIsSentSevenTimes() {
    set(OPEN);
    TestStation one = station(1, OPEN);
    one.join(SSID);
    one.acknowledges = false;
    int before = one.heard.size();
    arrive(one, packet(one.address, FAR, 50));
    assertThat(one.heard).as("what is not taken is not looked at").hasSize(before);
    one.acknowledges = true;
    one.millis(100);
    assertThat(one.packets).as("given up").isEmpty();
    arrive(one, packet(one.address, FAR, 51));
    assertThat(one.packets).hasSize(1);
  }

  @Test
  void aNetworkWorksThoughAFifthIsLost() {
    air = new Air(new Disturbance(3, 0.2, 0.05), it -> {});
    set(SECURE);
    TestStation one = station(1, SECURE);
    for (int i = 0; i < 10 && point.stations().isEmpty(); i++) {
      one.join(SSID, PASSPHRASE);
      one.millis(3000);
    }
    assertThat(point.stations()).containsExactly(one.address);
    for (int i = 0; i < 50; i++) {
      arrive(one, packet(one.address, FAR, 100 + i));
    }
    assertThat(one.packets.stream().distinct().count()).isEqualTo(50);
  }

  @Test
  void itGoesAwayAndComesBack() {
    set(OPEN);
    TestStation one = station(1, OPEN);
    one.join(SSID);
    point.setOn(false);
    int beacons = one.count(Mpdu.BEACON);
    one.millis(1000);
    assertThat(one.count(Mpdu.BEACON)).isEqualTo(beacons);
    point.setOn(true);
    one.millis(1000);
    assertThat(one.count(Mpdu.BEACON)).isBetween(beacons + 9, beacons + 11);
    one.data(packet(FAR, one.address, 10));
    one.millis(10);
    assertThat(one.count(Mpdu.DEAUTHENTICATION)).as("it knows nobody").isEqualTo(1);
  }

  /** Frames of all kinds, some with bytes changed, some cut: the access point goes on. */
  @Test
  void nothingThatIsHeardStopsIt() {
    set(SECURE);
    TestStation one = station(1, SECURE);
    Random random = new Random(1);
    byte[] keys = new KeyFrame(0x10A, 1, new byte[32], 0, new byte[16], new byte[22]).bytes();
    byte[] packet = Ether.of(FAR, one.address, Handshake.ETHER_TYPE, keys).body();
    for (int i = 0; i < 20_000; i++) {
      if (i % 100 == 0) {
        one.authenticate(0);
        one.associate(SSID, true);
      }
      byte[] body = random.nextBoolean() ? packet.clone() : new byte[random.nextInt(200)];
      Mpdu frame =
          random.nextBoolean()
              ? Mpdu.toDs(SECURE.bssid(), one.address, FAR, i, random.nextBoolean(), body)
              : Mpdu.management(
                  random.nextInt(16), SECURE.bssid(), one.address, SECURE.bssid(), i, body);
      byte[] bytes = Arrays.copyOf(frame.bytes(), random.nextInt(frame.bytes().length) + 1);
      for (int j = random.nextInt(4); j > 0; j--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      one.send(new Mpdu(i % 3 == 0 ? frame.bytes() : bytes));
    }
    one.answers = true;
    one.millis(10_000);
    one.join(SSID, PASSPHRASE);
    assertThat(point.stations()).contains(one.address);
  }

  @Test
  void settingsAreChecked() {
    assertThatThrownBy(() -> Settings.of("", Optional.empty()))
        .hasMessage("an SSID of 0 bytes; allowed are 1 to 32");
    assertThatThrownBy(() -> Settings.of("ü".repeat(17), Optional.empty()))
        .hasMessage("an SSID of 34 bytes; allowed are 1 to 32");
    assertThatThrownBy(() -> Settings.of("x", Optional.of("1234567")))
        .hasMessage("a passphrase of 7 characters; WPA2 allows 8 to 63");
    assertThatThrownBy(() -> Settings.of("x", Optional.of("x".repeat(64))))
        .hasMessage("a passphrase of 64 characters; WPA2 allows 8 to 63");
    assertThatThrownBy(() -> Settings.of("x", Optional.of("ümläuts!!")))
        .hasMessageContaining("printable ones of ASCII");
  }
}
