// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.wifi;

import static mirage.emulator.wifi.WifiBench.OWN;
import static mirage.emulator.wifi.WifiBench.PEER;
import static mirage.emulator.wifi.WifiBench.RAN_OUT;
import static mirage.emulator.wifi.WifiBench.data;
import static mirage.emulator.wifi.WifiBench.descriptor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import mirage.emulator.air.Rate;
import mirage.emulator.bus.DeviceFault;
import mirage.emulator.peripheral.Bench;
import mirage.emulator.wlan.Address;
import mirage.emulator.wlan.Ccmp;
import mirage.emulator.wlan.Mpdu;
import org.junit.jupiter.api.Test;

/** The MAC as a driver sees it: registers, descriptors, interrupts. */
class WifiMacTest {
  private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  @Test
  void withoutPowerOrClockAnAccessIsAFault() {
    WifiBench bench = new WifiBench();
    bench.powered = false;
    assertThatThrownBy(() -> bench.get(0xC00))
        .isInstanceOf(DeviceFault.class)
        .hasMessageContaining("no power or clock");
    assertThatThrownBy(() -> Bench.put(bench.slots, 0x258, 0)).isInstanceOf(DeviceFault.class);
    bench.powered = true;
    bench.bench.micros(5);
    assertThat(bench.get(0xC00)).as("microseconds").isEqualTo(5);
    assertThatThrownBy(() -> bench.get(0x2BC)).hasMessageContaining("not modelled, offset 0x2bc");
  }

  // Receiving.

  @Test
  void aFrameIsStoredBehindItsHeaderAndAcknowledged() {
    WifiBench bench = WifiBench.started(2);
    byte[] frame = data(OWN, 13);
    assertThat(bench.arrive(frame).acknowledged()).isTrue();
    assertThat(bench.word(0)).as("28 + 37 bytes in words").isEqualTo(3 << 30 | 68 << 12 | 1600);
    assertThat(bench.stored(0, 37)).isEqualTo(frame);
    assertThat(bench.header(0, 0)).isEqualTo(1 << 28 | 41 << 16 | 9 << 8 | 96 - 70);
    assertThat(bench.header(0, 2) >>> 16 & 0xF).as("channel").isEqualTo(1);
    assertThat(bench.header(0, 6)).as("length with check sequence").isEqualTo(41);
    assertThat(bench.bench.proLines).containsExactly(WifiBench.LINE);
    assertThat(bench.get(0xC48)).isEqualTo(WifiBench.RECEIVED);
    bench.put(0xC4C, WifiBench.RECEIVED);
    assertThat(bench.bench.proLines).isEmpty();
    assertThat(bench.get(0x8C)).as("NEXT").isEqualTo(descriptor(1));
    assertThat(bench.get(0x90)).as("LAST").isEqualTo(descriptor(0));
  }

  @Test
  void whatFindsNoDescriptorIsNotAcknowledged() {
    WifiBench bench = WifiBench.started(1);
    assertThat(bench.arrive(data(OWN, 10)).acknowledged()).isTrue();
    assertThat(bench.get(0x8C)).isEqualTo(RAN_OUT);
    assertThat(bench.arrive(data(OWN, 11)).acknowledged()).isFalse();
  }

  @Test
  void aLinkIsSeenAfterAReload() {
    WifiBench bench = WifiBench.started(2);
    bench.prepare(2, 0);
    bench.arrive(data(OWN, 10));
    bench.space.store32(descriptor(1) + 8, descriptor(2));
    bench.put(0x84, 1 << 31 | 1);
    assertThat(bench.get(0x84)).as("done").isEqualTo(1 << 31);
    bench.arrive(data(OWN, 11));
    assertThat(bench.get(0x8C)).isEqualTo(descriptor(2));

    WifiBench other = WifiBench.started(2);
    other.prepare(2, 0);
    other.arrive(data(OWN, 10));
    other.space.store32(descriptor(1) + 8, descriptor(2));
    other.arrive(data(OWN, 11));
    assertThat(other.get(0x8C)).as("it had read the old link").isEqualTo(RAN_OUT);
  }

  @Test
  void aListThatHasEndedGoesOnWhereItIsTold() {
    WifiBench bench = WifiBench.started(1);
    bench.arrive(data(OWN, 10));
    bench.prepare(1, 0);
    bench.space.store32(descriptor(0) + 8, descriptor(1));
    bench.put(0x84, 1 << 31 | 1);
    assertThat(bench.get(0x8C)).as("a reload does not help").isEqualTo(RAN_OUT);
    bench.put(0x88, descriptor(1));
    assertThat(bench.get(0x8C)).isEqualTo(descriptor(1));
    bench.put(0x88, descriptor(0));
    assertThat(bench.get(0x8C)).as("it goes on where it is").isEqualTo(descriptor(1));
    assertThat(bench.arrive(data(OWN, 11)).acknowledged()).isTrue();
    assertThat(bench.filled(1)).isTrue();
  }

