// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.wifi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mirage.emulator.air.Air;
import mirage.emulator.air.Antenna;
import mirage.emulator.air.Disturbance;
import mirage.emulator.air.Heard;
import mirage.emulator.air.Rate;
import mirage.emulator.air.Transmission;
import mirage.emulator.bus.AddressSpace;
import mirage.emulator.bus.Device;
import mirage.emulator.bus.Dma;
import mirage.emulator.bus.Memory;
import mirage.emulator.bus.Rights;
import mirage.emulator.clock.Clock;
import mirage.emulator.peripheral.Bench;
import mirage.emulator.peripheral.InterruptSource;
import mirage.emulator.wlan.Address;
import mirage.emulator.wlan.Mpdu;

/** A MAC with memory and somebody else on the air, and what a driver does with them, by hand. */
final class WifiBench {
  static final int RAM = 0x3FFB0000;
  static final int RX_LIST = RAM;
  static final int TX_DESCRIPTOR = RAM + 0x800;
  static final int RX_BUFFERS = RAM + 0x1000;
  static final int TX_BUFFER = RAM + 0xE000;
  static final int RX_SIZE = 1600;
  static final int LINE = 3;
  static final int RAN_OUT = 0x3FF00000;
  static final int RECEIVED = 0x1000024;
  static final int SENT = 0x80;
  static final Address OWN = new Address(0x24_0A_C4_00_01_10L);
  static final Address PEER = new Address(0x02_00_00_00_00_01L);

  final Bench bench = new Bench();
  final AddressSpace space = new AddressSpace();
  final Air air = new Air(Disturbance.NONE, it -> {});
  final Antenna peer = air.join(-70);
  final List<byte[]> heard = new ArrayList<>();
  final WifiMac wifi;
  final Device mac;
  final Device slots;
  boolean powered = true;
  boolean peerAcknowledges = true;

  WifiBench() {
    space.map(RAM, new Memory("RAM", 0x10000), Rights.DATA);
    wifi = new WifiMac(bench.clock, bench.matrix, new Dma(space), () -> powered, air.join(-40));
    mac = wifi.blocks().get(0);
    slots = wifi.blocks().get(1);
    bench.route(InterruptSource.MAC_INTR, LINE);
    peer.listen(true);
  }

  /** A MAC that receives into a list of some descriptors, and takes what is for {@link #OWN}. */
  static WifiBench started(int descriptors) {
    WifiBench bench = new WifiBench();
    bench.put(0xCB8, 0);
    bench.put(0xC40, RECEIVED | SENT);
    for (int i = 0; i < descriptors; i++) {
      bench.prepare(i, i + 1 < descriptors ? descriptor(i + 1) : 0);
    }
    bench.put(0x88, RX_LIST);
    bench.put(0x84, 1 << 31);
    for (int i = 0; i < 4; i++) {
      bench.put(0xD8 + 4 * i, 0x45);
    }
    bench.filter(0x40, OWN);
    return bench;
  }

  static int descriptor(int number) {
    return RX_LIST + 12 * number;
  }

  /** An empty descriptor of the DMA's. */
  void prepare(int number, int next) {
    int at = descriptor(number);
    space.store32(at, 1 << 31 | RX_SIZE << 12 | RX_SIZE);
    space.store32(at + 4, RX_BUFFERS + RX_SIZE * number);
    space.store32(at + 8, next);
  }

  /** Sets an address filter at an offset and switches it on. */
  void filter(int offset, Address address) {
    byte[] bytes = address.bytes();
    put(offset, little(bytes, 0, 4));
    put(offset + 4, little(bytes, 4, 2));
    put(offset + 0x20, -1);
    put(offset + 0x24, 0x1FFFF);
  }

  private static int little(byte[] bytes, int at, int count) {
    int word = 0;
    for (int i = 0; i < count; i++) {
      word |= (bytes[at + i] & 0xFF) << 8 * i;
    }
    return word;
  }

  int get(int offset) {
    return Bench.get(mac, offset);
  }

  void put(int offset, int value) {
    Bench.put(mac, offset, value);
  }

  /** Lets time pass; the other radio acknowledges what is for it. */
  void micros(long count) {
    for (int i = 0; i < count; i++) {
      bench.micros(1);
      peer.receive(bench.clock.now()).ifPresent(this::hear);
    }
  }

  private void hear(Heard what) {
    heard.add(what.frame());
    if (peerAcknowledges && Address.at(what.frame(), 4).equals(PEER)) {
      what.acknowledge();
    }
  }

  /** The other radio sends a frame, and time passes until its fate is known. */
  Transmission arrive(byte[] frame) {
    Transmission sent = peer.send(bench.clock.now(), Rate.ofdm(24), frame);
    wifi.inputArrived();
    micros((sent.answered() - bench.clock.now()) / Clock.TICKS_PER_MICROSECOND + 1);
    return sent;
  }

  static byte[] data(Address to, int length) {
    byte[] body = new byte[length];
    Arrays.fill(body, (byte) length);
    return Mpdu.fromDs(to, PEER, PEER, 1, false, body).bytes();
  }

  int word(int descriptor) {
    return space.load32(descriptor(descriptor));
  }

  boolean filled(int descriptor) {
    return (word(descriptor) & 1 << 30) != 0;
  }

  byte[] stored(int descriptor, int length) {
    return space.peek(RX_BUFFERS + RX_SIZE * descriptor + 28, length);
  }

  int header(int descriptor, int number) {
    return space.load32(RX_BUFFERS + RX_SIZE * descriptor + 4 * number);
  }

  /** Makes a slot ready with a frame at a rate and with a key. */
  void send(int slot, byte[] frame, int room, int rate, int key, boolean waits) {
    int length = frame.length + room + 4;
    space.poke(TX_BUFFER + 0x400 * slot, frame);
    int at = TX_DESCRIPTOR + 12 * slot;
    space.store32(at, 3 << 30 | length << 12 | length);
    space.store32(at + 4, TX_BUFFER + 0x400 * slot);
    Bench.put(slots, 0x258 - 0x3C * slot, key << 17 | rate << 12 | length);
    put(0xD20 - 8 * slot, 3 << 30 | (waits ? 1 << 24 : 0) | at & 0xFFFFF);
  }
}
