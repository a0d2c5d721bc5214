// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import mirage.emulator.board.Frames;
import mirage.emulator.wlan.Address;
import org.junit.jupiter.api.Test;

/** A board whose address passt does not know. */
class AddressWatchTest {
  private static final int ARP = 0x0806;
  private static final int IPV4 = 0x0800;

  private final List<String> warnings = new ArrayList<>();
  private final AddressWatch watch = new AddressWatch(Passt.address(1), warnings::add);

  private static byte[] frame(int type, int sender) {
    ByteBuffer content = ByteBuffer.allocate(14 + 28);
    content.put(Address.BROADCAST.bytes()).put(Passt.MAC.bytes()).putShort((short) type);
    content.putInt(14 + 14, sender);
    return Frames.seal(content.array());
  }

  @Test
  void anAddressOfPasstsNetworkAndNoneYetAreRight() {
    watch.accept(frame(ARP, 0));
    watch.accept(frame(ARP, 0x0A00_0210));
    watch.accept(frame(IPV4, 0xC0A8_0001));
    assertThat(warnings).isEmpty();
  }

  @Test
  void anotherOneIsToldOnce() {
    watch.accept(frame(ARP, 0x0A00_0002));
    watch.accept(frame(ARP, 0x0A00_0002));
    assertThat(warnings)
        .containsExactly(
            "the chip has the address 10.0.0.2, and is reached at 10.0.2.16 alone: let it ask for one (configure"
                + " --dhcp=true), or give it that one (-- --ipv4=10.0.2.16/24 --ipv4-gateway=10.0.2.2)");
  }
}
