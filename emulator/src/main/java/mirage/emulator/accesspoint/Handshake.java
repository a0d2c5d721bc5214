// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.accesspoint;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import mirage.emulator.air.Antenna;
import mirage.emulator.clock.Clock;
import mirage.emulator.wlan.Address;
import mirage.emulator.wlan.Elements;
import mirage.emulator.wlan.KeyFrame;
import mirage.emulator.wlan.Wpa;

/**
 * The access point's side of the 4-way and the group key handshake with one station (IEEE 802.11, 12.7.6 and 12.7.7). Each
 * message is sent four times, a second apart, before the station is given up: so a wrong passphrase ends.
 */
final class Handshake {
  /** Type of EAPOL, in an Ethernet frame. */
  static final int ETHER_TYPE = 0x888E;

  private static final int TRIES = 4;
  private static final long PATIENCE = Clock.TICKS_PER_SECOND;

  private enum State {
    FIRST_SENT,
    THIRD_SENT,
    GROUP_SENT,
    DONE
  }

  /** What the access point does for it. */
  interface Surroundings {
    /** Sends a message; encrypted if there are keys. */
    void send(long tick, byte[] message);

    /** The station has proved that it knows the passphrase. */
    void keysAgreed(byte[] temporal);

    /** The station has the new group key. */
    void groupKeyTaken();

    /** The station does not answer as it should. */
    void failed(long tick);
  }

  private final Address own;
  private final Address station;
  private final byte[] master;
  private final byte[] nonce;
  private final Surroundings around;
  private State state;
  private Wpa.PairwiseKeys keys;
  private GroupKey group;
  private long replay;
  private int tries;
  private long deadline = Antenna.NEVER;

  /**
   * @param master key of the network
   * @param nonce 32 bytes that were never used before
   * @param group the key that the station gets
   */
  Handshake(
      Address own,
      Address station,
      byte[] master,
      byte[] nonce,
      GroupKey group,
      Surroundings around) {
    this.own = own;
    this.station = station;
    this.master = master;
    this.nonce = nonce;
    this.group = group;
    this.around = around;
  }

  /** Begins with the first message. */
  void start(long tick) {
    enter(tick, State.FIRST_SENT);
  }

  /** Gives the station another group key. */
  void renew(long tick, GroupKey key) {
    group = key;
    enter(tick, State.GROUP_SENT);
  }

  boolean done() {
    return state == State.DONE;
  }

  /** The tick at which patience ends. */
  long due() {
    return deadline;
  }

  /** It is {@link #due}: the last message is sent again, or the station given up. */
  void act(long tick) {
    if (tries == TRIES) {
      deadline = Antenna.NEVER;
      around.failed(tick);
    } else {
      send(tick);
    }
  }

  /** What the station answers. */
  void receive(long tick, byte[] bytes) {
    Optional<KeyFrame> parsed = KeyFrame.parse(bytes);
    if (parsed.isEmpty() || parsed.get().replay() != replay || parsed.get().has(KeyFrame.ACK)) {
      return;
    }
    KeyFrame frame = parsed.get();
    switch (state) {
      case FIRST_SENT -> {
        Wpa.PairwiseKeys made = Wpa.pairwise(master, own, station, nonce, frame.nonce());
        if (frame.signedBy(made.confirmation(), bytes)) {
          keys = made;
          enter(tick, State.THIRD_SENT);
        }
      }
      case THIRD_SENT -> {
        if (frame.signedBy(keys.confirmation(), bytes)) {
          finish();
          around.keysAgreed(keys.temporal());
        }
      }
      case GROUP_SENT -> {
        if (frame.signedBy(keys.confirmation(), bytes)) {
          finish();
          around.groupKeyTaken();
        }
      }
      case DONE -> {
        // It answers again what was repeated.
      }
    }
  }

  private void finish() {
    state = State.DONE;
    deadline = Antenna.NEVER;
  }

  private void enter(long tick, State next) {
    state = next;
    tries = 0;
    send(tick);
  }

  private void send(long tick) {
    tries++;
    replay++;
    deadline = tick + PATIENCE;
    around.send(tick, message());
  }

  private byte[] message() {
    int pairwise = KeyFrame.VERSION | KeyFrame.ACK | KeyFrame.PAIRWISE;
    int secret = KeyFrame.MIC | KeyFrame.SECURE | KeyFrame.ENCRYPTED;
    return switch (state) {
      case FIRST_SENT -> frame(pairwise, nonce, 0, new byte[0]).bytes();
      case THIRD_SENT -> {
        Elements data = new Elements().addRsn();
        int flags = pairwise | secret | KeyFrame.INSTALL;
        yield frame(flags, nonce, group.packet(), wrapped(data)).signed(keys.confirmation());
      }
      default -> {
        int flags = KeyFrame.VERSION | KeyFrame.ACK | secret;
        yield frame(flags, new byte[Wpa.NONCE], group.packet(), wrapped(new Elements()))
            .signed(keys.confirmation());
      }
    };
  }

  private KeyFrame frame(int flags, byte[] frameNonce, long sequence, byte[] data) {
    return new KeyFrame(flags, replay, frameNonce, sequence, new byte[16], data);
  }

  /** Elements and the group key, padded and wrapped. */
  private byte[] wrapped(Elements elements) {
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    key.writeBytes(new byte[] {0x00, 0x0F, (byte) 0xAC, 1, (byte) group.id(), 0});
    key.writeBytes(group.key());
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(elements.add(0xDD, key.toByteArray()).bytes());
    if (data.size() % 8 != 0) {
      data.write(0xDD);
    }
    while (data.size() % 8 != 0) {
      data.write(0);
    }
    return Wpa.wrap(keys.encryption(), data.toByteArray());
  }
}
