// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.wifi;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import mirage.emulator.air.Antenna;
import mirage.emulator.air.Rate;
import mirage.emulator.air.Transmission;
import mirage.emulator.bus.AccessFault;
import mirage.emulator.bus.DeviceFault;
import mirage.emulator.bus.Dma;
import mirage.emulator.clock.Alarm;
import mirage.emulator.clock.Clock;
import mirage.emulator.peripheral.Register;
import mirage.emulator.wlan.Ccmp;
import mirage.emulator.wlan.Mpdu;

/**
 * The five transmit slots: a frame each, sent once, one after the other in the order in which they were made ready. A slot that is
 * still marked as ready when its completion is cleared is sent again.
 */
final class TransmitSlots {
  private static final int GO = 3 << 30;
  private static final int WAITS_FOR_ACK = 24;
  private static final int DESCRIPTOR = 0xFFFFF;
  private static final int DATA_MEMORY = 0x3FF00000;
  private static final int READY = 3 << 30;
  private static final int FIELD = 0xFFF;
  private static final int LENGTH = 12;
  private static final int RATE = 12;
  private static final int KEY = 17;
  private static final int FCS = 4;
  private static final int SHORTEST = 10;
  private static final int ACK_TIMEOUT = 5 << 12;

  /** In CTRL: the MAC is sending. */
  private static final int BUSY = 1 << 13;

  /** Ticks the medium is watched before a frame. */
  private static final long WAIT = 28 * Clock.TICKS_PER_MICROSECOND;

  private record Frame(int slot, Rate rate, boolean wantsAnswer, byte[] bytes) {}

  private final Clock clock;
  private final Dma memory;
  private final MacRegisters mac;
  private final SlotRegisters slots;
  private final KeySlots keys;
  private final Interrupts interrupts;
  private final Alarm finished;
  private final Deque<Frame> waiting = new ArrayDeque<>();
  private Antenna antenna;
  private Frame current;
  private Transmission transmission;

  /**
   * @param air called whenever something was sent, and before its fate is looked at
   */
  TransmitSlots(
      Clock clock,
      Dma memory,
      MacRegisters mac,
      SlotRegisters slots,
      KeySlots keys,
      Interrupts interrupts,
      Runnable air) {
    this.clock = clock;
    this.memory = memory;
    this.mac = mac;
    this.slots = slots;
    this.keys = keys;
    this.interrupts = interrupts;
    finished =
        clock.alarm(
            "WiFi frame sent",
            () -> {
              air.run();
              finish();
              air.run();
            });
    for (int i = 0; i < SlotRegisters.SLOTS; i++) {
      int slot = i;
      mac.plcp0[slot].onWrite(
          word -> {
            ready(slot, word);
            air.run();
          });
    }
    mac.doneClear.onWrite(this::clearDone);
    mac.errorClear.onWrite(word -> mac.errors.set(mac.errors.value() & ~word));
  }

  void connect(Antenna newAntenna) {
    antenna = newAntenna;
  }

  /** The MAC was stopped or goes on. */
  void control() {
    begin();
  }

  void reset() {
    finished.cancel();
    waiting.clear();
    current = null;
    transmission = null;
  }

  private void ready(int slot, int word) {
    waiting.removeIf(frame -> frame.slot() == slot);
    if ((word & GO) == GO) {
      waiting.add(load(slot));
      begin();
    } else if (current != null && current.slot() == slot) {
      end();
      begin();
    }
  }

  private void clearDone(int word) {
    int cleared = mac.done.value() & word;
    mac.done.set(mac.done.value() & ~word);
    for (int slot = 0; slot < SlotRegisters.SLOTS; slot++) {
      boolean again = (mac.plcp0[slot].value() & GO) == GO;
      if (again && (cleared >>> slot & 1) != 0) {
        ready(slot, mac.plcp0[slot].value());
      }
    }
  }

  /** Fetches a slot's frame from memory. */
  private Frame load(int slot) {
    Register plcp0 = mac.plcp0[slot];
    Register plcp1 = slots.plcp1[slot];
    int length = plcp1.field(0, 12) - FCS;
    Rate rate =
        RateCodes.rate(plcp1.field(RATE, 5))
            .orElseThrow(() -> fault(slot, "there is no rate of code 4"));
    try {
      int descriptor = DATA_MEMORY | plcp0.value() & DESCRIPTOR;
      int word = memory.load32(descriptor);
      if ((word & READY) != READY) {
        throw fault(slot, "its descriptor has not bits 31 (the DMA's) and 30 (the last one)");
      }
      if (length < SHORTEST || length > (word & FIELD) || length > (word >>> LENGTH & FIELD)) {
        throw fault(
            slot,
            "a frame of %d bytes and a check sequence does not fit its descriptor"
                .formatted(length));
      }
      byte[] bytes = new byte[length];
      memory.read(memory.load32(descriptor + 4), bytes, 0, length);
      byte[] sent = encrypted(bytes, plcp1.field(KEY, 5));
      return new Frame(slot, rate, plcp0.bit(WAITS_FOR_ACK), sent);
    } catch (AccessFault e) {
      throw fault(slot, "descriptor or frame are not in internal data RAM");
    }
  }

  private static DeviceFault fault(int slot, String what) {
    return new DeviceFault("WIFI_MAC: transmit slot %d: %s".formatted(slot, what));
  }

  /** A frame that is marked as protected is encrypted if the slot of its key is in use; the last 8 bytes are room for the MIC. */
  private byte[] encrypted(byte[] bytes, int slot) {
    Optional<Mpdu> frame = Mpdu.of(bytes).filter(Mpdu::isProtected).filter(Ccmp::fits);
    Optional<Ccmp> key = frame.isPresent() ? keys.key(slot) : Optional.empty();
    if (key.isEmpty()) {
      return bytes;
    }
    byte[] clear = Arrays.copyOf(bytes, bytes.length - Ccmp.MIC);
    return key.get().encrypt(new Mpdu(clear));
  }

  private void begin() {
    if (current != null || waiting.isEmpty() || !mac.runs()) {
      return;
    }
    current = waiting.remove();
    mac.control.set(mac.control.value() | BUSY);
    transmission = antenna.send(clock.now() + WAIT, current.rate(), current.bytes());
    finished.set(current.wantsAnswer() ? transmission.answered() : transmission.end());
  }

  private void end() {
    finished.cancel();
    current = null;
    mac.control.set(mac.control.value() & ~BUSY);
  }

  private void finish() {
    boolean answered = !current.wantsAnswer() || transmission.acknowledged();
    int slot = current.slot();
    slots.results[slot].set(answered ? 0 : ACK_TIMEOUT);
    mac.done.set(mac.done.value() | 1 << slot);
    end();
    interrupts.raise(Interrupts.SENT);
    begin();
  }
}
