// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.ethernet;

import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import mirage.emulator.board.FrameLink;
import mirage.emulator.board.Frames;
import mirage.emulator.board.Inlet;
import mirage.emulator.bus.Dma;
import mirage.emulator.clock.Alarm;
import mirage.emulator.clock.Clock;
import mirage.emulator.clock.ClockTree;
import mirage.emulator.ethernet.AddressFilter.Verdict;
import mirage.emulator.peripheral.InterruptMatrix;
import mirage.emulator.peripheral.InterruptSource;
import mirage.emulator.peripheral.RegisterBlock;

/**
 * The Ethernet MAC with its DMA, and the PHY it has on the modelled board: between a cable and memory. Frames take the
 * time they need at the speed of the link; the FIFOs add none.
 */
public final class Emac implements Inlet {
  /** Bytes of time that preamble and gap take on the wire. */
  private static final int PREAMBLE = 8;

  private static final int GAP = 12;
  private static final int LONGEST = 1518;
  private static final int VLAN_TAG = 4;
  private static final int VLAN = 0x8100;

  /** Addresses, type, and the operation of a control frame. */
  private static final int SHORTEST_HEADER = 16;

  /** A length or type field of this value or more is a type (IEEE 802.3, 3.2.6). */
  private static final int FIRST_TYPE = 0x600;

  private static final int WATCHDOG = 2048;
  private static final int JUMBO = 9018;

  /** The MAC's bits of word 0 of a receive descriptor. */
  private static final int UNMATCHED = 1 << 30;

  private static final int ERRORS = 1 << 15;
  private static final int LENGTH_ERROR = 1 << 12;
  private static final int TAGGED = 1 << 10;
  private static final int GIANT = 1 << 7;
  private static final int HAS_TYPE = 1 << 5;
  private static final int CUT = 1 << 4;
  private static final int CRC_ERROR = 1 << 1;
  private static final int EXTENDED = 1;

  private final Clock clock;
  private final Phy phy;
  private final ExtRegisters ext = new ExtRegisters();
  private final MacRegisters mac;
  private final DmaRegisters dma;
  private final Alarm arrival;
  private FrameLink cable = FrameLink.NONE;
  private long lineFree;

  /**
   * @param memory what the DMA reaches
   * @param phyAddress at which the board's PHY answers
   * @param managed whether MDC and MDIO are led to the pins where the board has the PHY
   */
  public Emac(
      Clock clock,
      ClockTree clocks,
      InterruptMatrix matrix,
      Dma memory,
      int phyAddress,
      BooleanSupplier managed) {
    this.clock = clock;
    phy = new Phy(phyAddress, clock);
    dma =
        new DmaRegisters(
            clock,
            clocks,
            memory,
            new Outgoing(),
            ext::clocked,
            this::softwareReset,
            level -> matrix.set(InterruptSource.EMAC_INT, level));
    mac =
        new MacRegisters(
            clock,
            clocks,
            phy,
            managed,
            () -> dma.transmitter.poll(),
            () -> dma.transmitter.busy());
    arrival = clock.alarm("EMAC frame arrives", this::arrive);
  }

  /** The register blocks: DMA, EXT, MAC. */
  public List<RegisterBlock> blocks() {
    return List.of(dma, ext, mac);
  }

  /** Plugs a cable into the board's socket. */
  public void connect(FrameLink link) {
    cable = link;
    phy.connect(link);
    inputArrived();
  }

  /** The partner at the far end of the cable has come or gone. */
  public void partnerChanged() {
    phy.look();
  }

  @Override
  public boolean takesInput() {
    return !arrival.armed() && hasRoom();
  }

  private boolean hasRoom() {
    return !cable.waits() || dma.receiver.hasRoom(LONGEST);
  }

  @Override
  public void inputArrived() {
    long tick = cable.arrival();
    if (tick != FrameLink.NEVER && hasRoom()) {
      arrival.set(Math.max(Math.max(tick, lineFree), clock.now()));
    }
  }

  @Override
  public boolean interruptsOnInput() {
    return cable.connected()
        && mac.is(MacRegisters.RECEIVES)
        && dma.receiver.running()
        && dma.status.interruptsOnReceive();
  }

  private void softwareReset() {
    dma.reset();
    mac.reset();
  }

  private void arrive() {
    if (cable.arrival() > clock.now()) {
      inputArrived();
      return;
    }
    byte[] frame = cable.receive(clock.now());
    lineFree = clock.now() + duration(phy.speed(), frame.length);
    phy.look();
    if (phy.linkUp() && !phy.loopback() && !mac.is(MacRegisters.LOOPBACK)) {
      take(frame);
    }
    inputArrived();
  }

