// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import mirage.emulator.board.Frames;
import mirage.emulator.wlan.Address;
import org.junit.jupiter.api.Test;

/** What passt hears of the wire that it shares with several boards. */
class PasstGateTest {
  private static final Address OWN = new Address(0x240A_C400_0110L);
  private static final Address ETHERNET = new Address(0x240A_C400_0113L);
  private static final Address OTHER = new Address(0x240A_C400_0114L);
  private static final int IPV4 = 0x0800;
  private static final int ARP = 0x0806;
  private static final int IPV6 = 0x86DD;

  private final PasstGate gate = new PasstGate(new Station("a", OWN));

  private static byte[] frame(Address to, Address from, int type, int target) {
    ByteBuffer content = ByteBuffer.allocate(14 + 28);
    content.put(to.bytes()).put(from.bytes()).putShort((short) type);
    content.putInt(content.capacity() - 4, target);
    return Frames.seal(content.array());
  }

  @Test
  void itsBoardReachesTheGatewayAndNobodyElse() {
    assertThat(gate.test(frame(Passt.MAC, ETHERNET, IPV4, 0))).isTrue();
    assertThat(gate.test(frame(Passt.MAC, OWN, IPV4, 0))).isTrue();
    assertThat(gate.test(frame(Passt.MAC, OTHER, IPV4, 0))).as("another board").isFalse();
    assertThat(gate.test(frame(OTHER, ETHERNET, IPV4, 0))).as("to another board").isFalse();
    assertThat(gate.test(frame(Address.BROADCAST, ETHERNET, IPV4, 0))).as("DHCP").isTrue();
    assertThat(gate.test(frame(Passt.MAC, ETHERNET, IPV6, 0))).isFalse();
  }

  @Test
  void onlyTheGatewaysAddressIsAskedFor() {
    assertThat(gate.test(frame(Address.BROADCAST, ETHERNET, ARP, 0x0A00_0202))).isTrue();
    assertThat(gate.test(frame(Address.BROADCAST, ETHERNET, ARP, 0x0A00_0210)))
        .as("passt would answer for another board")
        .isFalse();
  }
}
