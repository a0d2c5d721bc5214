// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.ethernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import mirage.emulator.board.Frames;
import mirage.emulator.bus.DeviceFault;
import mirage.emulator.peripheral.Bench;
import org.junit.jupiter.api.Test;

/** The MAC as a driver sees it: registers, descriptors, interrupts. */
class EmacTest {
  private static final int RX_DONE = 1 << 6;
  private static final int NORMAL = 1 << 16;

  @Test
  void softwareResetNeedsTheClock() {
    EmacBench bench = new EmacBench();
    Bench.put(bench.dma, 0, 1);
    bench.bench.micros(1_000_000);
    assertThat(Bench.get(bench.dma, 0) & 1).as("without 50 MHz it never ends").isEqualTo(1);
    bench.clockIt();
    bench.bench.micros(10);
    assertThat(Bench.get(bench.dma, 0) & 1).isZero();
  }

  @Test
  void sendsAFrameWithPaddingAndCheckSequence() {
    EmacBench bench = EmacBench.started(4);
    byte[] content = new byte[20];
    Arrays.fill(content, (byte) 7);
    long start = bench.bench.clock.now();
    bench.send(content, 0);
    assertThat(bench.cable.sent).hasSize(1);
    byte[] frame = bench.cable.sent.get(0);
    assertThat(frame).hasSize(64).startsWith(content);
    assertThat(Frames.intact(frame)).isTrue();
    assertThat(bench.cable.sentAt.get(0) - start)
        .as("64 bytes, preamble and gap at 100 Mb/s")
        .isEqualTo(84 * 8 * 480 / 100);
    assertThat(bench.space.load32(EmacBench.TX_RING)).as("given back").isEqualTo(0x70100000);
    assertThat(bench.bench.proLines).containsExactly(EmacBench.LINE);
    assertThat(bench.status() & (NORMAL | 1)).isEqualTo(NORMAL | 1);
    Bench.put(bench.dma, 0x14, NORMAL | 1);
    assertThat(bench.bench.proLines).isEmpty();
  }

  @Test
  void gathersAFrameFromSeveralBuffers() {
    EmacBench bench = EmacBench.started(1);
    for (int i = 0; i < 3; i++) {
      int at = EmacBench.TX_RING + 32 * i;
      bench.space.poke(EmacBench.TX_BUFFER + 64 * i, new byte[] {(byte) i, (byte) i});
      bench.space.store32(at + 4, 30 + i);
      bench.space.store32(at + 8, EmacBench.TX_BUFFER + 64 * i);
      bench.space.store32(at + 12, at + 32);
      int place = i == 0 ? 1 << 28 : i == 2 ? 1 << 29 : 0;
      bench.space.store32(at, EmacBench.OWN | place | 1 << 20);
    }
    Bench.put(bench.dma, 0x04, 0);
    bench.bench.micros(100);
    assertThat(bench.cable.sent).hasSize(1);
    byte[] frame = bench.cable.sent.get(0);
    assertThat(frame).hasSize(30 + 31 + 32 + 4);
    assertThat(new byte[] {frame[0], frame[30], frame[61]}).containsExactly(0, 1, 2);
    assertThat(bench.status() & 1).as("no descriptor asked for an interrupt").isZero();
  }

  @Test
  void receivesAFrame() {
    EmacBench bench = EmacBench.started(4);
    byte[] frame = EmacBench.frame(EmacBench.MAC, 100);
    bench.arrive(frame);
    assertThat(bench.receiveWord(0, 0))
        .as("first, last, has a type; length with FCS")
        .isEqualTo(118 << 16 | 1 << 9 | 1 << 8 | 1 << 5);
    assertThat(bench.received(0)).isEqualTo(frame);
    assertThat(bench.bench.proLines).containsExactly(EmacBench.LINE);
    Bench.put(bench.dma, 0x14, RX_DONE);
    assertThat(bench.bench.proLines).as("the summary stays").containsExactly(EmacBench.LINE);
    Bench.put(bench.dma, 0x14, NORMAL);
    assertThat(bench.bench.proLines).isEmpty();
    assertThat(Bench.get(bench.dma, 0x4C)).isEqualTo(EmacBench.RX_RING + 32);
  }

