// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import mirage.emulator.air.Antenna;
import mirage.emulator.board.Board;
import mirage.emulator.board.Inlet;
import mirage.emulator.board.LedListener;
import mirage.emulator.bus.AddressSpace;
import mirage.emulator.bus.Device;
import mirage.emulator.bus.Dma;
import mirage.emulator.bus.Memory;
import mirage.emulator.bus.Rights;
import mirage.emulator.clock.ClockTree;
import mirage.emulator.clock.VirtualClock;
import mirage.emulator.ethernet.Emac;
import mirage.emulator.i2c.I2cController;
import mirage.emulator.i2c.I2cLines;
import mirage.emulator.peripheral.AnalogMaster;
import mirage.emulator.peripheral.Dport;
import mirage.emulator.peripheral.Efuse;
import mirage.emulator.peripheral.FlashCache;
import mirage.emulator.peripheral.FlashMmuTable;
import mirage.emulator.peripheral.FrcTimers;
import mirage.emulator.peripheral.FrontEnd;
import mirage.emulator.peripheral.Gpio;
import mirage.emulator.peripheral.InterruptMatrix;
import mirage.emulator.peripheral.InterruptSource;
import mirage.emulator.peripheral.ReadyRegisters;
import mirage.emulator.peripheral.RegisterBlock;
import mirage.emulator.peripheral.ResetCause;
import mirage.emulator.peripheral.ResetRequests;
import mirage.emulator.peripheral.ReversedMemory;
import mirage.emulator.peripheral.RtcControl;
import mirage.emulator.peripheral.SharedPage;
import mirage.emulator.peripheral.StoredRegisters;
import mirage.emulator.peripheral.Syscon;
import mirage.emulator.peripheral.TimerGroup;
import mirage.emulator.peripheral.Uart;
import mirage.emulator.peripheral.Unmodelled;
import mirage.emulator.peripheral.WifiDevice;
import mirage.emulator.spi.FlashController;
import mirage.emulator.spi.GeneralController;
import mirage.emulator.spi.MatrixLines;
import mirage.emulator.spi.SpiFlash;
import mirage.emulator.wifi.WifiMac;

/** Everything of the chip but its cores: memories, peripherals, and the address space each core sees. */
final class Chip {
  static final int CORES = 2;
  private static final int PAGE = AddressSpace.PAGE_SIZE;

  /** Signals of the PHY's management bus (TRM, "GPIO Matrix"). */
  private static final int MDC_SIGNAL = 200;

  private static final int MDIO_SIGNAL = 201;

  private static final InterruptSource[] UARTS = {
    InterruptSource.UART_INTR, InterruptSource.UART1_INTR, InterruptSource.UART2_INTR
  };

  /** Bits of DPORT_CORE_RST_EN. */
  private static final int EMAC_RESET = 7;

  private static final int WIFI_MAC_RESET = 2;

  /** Bits of DPORT_PERIP_RST_EN. */
  private static final int[] I2C_RESETS = {7, 18};

  /** Of DPORT_WIFI_CLK_EN: the clocks of WiFi, and those it shares with Bluetooth. */
  private static final int WIFI_CLOCKS = 0x7CF;

  private final Board board;
  final VirtualClock clock = new VirtualClock();
  final ClockTree clocks = new ClockTree();
  final Memory flash;
  final AddressSpace[] spaces = {new AddressSpace(), new AddressSpace()};
  final FlashCache[] caches = new FlashCache[CORES];
  final Uart[] uarts = new Uart[UARTS.length];
  final Uart console;
  final Wires wires;
  final Gpio gpio;
  final Dport dport;
  final RtcControl rtc;
  final InterruptMatrix matrix;
  final Emac emac;
  final WifiMac wifi;

  /** Where something comes in from outside, with the interrupt that tells the program. */
  final Map<InterruptSource, Inlet> inlets = new LinkedHashMap<>();

  /** What peripherals reach by themselves: internal data RAM (TRM, "DMA"). */
  private final AddressSpace dmaSpace = new AddressSpace();

  private Optional<RomImage> romImage = Optional.empty();

  private final Map<String, Memory> memories = new LinkedHashMap<>();
  private final Map<String, Device> blocks = new LinkedHashMap<>();

  /** How the chip reaches its cores and the world outside. */
  interface Surroundings
      extends ResetRequests, InterruptMatrix.Lines, Dport.AppCpu, RtcControl.Stall {
    /** The console sends a byte. */
    void transmit(int value);
  }