  @Test
  void aFrameThatIsTooLongForItsBufferIsLost() {
    WifiBench bench = WifiBench.started(1);
    bench.space.store32(descriptor(0), 1 << 31 | 60 << 12 | 60);
    bench.put(0x84, 1 << 31 | 1);
    assertThat(bench.arrive(data(OWN, 9)).acknowledged()).isFalse();
    assertThat(bench.arrive(data(OWN, 8)).acknowledged()).isTrue();
  }

  @Test
  void aBufferOutsideOfInternalMemoryRaisesThePanic() {
    WifiBench bench = WifiBench.started(1);
    bench.space.store32(descriptor(0) + 4, 0x3F400000);
    bench.put(0x84, 1 << 31 | 1);
    assertThat(bench.arrive(data(OWN, 9)).acknowledged()).isFalse();
    assertThat(bench.get(0xC48)).isEqualTo(0x800);
  }

  @Test
  void aMacThatIsStoppedHearsAndSendsNothing() {
    WifiBench bench = WifiBench.started(2);
    bench.put(0xCB8, 0x17FF);
    assertThat(bench.arrive(data(OWN, 10)).acknowledged()).isFalse();
    bench.send(0, data(PEER, 10), 0, 9, 0, true);
    bench.micros(1000);
    assertThat(bench.heard).isEmpty();
    bench.put(0xCB8, 0);
    bench.micros(1000);
    assertThat(bench.heard).hasSize(1);
    assertThat(bench.arrive(data(OWN, 10)).acknowledged()).isTrue();
    bench.put(0x84, 0);
    assertThat(bench.arrive(data(OWN, 10)).acknowledged()).isFalse();
  }

  @Test
  void whoIsOnAnotherChannelHearsNothing() {
    WifiBench bench = WifiBench.started(1);
    bench.wifi.tune(10 * (11 + 1) + 4);
    assertThat(bench.arrive(data(OWN, 10)).acknowledged()).isFalse();
    bench.peer.tune(11);
    assertThat(bench.arrive(data(OWN, 10)).acknowledged()).isTrue();
    assertThat(bench.header(0, 2) >>> 16 & 0xF).isEqualTo(11);
  }

  // Filters.

  private static boolean takes(WifiBench bench, byte[] frame) {
    bench.prepare(0, 0);
    bench.put(0x88, descriptor(0));
    bench.arrive(frame);
    return bench.filled(0);
  }

  private static byte[] management(int subtype, Address to, Address bssid) {
    return Mpdu.management(subtype, to, PEER, bssid, 1, new byte[12]).bytes();
  }

  @Test
  void aNewPolicyTakesWhatIsForTheFiltersAlone() {
    WifiBench bench = WifiBench.started(1);
    Address other = new Address(0x02_00_00_00_00_77L);
    assertThat(takes(bench, data(OWN, 10))).isTrue();
    assertThat(takes(bench, data(other, 10))).isFalse();
    assertThat(takes(bench, management(Mpdu.BEACON, Address.BROADCAST, PEER))).isFalse();
    assertThat(takes(bench, data(Address.BROADCAST, 10))).isFalse();

    bench.put(0xD8, 0x55);
    assertThat(takes(bench, management(Mpdu.BEACON, Address.BROADCAST, PEER))).isTrue();
    assertThat(takes(bench, data(Address.BROADCAST, 10))).isFalse();

    bench.put(0xD8, 0x145);
    assertThat(takes(bench, data(Address.BROADCAST, 10))).isTrue();
    assertThat(bench.arrive(data(other, 10)).acknowledged()).as("not for us").isFalse();
    assertThat(takes(bench, data(other, 10))).isTrue();
  }