  @Test
  void framesArriveAtTheSpeedOfTheLine() {
    EmacBench bench = EmacBench.started(4);
    for (int i = 0; i < 3; i++) {
      bench.cable.incoming.add(EmacBench.frame(EmacBench.MAC, 1500));
    }
    bench.emac.inputArrived();
    bench.bench.micros(1);
    assertThat(bench.cable.incoming).hasSize(2);
    bench.bench.micros(122);
    assertThat(bench.cable.incoming).as("1538 byte times are 123.04 us").hasSize(2);
    bench.bench.micros(2);
    assertThat(bench.cable.incoming).hasSize(1);
  }

  @Test
  void aLongFrameSpansBuffers() {
    EmacBench bench = EmacBench.started(4);
    for (int i = 0; i < 4; i++) {
      bench.space.store32(EmacBench.RX_RING + 32 * i + 4, 1 << 14 | 512);
    }
    byte[] frame = EmacBench.frame(EmacBench.MAC, 1000);
    bench.arrive(frame);
    assertThat(bench.receiveWord(0, 0)).isEqualTo(1 << 9);
    assertThat(bench.receiveWord(1, 0)).isEqualTo(1018 << 16 | 1 << 8 | 1 << 5);
    assertThat(bench.space.peek(EmacBench.RX_BUFFERS + EmacBench.RX_SIZE, 506))
        .isEqualTo(Arrays.copyOfRange(frame, 512, 1018));
    assertThat(bench.receiveWord(2, 0)).isEqualTo(EmacBench.OWN);
  }

  @Test
  void aFrameThatFindsNoDescriptorIsCounted() {
    EmacBench bench = EmacBench.started(2);
    byte[] frame = EmacBench.frame(EmacBench.MAC, 100);
    bench.arrive(frame);
    assertThat(bench.status() & 1 << 7).isZero();
    bench.arrive(frame);
    assertThat(bench.status() & 1 << 7).as("no descriptor for a next frame").isNotZero();
    assertThat(Bench.get(bench.dma, 0x20)).isZero();
    bench.arrive(frame);
    bench.arrive(frame);
    assertThat(Bench.get(bench.dma, 0x20)).isEqualTo(2);
    assertThat(Bench.get(bench.dma, 0x20)).as("reading clears").isZero();
    bench.space.store32(EmacBench.RX_RING, EmacBench.OWN);
    Bench.put(bench.dma, 0x08, 0);
    bench.arrive(frame);
    assertThat(bench.receiveWord(0, 0) >>> 16).isEqualTo(118);
    assertThat(Bench.get(bench.dma, 0x20)).isZero();
  }

  @Test
  void aFarEndThatWaitsLosesNothing() {
    EmacBench bench = EmacBench.started(2);
    bench.cable.waits = true;
    byte[] frame = EmacBench.frame(EmacBench.MAC, 100);
    for (int i = 0; i < 5; i++) {
      bench.arrive(frame);
    }
    assertThat(bench.cable.incoming).as("two descriptors took two").hasSize(3);
    assertThat(bench.emac.takesInput()).isFalse();
    for (int left = 2; left >= 0; left--) {
      bench.space.store32(Bench.get(bench.dma, 0x4C), EmacBench.OWN);
      bench.emac.inputArrived();
      bench.bench.micros(1000);
      assertThat(bench.cable.incoming).as("one more each time").hasSize(left);
    }
    assertThat(Bench.get(bench.dma, 0x20)).as("missed").isZero();
  }

  @Test
  void filtersByAddress() {
    EmacBench bench = EmacBench.started(4);
    byte[] multicast = {1, 0, 0x5E, 0, 0, (byte) 0xFB};
    byte[] broadcast = {-1, -1, -1, -1, -1, -1};
    byte[] other = {2, 0, 0, 0, 0, 9};
    assertThat(arrives(bench, EmacBench.MAC)).isTrue();
    assertThat(arrives(bench, broadcast)).isTrue();
    assertThat(arrives(bench, other)).isFalse();
    assertThat(arrives(bench, multicast)).isFalse();
    Bench.put(bench.mac, 0x04, 1 << 4);
    assertThat(arrives(bench, multicast)).isTrue();
    Bench.put(bench.mac, 0x04, 1 << 5);
    assertThat(arrives(bench, broadcast)).isFalse();
    Bench.put(bench.mac, 0x48, 1 << 31 | 0xFB00);
    Bench.put(bench.mac, 0x4C, 0x005E0001);
    assertThat(arrives(bench, multicast)).as("a further address").isTrue();
    Bench.put(bench.mac, 0x04, 1);
    assertThat(arrives(bench, other)).as("promiscuous").isTrue();
    Bench.put(bench.mac, 0x04, 1 << 31);
    bench.space.store32(EmacBench.RX_RING, EmacBench.OWN);
    assertThat(arrives(bench, other)).as("receive all").isTrue();
  }

