// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.wifi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import mirage.emulator.air.Antenna;
import mirage.emulator.air.Heard;
import mirage.emulator.board.Inlet;
import mirage.emulator.bus.Dma;
import mirage.emulator.clock.Alarm;
import mirage.emulator.clock.Clock;
import mirage.emulator.peripheral.InterruptMatrix;
import mirage.emulator.peripheral.InterruptSource;
import mirage.emulator.peripheral.RegisterBlock;
import mirage.emulator.wlan.Address;
import mirage.emulator.wlan.Ccmp;
import mirage.emulator.wlan.Mpdu;

/** The WiFi MAC: between the air and memory. The radio in front of it is ideal. */
public final class WifiMac implements Inlet {
  private static final int RX_ENABLE = 31;

  /** Bytes in front of a received frame. */
  private static final int HEADER = 28;

  private static final int FCS = 4;
  private static final int SHORTEST = 10;
  private static final int RECEIVER = 4;

  /** Strength is given in dBm above this. */
  private static final int STRENGTH_ZERO = -96;

  private static final int CHANNELS = 14;

  private final Clock clock;
  private final MacRegisters mac;
  private final SlotRegisters slots;
  private final Interrupts interrupts;
  private final ReceiveList list;
  private final TransmitSlots transmitter;
  private final AddressFilters filters;
  private final KeySlots keys;
  private final Alarm arrival;
  private Antenna antenna;

  /**
   * @param memory what the DMA reaches
   * @param powered whether the radio has power and clocks
   * @param antenna its place on the air
   */
  public WifiMac(
      Clock clock, InterruptMatrix matrix, Dma memory, BooleanSupplier powered, Antenna antenna) {
    this.clock = clock;
    mac = new MacRegisters(powered);
    slots = new SlotRegisters(powered);
    interrupts =
        new Interrupts(
            mac.interruptEnable,
            mac.interruptStatus,
            mac.interruptClear,
            level -> matrix.set(InterruptSource.MAC_INTR, level));
    list = new ReceiveList(memory, mac.rxControl, mac.rxBase, mac.rxNext, mac.rxLast, interrupts);
    keys = new KeySlots(slots.keys, mac.crypto, mac.keysEnabled);
    transmitter = new TransmitSlots(clock, memory, mac, slots, keys, interrupts, this::followAir);
    filters = new AddressFilters(mac.bssids, mac.receivers, mac.policies, mac.controls);
    arrival = clock.alarm("WiFi", this::followAir);
    mac.time.onRead(() -> (int) (clock.now() / Clock.TICKS_PER_MICROSECOND));
    mac.rxControl.onWrite(
        word -> {
          list.controlled(word);
          receiverChanged();
        });
    mac.control.onWrite(
        word -> {
          receiverChanged();
          transmitter.control();
        });
    connect(antenna);
  }

  /** The register blocks: MAC, slots. */
  public List<RegisterBlock> blocks() {
    return List.of(mac, slots);
  }

  /** Takes another place on the air. */
  public void connect(Antenna place) {
    antenna = place;
    transmitter.connect(place);
  }

  /** The synthesizer was set: the index of a channel is 10 times the channel and 14. */
  public void tune(int index) {
    int channel = (index & 0xFF) / 10 - 1;
    if (channel >= 1 && channel <= CHANNELS) {
      antenna.tune(channel);
    }
  }

  /** The MAC's reset. */
  public void reset() {
    blocks().forEach(RegisterBlock::reset);
    list.reset();
    transmitter.reset();
    interrupts.update();
    receiverChanged();
  }

  private boolean receives() {
    return mac.runs() && mac.rxControl.bit(RX_ENABLE);
  }

  private void receiverChanged() {
    antenna.listen(receives());
    followAir();
  }

  /** Lets the air come to the present, and looks when it wants something next. */
  private void followAir() {
    do {
      antenna.receive(clock.now()).ifPresent(this::take);
    } while (antenna.arrival() <= clock.now());
    if (receives() && antenna.arrival() != Antenna.NEVER) {
      arrival.set(antenna.arrival());
    } else {
      arrival.cancel();
    }
  }

  private void take(Heard heard) {
    byte[] frame = heard.frame();
    if (frame.length < SHORTEST || !receives()) {
      return;
    }
    Address receiver = Address.at(frame, RECEIVER);
    boolean control = (frame[0] >> 2 & 3) == Mpdu.CONTROL;
    if (!control && Mpdu.of(frame).isEmpty()) {
      return;
    }
    int taken = filters.judge(frame, receiver);
    Optional<byte[]> content = taken == 0 ? Optional.empty() : content(heard, control);
    if (content.isEmpty()) {
      return;
    }
    if (list.store(withHeader(heard, taken, content.get()))) {
      if (!control && filters.acknowledges(receiver)) {
        heard.acknowledge();
      }
      interrupts.raise(Interrupts.RECEIVED);
    }
  }

  /** The frame as it is stored: decrypted if there is a key for it; nothing if its MIC is wrong. */
  private Optional<byte[]> content(Heard heard, boolean control) {
    Mpdu frame = new Mpdu(heard.frame());
    if (control || !frame.isProtected() || !Ccmp.fits(frame)) {
      return Optional.of(frame.bytes());
    }
    Optional<Ccmp> key = keys.keyOf(frame);
    return key.isPresent() ? key.get().decrypt(frame) : Optional.of(frame.bytes());
  }

  private byte[] withHeader(Heard heard, int taken, byte[] content) {
    int onAir = heard.frame().length + FCS;
    int strength = heard.strength() - STRENGTH_ZERO & 0xFF;
    int rate = RateCodes.code(heard.transmission().rate());
    return ByteBuffer.allocate(HEADER + content.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(taken << 28 | (onAir & 0xFFF) << 16 | rate << 8 | strength)
        .putInt(0)
        .putInt(antenna.channel() << 16)
        .putInt((int) (clock.now() / Clock.TICKS_PER_MICROSECOND))
        .putInt(0)
        .putInt(0)
        .putInt(onAir & 0xFFF)
        .put(content)
        .array();
  }

  // What comes from outside of the air.

  @Override
  public boolean takesInput() {
    return receives() && antenna.awaitsInput();
  }

  @Override
  public void inputArrived() {
    long tick = antenna.arrival();
    if (receives() && tick != Antenna.NEVER) {
      arrival.set(Math.max(tick, clock.now()));
    }
  }

  @Override
  public boolean interruptsOnInput() {
    return receives() && interrupts.onReceive();
  }
}