  /**
   * @param flash content of the flash chip, used in place
   * @param board what is around the chip
   * @param leds watches the board's LEDs
   * @param mac six bytes
   * @param entropy words for the random number generator
   * @param antenna the radio's place on the air
   */
  Chip(
      Memory flash,
      Board board,
      LedListener leds,
      byte[] mac,
      IntSupplier entropy,
      Antenna antenna,
      Surroundings around) {
    this.flash = flash;
    this.board = board;
    matrix = new InterruptMatrix(around);
    for (int core = 0; core < CORES; core++) {
      AddressSpace space = spaces[core];
      caches[core] = new FlashCache((address, offset) -> mapFlash(space, address, offset));
      add(
          "FLASH_MMU_TABLE_" + (core == 0 ? "PRO" : "APP"),
          new FlashMmuTable("FLASH_MMU_TABLE", caches[core]));
    }
    dport = add(new Dport(clocks, matrix, caches, around));
    rtc = add(new RtcControl(clock, clocks, matrix, around, around));
    addUarts(around::transmit);
    console = uarts[board.console()];
    SpiFlash flashChip = new SpiFlash(clock, flash, board.flashId());
    add(new FlashController(0, flashChip));
    add(new FlashController(1, flashChip));
    gpio = add(new Gpio(matrix));
    Map<Integer, MatrixLines> spi = Map.of(2, MatrixLines.of(2, gpio), 3, MatrixLines.of(3, gpio));
    spi.forEach(
        (number, lines) -> add(new GeneralController(number, clock, clocks, matrix, lines)));
    List<I2cLines> i2c = List.of(I2cLines.of(0, gpio), I2cLines.of(1, gpio));
    for (int i = 0; i < i2c.size(); i++) {
      addI2c(i, i2c.get(i));
    }
    wires = new Wires(board, gpio, clock, spi, i2c, leds);
    add(new TimerGroup(0, clock, clocks, matrix, around));
    add(new TimerGroup(1, clock, clocks, matrix, around));
    add(new FrcTimers(clock, clocks, matrix));
    add(new Efuse(mac));
    add(new Syscon(clocks));
    add(new WifiDevice(entropy));
    emac =
        new Emac(
            clock, clocks, matrix, new Dma(dmaSpace), board.ethernet().address(), this::phyManaged);
    emac.blocks().forEach(this::add);
    dport.onReset(EMAC_RESET, () -> emac.blocks().forEach(RegisterBlock::reset));
    wifi = new WifiMac(clock, matrix, new Dma(dmaSpace), this::radioPowered, antenna);
    wifi.blocks().forEach(this::add);
    dport.onReset(WIFI_MAC_RESET, wifi::reset);
    add(new AnalogMaster(wifi::tune));
    add(new FrontEnd());
    inlets.put(UARTS[board.console()], console);
    inlets.put(InterruptSource.EMAC_INT, emac);
    inlets.put(InterruptSource.MAC_INTR, wifi);
    mapPeripherals();
    for (Area area : MemoryMap.TABLE) {
      mapMemory(area);
    }
  }

  /** Whether the program has led MDC and MDIO to where the PHY is. */
  private boolean phyManaged() {
    Board.Phy phy = board.ethernet();
    return gpio.leadsOut(MDC_SIGNAL, phy.mdc())
        && gpio.leadsOut(MDIO_SIGNAL, phy.mdio())
        && gpio.leadsIn(phy.mdio(), MDIO_SIGNAL);
  }

  private boolean radioPowered() {
    return rtc.radioPowered() && dport.radioClocked(WIFI_CLOCKS);
  }

  /** Puts RAM where the chip has none. */
  void mapMoreRam(int address, int size) {
    Memory ram = new Memory(flash.storage(), "more RAM", size);
    for (AddressSpace space : spaces) {
      space.map(address, ram, 0, size, Rights.DATA);
    }
  }

  /** Puts the ROM's content where else there is none. */
  void mapRom(RomImage image) {
    romImage = Optional.of(image);
    Memory rom = new Memory(flash.storage(), "ROM0", MemoryMap.ROM_SIZE);
    rom.write(0, image.content());
    int data = MemoryMap.ROM_SIZE - MemoryMap.ROM_DATA_SIZE;
    for (AddressSpace space : spaces) {
      space.map(MemoryMap.ROM_CODE, rom, 0, MemoryMap.ROM_SIZE, Rights.CODE_READ_ONLY);
      space.map(MemoryMap.ROM_DATA, rom, data, MemoryMap.ROM_DATA_SIZE, Rights.DATA_READ_ONLY);
    }
  }

  /** A deterministic entropy source. */
  static IntSupplier seeded(long seed) {
    return new SplittableRandom(seed)::nextInt;
  }