  private static long duration(int megabits, int length) {
    return (length + PREAMBLE + GAP) * 8L * Clock.TICKS_PER_MICROSECOND / megabits;
  }

  /** The MAC's receiver: filters, checks, and gives the frame to the DMA. */
  private void take(byte[] frame) {
    if (!mac.is(MacRegisters.RECEIVES) || frame.length < Frames.SHORTEST && !dma.forwardsShort()) {
      return;
    }
    Verdict verdict = frame.length < SHORTEST_HEADER ? Verdict.DROPPED : mac.filter().judge(frame);
    if (verdict == Verdict.DROPPED) {
      return;
    }
    byte[] bytes = frame;
    int status = verdict == Verdict.TAKEN_UNMATCHED ? UNMATCHED : 0;
    int limit = mac.is(MacRegisters.JUMBO) ? JUMBO : WATCHDOG;
    if (bytes.length > limit && !mac.is(MacRegisters.NO_WATCHDOG)) {
      bytes = Arrays.copyOf(bytes, limit);
      status |= CUT;
      dma.status.raise(DmaStatus.RX_WATCHDOG);
    }
    status |= marks(frame);
    boolean damaged = (status & (CUT | CRC_ERROR | GIANT)) != 0;
    if (damaged && dma.storesWholeFrames() && !dma.forwardsErrors()) {
      return;
    }
    if ((status & (CUT | CRC_ERROR | LENGTH_ERROR | GIANT)) != 0) {
      status |= ERRORS;
    }
    check(bytes, status);
  }

  /** What the descriptor says of a frame's form. */
  private int marks(byte[] frame) {
    int type = Frames.type(frame);
    int marks = type >= FIRST_TYPE ? HAS_TYPE : 0;
    boolean tagged = type == VLAN;
    marks |= tagged ? TAGGED : 0;
    int longest = mac.is(MacRegisters.JUMBO) ? JUMBO : LONGEST;
    marks |= frame.length > longest + (tagged ? VLAN_TAG : 0) ? GIANT : 0;
    boolean speedFits = mac.speed() == phy.speed();
    marks |= speedFits && Frames.intact(frame) ? 0 : CRC_ERROR;
    int content = frame.length - Frames.FCS - Frames.HEADER;
    boolean lengthWrong = type < FIRST_TYPE && type > content;
    return marks | (lengthWrong ? LENGTH_ERROR : 0);
  }

  private void check(byte[] bytes, int marks) {
    int status = marks;
    int extended = 0;
    if (mac.is(MacRegisters.CHECKS)) {
      Checksums.Verdict verdict = Checksums.check(bytes, Math.max(0, bytes.length - Frames.FCS));
      if (!verdict.good()) {
        if (!dma.keepsChecksumErrors() && !dma.forwardsErrors() && dma.storesWholeFrames()) {
          return;
        }
        status |= ERRORS;
      }
      if (dma.hasLongDescriptors()) {
        status |= EXTENDED;
        extended = verdict.extended();
      }
    }
    boolean strips = mac.is(MacRegisters.STRIPS) && (status & HAS_TYPE) == 0;
    dma.receiver.arrive(new ReceivedFrame(strips ? stripped(bytes) : bytes, status, extended));
  }

  /** A frame with a length, without padding and FCS. */
  private static byte[] stripped(byte[] frame) {
    int length = Frames.HEADER + Frames.type(frame);
    return Arrays.copyOf(frame, Math.min(length, frame.length));
  }

  /** The MAC's transmitter. */
  private final class Outgoing implements Transmitter.Line {
    @Override
    public boolean enabled() {
      return mac.is(MacRegisters.TRANSMITS);
    }

    @Override
    public boolean unlimited() {
      return mac.is(MacRegisters.NO_JABBER) || mac.is(MacRegisters.JUMBO);
    }

    @Override
    public long duration(int length) {
      return Emac.duration(mac.speed(), length);
    }

    @Override
    public boolean send(byte[] frame) {
      if (mac.is(MacRegisters.LOOPBACK) || phy.loopback()) {
        take(frame);
        return true;
      }
      phy.look();
      if (phy.linkUp() && mac.speed() == phy.speed()) {
        cable.send(clock.now(), frame);
      }
      boolean senses = !mac.is(MacRegisters.FULL_DUPLEX) && !mac.is(MacRegisters.NO_CARRIER_SENSE);
      return phy.linkUp() || !senses;
    }
  }
}
