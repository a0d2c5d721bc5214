// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.ethernet;

import java.util.Arrays;
import mirage.emulator.board.Frames;
import mirage.emulator.bus.AddressSpace;
import mirage.emulator.bus.Device;
import mirage.emulator.bus.Dma;
import mirage.emulator.bus.Memory;
import mirage.emulator.bus.Rights;
import mirage.emulator.peripheral.Bench;
import mirage.emulator.peripheral.InterruptSource;

/** A MAC with memory and a cable, and what a driver does with them, by hand. */
final class EmacBench {
  static final int RAM = 0x3FFB0000;
  static final int RX_RING = RAM;
  static final int TX_RING = RAM + 0x800;
  static final int RX_BUFFERS = RAM + 0x1000;
  static final int TX_BUFFER = RAM + 0x8000;
  static final int RX_SIZE = 1536;
  static final int OWN = 1 << 31;
  static final int LINE = 5;
  static final byte[] MAC = {0x24, 0x0A, (byte) 0xC4, 0, 1, 0x10};

  final Bench bench = new Bench();
  final AddressSpace space = new AddressSpace();
  final TestCable cable = new TestCable();
  final Emac emac;
  boolean managed = true;
  final Device dma;
  final Device ext;
  final Device mac;

  EmacBench() {
    space.map(RAM, new Memory("RAM", 0x10000), Rights.DATA);
    emac = new Emac(bench.clock, bench.clocks, bench.matrix, new Dma(space), 0, () -> managed);
    dma = emac.blocks().get(0);
    ext = emac.blocks().get(1);
    mac = emac.blocks().get(2);
    bench.route(InterruptSource.EMAC_INT, LINE);
    emac.connect(cable);
  }

  /** As {@link #started(int, int)} with the usual operation mode: whole frames both ways. */
  static EmacBench started(int receiveDescriptors) {
    return started(receiveDescriptors, 1 << 25 | 1 << 21);
  }

  /** A MAC that runs at 100 Mb/s, full duplex, with one transmit descriptor and some to receive. */
  static EmacBench started(int receiveDescriptors, int operation) {
    EmacBench bench = new EmacBench();
    bench.clockIt();
    Bench.put(bench.dma, 0x00, 1);
    bench.bench.micros(10);
    Bench.put(bench.dma, 0x00, 1 << 7);
    Bench.put(bench.mac, 0x40, 0x1001);
    Bench.put(bench.mac, 0x44, 0x00C40A24);
    bench.bench.micros(Phy.NEGOTIATION_MILLIS * 1000L + 1);
    bench.receiveRing(receiveDescriptors);
    Bench.put(bench.dma, 0x0C, RX_RING);
    Bench.put(bench.dma, 0x10, TX_RING);
    Bench.put(bench.dma, 0x1C, 1 << 16 | 1 << 6 | 1);
    Bench.put(bench.mac, 0x00, 1 << 15 | 1 << 14 | 1 << 11 | 1 << 3 | 1 << 2);
    Bench.put(bench.dma, 0x18, operation | 1 << 13 | 1 << 1);
    Bench.put(bench.dma, 0x14, -1);
    return bench;
  }

  /** 50 MHz from the chip's own PLL, RMII. */
  void clockIt() {
    Bench.put(ext, 0x0C, 4 << 13);
    Bench.put(ext, 0x08, 2);
  }

  private void receiveRing(int count) {
    for (int i = 0; i < count; i++) {
      int at = RX_RING + 32 * i;
      space.store32(at, OWN);
      space.store32(at + 4, 1 << 14 | RX_SIZE);
      space.store32(at + 8, RX_BUFFERS + RX_SIZE * i);
      space.store32(at + 12, RX_RING + 32 * ((i + 1) % count));
    }
  }

  /** Sends a frame from one descriptor with {@code flags} in word 0. */
  void send(byte[] content, int flags) {
    space.poke(TX_BUFFER, content);
    space.store32(TX_RING + 4, content.length);
    space.store32(TX_RING + 8, TX_BUFFER);
    space.store32(TX_RING + 12, TX_RING);
    space.store32(TX_RING, OWN | 1 << 30 | 1 << 29 | 1 << 28 | 1 << 20 | flags);
    Bench.put(dma, 0x04, 0);
    bench.micros(1000);
  }

  /** A frame arrives over the cable. */
  void arrive(byte[] frame) {
    cable.incoming.add(frame);
    emac.inputArrived();
    bench.micros(1000);
  }

  int status() {
    return Bench.get(dma, 0x14);
  }

  int receiveWord(int descriptor, int word) {
    return space.load32(RX_RING + 32 * descriptor + 4 * word);
  }

  byte[] received(int descriptor) {
    int length = receiveWord(descriptor, 0) >>> 16 & 0x3FFF;
    return space.peek(RX_BUFFERS + RX_SIZE * descriptor, length);
  }

  int mdio(int phy, int register) {
    Bench.put(mac, 0x10, phy << 11 | register << 6 | 3 << 2 | 1);
    return awaitMdio();
  }

  void mdio(int phy, int register, int value) {
    Bench.put(mac, 0x14, value);
    Bench.put(mac, 0x10, phy << 11 | register << 6 | 3 << 2 | 3);
    awaitMdio();
  }

  private int awaitMdio() {
    int polls = 0;
    while ((Bench.get(mac, 0x10) & 1) != 0) {
      bench.micros(1);
      polls++;
    }
    if (polls < 20) {
      throw new AssertionError("a transfer takes 64 cycles of MDC");
    }
    return Bench.get(mac, 0x14);
  }

  /** A frame with FCS from another station to {@code destination}: type 0x88B5, {@code length} bytes of payload. */
  static byte[] frame(byte[] destination, int length) {
    byte[] content = new byte[14 + length];
    System.arraycopy(destination, 0, content, 0, 6);
    content[6] = 2;
    content[11] = 1;
    content[12] = (byte) 0x88;
    content[13] = (byte) 0xB5;
    Arrays.fill(content, 14, content.length, (byte) length);
    return Frames.seal(content);
  }
}