  private void addUarts(IntConsumer toConsole) {
    IntConsumer[] outputs = new IntConsumer[UARTS.length];
    Arrays.fill(outputs, (IntConsumer) value -> {});
    outputs[board.console()] = toConsole;
    board.serial().forEach(line -> outputs[line.uart()] = line.output());
    for (int i = 0; i < UARTS.length; i++) {
      uarts[i] = add(new Uart(i, clock, clocks, matrix, UARTS[i], outputs[i]));
    }
    for (Board.Serial line : board.serial()) {
      uarts[line.uart()].connect(line.input());
      inlets.put(UARTS[line.uart()], uarts[line.uart()]);
    }
  }

  private void addI2c(int number, I2cLines lines) {
    I2cController controller = add(new I2cController(number, clock, clocks, matrix, lines));
    dport.onPeripheralReset(I2C_RESETS[number], controller::reset);
  }

  private <T extends Device> T add(T device) {
    return add(device.name(), device);
  }

  private <T extends Device> T add(String name, T device) {
    blocks.put(name, device);
    return device;
  }

  private void mapFlash(AddressSpace space, int address, int offset) {
    if (offset < 0) {
      space.unmap(address, FlashCache.PAGE);
    } else {
      boolean data = address < MemoryMap.PERIPHERALS;
      Rights rights = data ? Rights.DATA_READ_ONLY : Rights.CODE_READ_ONLY;
      space.map(address, flash, offset % flash.size(), FlashCache.PAGE, rights);
    }
  }

  private void mapMemory(Area area) {
    switch (area.kind()) {
      case MEMORY -> {
        for (AddressSpace space : spaces) {
          space.map(area.start(), memory(area), area.offset(), area.size(), area.rights());
        }
        if (area.rights() == Rights.DATA) {
          dmaSpace.map(area.start(), memory(area), area.offset(), area.size(), area.rights());
        }
      }
      case PRO_MEMORY -> spaces[0].map(area.start(), memory(area), area.rights());
      case REVERSED -> mapDevice(area, new ReversedMemory(memory(area)));
      case ROM -> mapDevice(area, new Unmodelled(area.name(), area.note()));
      case BLOCK, READY, INERT, ABSENT -> {
        // Peripherals may share a page; they are mapped by page.
      }
    }
  }

  private Memory memory(Area area) {
    return memories.computeIfAbsent(
        area.name(), name -> new Memory(flash.storage(), name, area.size()));
  }

  private void mapDevice(Area area, Device device) {
    for (AddressSpace space : spaces) {
      space.map(area.start(), area.size(), device);
    }
  }

  private void mapPeripherals() {
    Map<Integer, SharedPage> pages = new LinkedHashMap<>();
    for (Area area : MemoryMap.TABLE) {
      Device device =
          switch (area.kind()) {
            case BLOCK -> block(area.name());
            case INERT -> new StoredRegisters(area.name(), area.size(), area.note());
            case READY -> new ReadyRegisters(area.name(), area.size());
            case ABSENT -> new Unmodelled(area.name(), area.note());
            case MEMORY, PRO_MEMORY, REVERSED, ROM -> null;
          };
      if (device != null) {
        int start = area.start() & -PAGE;
        pages
            .computeIfAbsent(start, page -> new SharedPage(device))
            .add(area.start() - start, device);
      }
    }
    Unmodelled reserved = new Unmodelled("peripheral address space", "a reserved range");
    for (int page = MemoryMap.PERIPHERALS; page < MemoryMap.PERIPHERALS_END; page += PAGE) {
      Device device = pages.containsKey(page) ? pages.get(page) : reserved;
      for (AddressSpace space : spaces) {
        space.map(page, PAGE, device);
        if (page >= MemoryMap.APB_PERIPHERALS) {
          space.map(page - MemoryMap.APB_PERIPHERALS + MemoryMap.AHB_COPY, PAGE, device);
        }
      }
    }
  }

  private Device block(String name) {
    Device device = blocks.get(name);
    if (device == null) {
      throw new IllegalStateException("the memory map names a block that is not modelled: " + name);
    }
    return device;
  }

  /** RAM holds no particular bytes after power-on: these are certain not to be what a program hopes for. */
  private static void scramble(Memory memory) {
    byte[] bytes = new byte[memory.size()];
    new SplittableRandom(memory.size()).nextBytes(bytes);
    memory.write(0, bytes);
  }

  /** Resets everything but the cores, as far as the cause reaches. */
  void reset(ResetCause cause) {
    if (cause.scope() == ResetCause.Scope.CORE) {
      return;
    }
    for (Device device : blocks.values()) {
      if (device instanceof RegisterBlock block && block != rtc) {
        block.reset();
      }
    }
    wifi.reset();
    if (cause.scope() == ResetCause.Scope.CHIP) {
      memories.values().forEach(Chip::scramble);
      rtc.reset();
    } else {
      rtc.resetDigital();
    }
    romImage.ifPresent(image -> image.setVariables(spaces[0]));
  }
}