  @Test
  void theNetworksFilterPassesItsBroadcasts() {
    WifiBench bench = WifiBench.started(1);
    bench.filter(0x00, PEER);
    Address stranger = new Address(0x02_00_00_00_00_88L);
    assertThat(takes(bench, management(Mpdu.BEACON, Address.BROADCAST, PEER))).isTrue();
    assertThat(takes(bench, management(Mpdu.BEACON, Address.BROADCAST, stranger))).isFalse();
    assertThat(takes(bench, management(Mpdu.PROBE_REQUEST, Address.BROADCAST, Address.BROADCAST)))
        .isTrue();
    assertThat(takes(bench, data(Address.BROADCAST, 10))).isTrue();
    byte[] echo = Mpdu.fromDs(Address.BROADCAST, PEER, OWN, 1, false, new byte[9]).bytes();
    assertThat(takes(bench, echo)).as("what the access point repeats of ours").isFalse();
    byte[] elsewhere = Mpdu.fromDs(OWN, stranger, PEER, 1, false, new byte[9]).bytes();
    assertThat(takes(bench, elsewhere)).isTrue();
    bench.put(0xD8, 0x47);
    assertThat(takes(bench, elsewhere)).as("with the BSSID checked").isFalse();
  }

  @Test
  void controlFramesPassOneByOne() {
    WifiBench bench = WifiBench.started(1);
    byte[] poll = data(OWN, 0);
    poll[0] = (byte) 0xA4;
    assertThat(takes(bench, poll)).isFalse();
    bench.put(0xF8, 1 << 26);
    assertThat(takes(bench, poll)).isTrue();
    assertThat(bench.arrive(poll).acknowledged()).isFalse();
  }

  @Test
  void masksLeaveBitsOut() {
    WifiBench bench = WifiBench.started(1);
    bench.put(0x64, 0x100FF);
    assertThat(takes(bench, data(new Address(OWN.value() ^ 1), 10))).isTrue();
    assertThat(takes(bench, data(new Address(OWN.value() ^ 0x100), 10))).isFalse();
    bench.put(0x64, 0xFFFF);
    assertThat(takes(bench, data(OWN, 10))).as("switched off").isFalse();
  }

  // Sending.

  @Test
  void aSlotSendsItsFrameOnce() {
    WifiBench bench = WifiBench.started(1);
    byte[] frame = data(PEER, 100);
    bench.send(0, frame, 0, 9, 0, true);
    assertThat(bench.get(0xCB8) >>> 13 & 1).as("busy").isEqualTo(1);
    long onAir = Rate.ofdm(24).duration(124) / 480;
    bench.micros(28 + onAir);
    assertThat(bench.heard).containsExactly(frame);
    assertThat(bench.get(0xCC8)).as("the acknowledgement is on its way").isZero();
    bench.micros(100);
    assertThat(bench.get(0xCC8)).isEqualTo(1);
    assertThat(Bench.get(bench.slots, 0x270)).isZero();
    assertThat(bench.get(0xC48)).isEqualTo(WifiBench.SENT);
    assertThat(bench.bench.proLines).containsExactly(WifiBench.LINE);
    assertThat(bench.get(0xCB8) >>> 13 & 1).isZero();
    bench.put(0xD20, 0);
    bench.put(0xCC4, 1);
    bench.micros(1000);
    assertThat(bench.get(0xCC8)).isZero();
    assertThat(bench.heard).hasSize(1);
  }

  @Test
  void withoutAnAnswerTheResultSaysSo() {
    WifiBench bench = WifiBench.started(1);
    bench.peerAcknowledges = false;
    bench.send(2, data(PEER, 10), 0, 9, 0, true);
    bench.micros(500);
    assertThat(bench.get(0xCC8)).isEqualTo(4);
    assertThat(Bench.get(bench.slots, 0x270 - 0x3C * 2) >>> 12).isEqualTo(5);
    bench.send(3, data(PEER, 10), 0, 9, 0, false);
    bench.micros(500);
    assertThat(Bench.get(bench.slots, 0x270 - 0x3C * 3)).as("asked for none").isZero();
  }

  @Test
  void aSlotThatIsNotEmptiedIsSentAgain() {
    WifiBench bench = WifiBench.started(1);
    bench.send(0, data(PEER, 10), 0, 9, 0, true);
    bench.micros(500);
    bench.put(0xCC4, 1);
    bench.micros(500);
    assertThat(bench.heard).hasSize(2);
  }

  @Test
  void fiveSlotsSendInTheOrderOfTheirCalls() {
    WifiBench bench = WifiBench.started(1);
    int[] order = {3, 0, 4, 1, 2};
    for (int slot : order) {
      bench.send(slot, data(PEER, 10 + slot), 0, 0xC, 0, true);
    }
    bench.micros(2000);
    assertThat(bench.heard.stream().map(frame -> frame.length - 34)).containsExactly(3, 0, 4, 1, 2);
    assertThat(bench.get(0xCC8)).isEqualTo(31);
  }

