// SPDX-License-Identifier: Apache-2.0
package mirage.device.wifi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What an attacker repeats or changes installs no key, and brings no frame in. */
class HandshakeTest {
  @Test
  void aKeyIsInstalledOnce() {
    assertThat(Programs.compile("handshake").output())
        .isEqualTo(
            """
            messages: 1 1
            a changed message 3 is answered 0 times
            station installs: slot 0 id 0 pairwise, slot 2 id 1 group
            packets 1 2 3
            the same message 3 is answered 0 times
            message 3 again installs:\s
            it is answered 1 times, in clear true
            packet 4
            access point installs: slot 4 id 0 pairwise
            a frame is delivered 1 times, then 0
            a frame in clear 0 times
            access point installs: slot 1 id 2 group
            station installs: slot 3 id 2 group
            group message again: 0 answers
            it installs:\s
            told anew: 1 answers
            it installs:\s
            an old message 3: 0 answers
            a frame to all is delivered 1 times
            access point after an hour installs: slot 0 id 1 group
            """);
  }
}