  private static boolean arrives(EmacBench bench, byte[] destination) {
    for (int i = 0; i < 4; i++) {
      bench.space.store32(EmacBench.RX_RING + 32 * i, EmacBench.OWN);
    }
    Bench.put(bench.dma, 0x14, -1);
    bench.arrive(EmacBench.frame(destination, 60));
    return (bench.status() & RX_DONE) != 0;
  }

  @Test
  void damagedFramesAreDroppedUnlessAskedFor() {
    EmacBench bench = EmacBench.started(4);
    byte[] frame = EmacBench.frame(EmacBench.MAC, 100);
    frame[50] ^= 1;
    bench.arrive(frame);
    assertThat(bench.status() & RX_DONE).isZero();
    Bench.put(bench.dma, 0x18, 1 << 25 | 1 << 21 | 1 << 13 | 1 << 7 | 1 << 1);
    bench.arrive(frame);
    assertThat(bench.receiveWord(0, 0) & 0xFFFF)
        .as("error summary and CRC error")
        .isEqualTo(1 << 15 | 1 << 9 | 1 << 8 | 1 << 5 | 1 << 1);
  }

  @Test
  void aBufferOutsideOfDataRamIsABusError() {
    EmacBench bench = EmacBench.started(1);
    bench.space.store32(EmacBench.TX_RING + 8, 0x3F400000);
    bench.space.store32(EmacBench.TX_RING + 4, 60);
    bench.space.store32(EmacBench.TX_RING, EmacBench.OWN | 7 << 28 | 1 << 20);
    Bench.put(bench.dma, 0x04, 0);
    assertThat(bench.status() & 1 << 13).isNotZero();
    assertThat(bench.status() >>> 23 & 7).as("sending, reading, a buffer").isEqualTo(3);
  }

  @Test
  void loopbackReturnsFrames() {
    EmacBench bench = EmacBench.started(2);
    Bench.put(bench.mac, 0x00, 1 << 15 | 1 << 14 | 1 << 12 | 1 << 11 | 1 << 3 | 1 << 2);
    byte[] frame = EmacBench.frame(EmacBench.MAC, 100);
    bench.send(Frames.content(frame), 0);
    assertThat(bench.cable.sent).isEmpty();
    assertThat(bench.received(0)).isEqualTo(frame);
  }

  @Test
  void thePhyNegotiates() {
    EmacBench bench = new EmacBench();
    assertThat(bench.mdio(0, 2)).isEqualTo(0x0007);
    assertThat(bench.mdio(0, 3)).isEqualTo(0xC0F1);
    assertThat(bench.mdio(1, 2)).as("nobody at address 1").isEqualTo(0xFFFF);
    assertThat(bench.mdio(0, 1)).isEqualTo(0x7809);
    bench.mdio(0, 0, 1 << 12 | 1 << 9);
    bench.bench.micros(Phy.NEGOTIATION_MILLIS * 1000L);
    assertThat(bench.mdio(0, 1)).as("link was down").isEqualTo(0x7829);
    assertThat(bench.mdio(0, 1)).isEqualTo(0x782D);
    assertThat(bench.mdio(0, 31) >>> 2 & 7).as("100 Mb/s, full duplex").isEqualTo(6);
    assertThat(bench.mdio(0, 5)).isEqualTo(0x41E1);
    bench.mdio(0, 4, 0x0021);
    bench.mdio(0, 0, 1 << 12 | 1 << 9);
    bench.bench.micros(Phy.NEGOTIATION_MILLIS * 1000L);
    assertThat(bench.mdio(0, 31) >>> 2 & 7).as("10 Mb/s, half duplex").isEqualTo(1);
  }

  @Test
  void withoutItsPinsThePhyIsSilent() {
    EmacBench bench = new EmacBench();
    bench.managed = false;
    assertThat(bench.mdio(0, 2)).isEqualTo(0xFFFF);
  }