  @Test
  void aFrameOfWhichThereIsNoneIsAFault() {
    WifiBench bench = WifiBench.started(1);
    byte[] frame = data(PEER, 10);
    assertThatThrownBy(() -> bench.send(0, frame, 0, 4, 0, true))
        .hasMessageContaining("slot 0: there is no rate of code 4");
    assertThatThrownBy(() -> bench.put(0xD18, 3 << 30 | 0xB0C00))
        .hasMessageContaining("slot 1: its descriptor has not bits 31");
    bench.send(0, frame, 0, 9, 0, true);
    Bench.put(bench.slots, 0x258, 9 << 12 | 500);
    assertThatThrownBy(() -> bench.put(0xD20, 3 << 30 | 0xB0800))
        .hasMessageContaining("does not fit its descriptor");
    assertThatThrownBy(() -> bench.put(0xD20, 3 << 30 | 0x00800))
        .hasMessageContaining("not in internal data RAM");
  }

  // Keys.

  private static void key(WifiBench bench, int slot, Address address, int kind) {
    int at = 0x400 + 40 * slot;
    byte[] bytes = address.bytes();
    int low = 0;
    for (int i = 0; i < 4; i++) {
      low |= (bytes[i] & 0xFF) << 8 * i;
      Bench.put(
          bench.slots,
          at + 8 + 4 * i,
          ByteBuffer.wrap(KEY).order(ByteOrder.LITTLE_ENDIAN).getInt(4 * i));
    }
    Bench.put(bench.slots, at, low);
    Bench.put(
        bench.slots, at + 4, kind | 1 << 22 | 3 << 18 | (bytes[5] & 0xFF) << 8 | bytes[4] & 0xFF);
    bench.put(0x814, bench.get(0x814) | 1 << slot);
    bench.put(0x800, 0x30103);
  }

  private static Mpdu secret(Address to, Address from, int keyId) {
    byte[] body = new byte[30];
    System.arraycopy(Ccmp.header(77, keyId), 0, body, 0, 8);
    body[20] = 99;
    return Mpdu.fromDs(to, from, from, 5, true, body);
  }

  @Test
  void framesAreDecryptedByTheKeyOfTheirSender() {
    WifiBench bench = WifiBench.started(4);
    key(bench, 3, PEER, 1 << 21);
    Mpdu clear = secret(OWN, PEER, 0);
    byte[] sealed = new Ccmp(KEY).encrypt(clear);
    assertThat(bench.arrive(sealed).acknowledged()).isTrue();
    assertThat(bench.stored(0, 54)).as("the MIC is gone").isEqualTo(clear.bytes());
    assertThat(bench.word(0) >>> 12 & 0xFFF).isEqualTo(28 + 56);
    assertThat(bench.header(0, 6)).as("as on the air").isEqualTo(54 + 8 + 4);

    bench.put(0x814, 0);
    bench.arrive(sealed);
    assertThat(bench.stored(1, 62)).as("without a key as it came").isEqualTo(sealed);
    bench.put(0x814, 8);
    sealed[40]++;
    assertThat(bench.arrive(sealed).acknowledged()).as("a forged one is not taken").isFalse();
    assertThat(bench.filled(2)).isFalse();
  }

  @Test
  void framesToAllAreDecryptedByTheGroupKeyOfTheirNumber() {
    WifiBench bench = WifiBench.started(2);
    bench.filter(0x00, PEER);
    key(bench, 5, PEER, 1 << 23 | 2 << 30);
    byte[] other = new Ccmp(KEY).encrypt(secret(Address.BROADCAST, PEER, 1));
    bench.arrive(other);
    assertThat(bench.stored(0, 62)).isEqualTo(other);
    Mpdu clear = secret(Address.BROADCAST, PEER, 2);
    bench.arrive(new Ccmp(KEY).encrypt(clear));
    assertThat(bench.stored(1, 54)).isEqualTo(clear.bytes());
  }

  @Test
  void framesAreEncryptedByTheKeyOfTheirSlot() {
    WifiBench bench = WifiBench.started(1);
    key(bench, 24, PEER, 1 << 21);
    Mpdu clear = secret(PEER, OWN, 0);
    bench.send(0, clear.bytes(), 8, 9, 24, true);
    bench.micros(300);
    assertThat(bench.heard).containsExactly(new Ccmp(KEY).encrypt(clear));
    bench.put(0x800, 0x30000);
    bench.put(0xD20, 0);
    bench.send(0, clear.bytes(), 0, 9, 24, true);
    bench.micros(300);
    assertThat(bench.heard.get(1)).as("the interface uses no keys").isEqualTo(clear.bytes());
  }
}
