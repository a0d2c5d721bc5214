// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.wifi;

import mirage.emulator.peripheral.Register;
import mirage.emulator.wlan.Address;
import mirage.emulator.wlan.Mpdu;

/**
 * Which frames the MAC takes, and which it acknowledges. There are four interfaces, each with a filter for the receiver's
 * address, one for the BSSID, and a policy; a frame is taken if one of them takes it.
 */
final class AddressFilters {
  static final int INTERFACES = 4;

  /** Bits of a policy. */
  private static final int BLOCKS_UNICAST = 0;

  private static final int CHECKS_BSSID = 1;
  private static final int BLOCKS_MULTICAST = 2;
  private static final int PASSES_BEACONS = 4;
  private static final int PASSES_ALL = 8;

  /** Of control frames, whose lowest subtype that can pass has this bit. */
  private static final int CONTROL = 23;

  private static final int LOWEST_CONTROL = 7;
  private static final int FILTER_ON = 16;

  private final Filter[] bssids;
  private final Filter[] receivers;
  private final Register[] policies;
  private final Register[] controls;

  /** An address and the bits of it that are compared; each in two words, the first byte lowest. */
  record Filter(Register low, Register high, Register maskLow, Register maskHigh) {
    boolean on() {
      return maskHigh.bit(FILTER_ON);
    }

    boolean matches(Address address) {
      byte[] bytes = address.bytes();
      int words = 0;
      for (int i = 0; i < 4; i++) {
        words |= (bytes[i] & 0xFF) << 8 * i;
      }
      int rest = bytes[4] & 0xFF | (bytes[5] & 0xFF) << 8;
      boolean equal = ((words ^ low.value()) & maskLow.value()) == 0;
      return on() && equal && ((rest ^ high.value()) & maskHigh.value() & 0xFFFF) == 0;
    }
  }

  AddressFilters(Filter[] bssids, Filter[] receivers, Register[] policies, Register[] controls) {
    this.bssids = bssids;
    this.receivers = receivers;
    this.policies = policies;
    this.controls = controls;
  }

  /** Whether a frame to {@code receiver} is acknowledged once it is stored. */
  boolean acknowledges(Address receiver) {
    boolean own = false;
    for (Filter filter : receivers) {
      own |= filter.matches(receiver);
    }
    return own && !receiver.several();
  }

  /** The interfaces that take a frame, one bit each. */
  int judge(byte[] frame, Address receiver) {
    int taken = 0;
    for (int i = 0; i < INTERFACES; i++) {
      boolean control = (frame[0] >> 2 & 3) == Mpdu.CONTROL;
      boolean takes =
          control ? takesControl(i, frame, receiver) : takes(i, new Mpdu(frame), receiver);
      taken |= takes ? 1 << i : 0;
    }
    return taken;
  }

  private boolean takesControl(int i, byte[] frame, Address receiver) {
    int subtype = frame[0] >> 4 & 0xF;
    boolean wanted =
        subtype >= LOWEST_CONTROL && controls[i].bit(CONTROL + subtype - LOWEST_CONTROL);
    return wanted && (receivers[i].matches(receiver) || !policies[i].bit(BLOCKS_UNICAST));
  }

  private boolean takes(int i, Mpdu frame, Address receiver) {
    Register policy = policies[i];
    boolean beacon = frame.is(Mpdu.MANAGEMENT, Mpdu.BEACON);
    if (policy.bit(PASSES_ALL) || beacon && policy.bit(PASSES_BEACONS)) {
      return true;
    }
    if (receiver.several()) {
      return !policy.bit(BLOCKS_MULTICAST) || ofOurNetwork(i, frame) && !echo(i, frame);
    }
    if (!receivers[i].matches(receiver)) {
      return !policy.bit(BLOCKS_UNICAST);
    }
    return !policy.bit(CHECKS_BSSID) || ofOurNetwork(i, frame);
  }

  private boolean ofOurNetwork(int i, Mpdu frame) {
    Address bssid = frame.bssid();
    return bssids[i].on() && (bssid.equals(Address.BROADCAST) || bssids[i].matches(bssid));
  }

  /** What an access point repeats of our own. */
  private boolean echo(int i, Mpdu frame) {
    return frame.type() == Mpdu.DATA && frame.fromDs() && receivers[i].matches(frame.third());
  }
}