  @Test
  void theLinkComesAndGoes() {
    EmacBench bench = EmacBench.started(4);
    bench.mdio(0, 1);
    assertThat(bench.mdio(0, 1) & 4).isNotZero();
    bench.cable.connected = false;
    bench.emac.partnerChanged();
    assertThat(bench.mdio(0, 1) & 4).isZero();
    bench.send(new byte[60], 0);
    assertThat(bench.cable.sent).as("frames into nowhere").isEmpty();
    bench.cable.connected = true;
    bench.emac.partnerChanged();
    bench.bench.micros(Phy.NEGOTIATION_MILLIS * 1000L + 1);
    assertThat(bench.mdio(0, 1) & 4).as("what was down is seen once").isZero();
    assertThat(bench.mdio(0, 1) & 4).isNotZero();
    bench.send(new byte[60], 0);
    assertThat(bench.cable.sent).hasSize(1);
  }

  @Test
  void nothingPassesAtTheWrongSpeed() {
    EmacBench bench = EmacBench.started(4);
    Bench.put(bench.mac, 0x00, 1 << 15 | 1 << 11 | 1 << 3 | 1 << 2);
    bench.send(new byte[60], 0);
    assertThat(bench.cable.sent).isEmpty();
    bench.arrive(EmacBench.frame(EmacBench.MAC, 100));
    assertThat(bench.status() & RX_DONE).isZero();
  }

  @Test
  void tooFastAManagementClockIsAFault() {
    EmacBench bench = new EmacBench();
    bench.bench.clocks.selectSource(1);
    assertThatThrownBy(() -> Bench.put(bench.mac, 0x10, 2 << 2 | 1))
        .isInstanceOf(DeviceFault.class)
        .hasMessageContaining("5000000 Hz");
  }

  @Test
  void sumsAreInsertedIntoWholeFramesOnly() {
    byte[] packet = new byte[60];
    packet[12] = 8;
    packet[14] = 0x45;
    packet[17] = 20;
    EmacBench bench = EmacBench.started(1);
    bench.send(packet, 1 << 22);
    assertThat(bench.cable.sent.get(0)[24]).as("upper byte of the header's sum").isNotZero();
    bench = EmacBench.started(1, 1 << 25);
    bench.send(packet, 1 << 22);
    assertThat(bench.cable.sent.get(0)[24]).as("sent before it is whole").isZero();
  }

  @Test
  void wrongSumsAreDroppedUnlessAskedFor() {
    byte[] packet = new byte[60];
    System.arraycopy(EmacBench.MAC, 0, packet, 0, 6);
    packet[12] = 8;
    packet[14] = 0x45;
    packet[17] = 20;
    EmacBench bench = EmacBench.started(1);
    int checking = 1 << 15 | 1 << 14 | 1 << 11 | 1 << 10 | 1 << 3 | 1 << 2;
    Bench.put(bench.mac, 0x00, checking);
    bench.arrive(Frames.seal(packet));
    assertThat(bench.status() & RX_DONE).isZero();
    Bench.put(bench.dma, 0x18, 1 << 26 | 1 << 25 | 1 << 21 | 1 << 13 | 1 << 1);
    bench.arrive(Frames.seal(packet));
    assertThat(bench.receiveWord(0, 0) & (1 << 15 | 1)).as("error, extended").isEqualTo(0x8001);
    assertThat(bench.receiveWord(0, 4) & 0xF8)
        .as("IPv4, nothing to check in it, header wrong")
        .isEqualTo(1 << 6 | 1 << 5 | 1 << 3);
  }

  /** Descriptors of 16 bytes, one behind the other, with two buffers each. */
  @Test
  void aRingOfShortDescriptors() {
    EmacBench bench = EmacBench.started(1);
    Bench.put(bench.dma, 0x18, 0);
    Bench.put(bench.dma, 0x00, 0);
    for (int i = 0; i < 2; i++) {
      int at = EmacBench.RX_RING + 16 * i;
      bench.space.store32(at, EmacBench.OWN);
      bench.space.store32(at + 4, (i == 1 ? 1 << 15 : 0) | 64 << 16 | 64);
      bench.space.store32(at + 8, EmacBench.RX_BUFFERS + 256 * i);
      bench.space.store32(at + 12, EmacBench.RX_BUFFERS + 256 * i + 128);
    }
    Bench.put(bench.dma, 0x0C, EmacBench.RX_RING);
    Bench.put(bench.dma, 0x18, 1 << 25 | 1 << 21 | 1 << 1);
    byte[] frame = EmacBench.frame(EmacBench.MAC, 82);
    bench.arrive(frame);
    assertThat(bench.space.peek(EmacBench.RX_BUFFERS + 128, 36))
        .as("the second buffer")
        .isEqualTo(Arrays.copyOfRange(frame, 64, 100));
    bench.arrive(frame);
    assertThat(bench.space.load32(EmacBench.RX_RING + 16) >>> 16).isEqualTo(100);
    assertThat(Bench.get(bench.dma, 0x4C)).as("back at the start").isEqualTo(EmacBench.RX_RING);
  }

  @Test
  void theFifoKeepsFramesUntilItOverflows() {
    EmacBench bench = EmacBench.started(1, 1 << 25 | 1 << 24 | 1 << 21);
    byte[] frame = EmacBench.frame(EmacBench.MAC, 782);
    for (int i = 0; i < 4; i++) {
      bench.arrive(frame);
    }
    assertThat(bench.status() & 1 << 4).as("overflow").isNotZero();
    assertThat(Bench.get(bench.dma, 0x20))
        .as("one of 800 bytes too many for 2048")
        .isEqualTo(1 << 17);
    for (int i = 0; i < 2; i++) {
      bench.space.store32(EmacBench.RX_RING, EmacBench.OWN);
      Bench.put(bench.dma, 0x08, 0);
      assertThat(bench.received(0)).isEqualTo(frame);
    }
  }

  @Test
  void aFrameThatRunsOutOfDescriptorsIsCutOff() {
    EmacBench bench = EmacBench.started(2);
    for (int i = 0; i < 2; i++) {
      bench.space.store32(EmacBench.RX_RING + 32 * i + 4, 1 << 14 | 128);
    }
    bench.arrive(EmacBench.frame(EmacBench.MAC, 500));
    assertThat(bench.receiveWord(1, 0) & (1 << 15 | 1 << 14 | 1 << 8))
        .as("error, descriptor error, last")
        .isEqualTo(1 << 15 | 1 << 14 | 1 << 8);
    assertThat(bench.status() & 1 << 7).isNotZero();
  }

  @Test
  void theReceiveWatchdogDelaysTheInterrupt() {
    EmacBench bench = EmacBench.started(2);
    bench.space.store32(EmacBench.RX_RING + 4, 1 << 31 | 1 << 14 | EmacBench.RX_SIZE);
    Bench.put(bench.dma, 0x24, 250);
    bench.arrive(EmacBench.frame(EmacBench.MAC, 100));
    assertThat(bench.receiveWord(0, 0)).isPositive();
    assertThat(bench.status() & RX_DONE).isZero();
    bench.bench.micros(250 * 256 / 40);
    assertThat(bench.status() & RX_DONE).as("250 times 256 cycles at 40 MHz").isNotZero();
  }

  @Test
  void halfDuplexNeedsACarrier() {
    EmacBench bench = EmacBench.started(1);
    bench.cable.connected = false;
    Bench.put(bench.mac, 0x00, 1 << 15 | 1 << 14 | 1 << 3 | 1 << 2);
    bench.send(new byte[60], 0);
    assertThat(bench.space.load32(EmacBench.TX_RING) & 0x8C00)
        .as("error, loss of carrier, no carrier")
        .isEqualTo(0x8C00);
  }

  @Test
  void longFramesAreCutOffAndReported() {
    EmacBench bench = EmacBench.started(2, 1 << 25 | 1 << 21 | 1 << 7);
    bench.send(new byte[3000], 0);
    assertThat(bench.cable.sent.get(0)).hasSize(2048);
    assertThat(bench.status() & 1 << 3).as("jabber").isNotZero();
    bench.arrive(EmacBench.frame(EmacBench.MAC, 2100));
    assertThat(bench.status() & 1 << 9).as("watchdog").isNotZero();
    assertThat(bench.receiveWord(0, 0) & 1 << 9).as("first of two").isNotZero();
    assertThat(bench.receiveWord(1, 0) & (1 << 15 | 1 << 7 | 1 << 4))
        .as("error, giant, cut")
        .isEqualTo(1 << 15 | 1 << 7 | 1 << 4);
  }
}
