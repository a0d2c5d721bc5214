// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import mirage.emulator.peripheral.Efuse;

/**
 * What {@link Emulator} runs and how. Start from {@link #of} and change what differs.
 *
 * @param image flash image (.bin) or executable (.elf)
 * @param symbols an ELF file whose symbols name addresses in traces and fault reports
 * @param expect text on the console that ends the run with success
 * @param timeout seconds of virtual time after which the run ends without success; 0 for none
 * @param realtime pace virtual time to the host's clock, and take random numbers from the host
 * @param trace file for one line per instruction; "-" for standard error
 * @param gdbPort TCP port, on the local host, to wait at for a debugger
 * @param count report the number of instructions at the end
 * @param seed of the random number generator, unless {@code realtime}
 * @param mac the chip's MAC address, as {@code aa:bb:cc:dd:ee:ff}
 * @param allowReset a reset asked for by program or watchdog restarts the chip; otherwise it ends the run
 * @param flash file with the content of the flash chip, used instead of the image's if it exists
 * @param persist write the flash content back to {@code flash} at the end
 */
public record EmulatorOptions(
    Path image,
    Optional<Path> symbols,
    Optional<String> expect,
    double timeout,
    boolean realtime,
    Optional<String> trace,
    OptionalInt gdbPort,
    boolean count,
    long seed,
    String mac,
    boolean allowReset,
    Optional<Path> flash,
    boolean persist) {

  /** MAC address used unless another is given: Espressif's prefix. */
  public static final String DEFAULT_MAC = "24:0a:c4:00:01:10";

  /** Seed of the random number generator unless another is given. */
  public static final long DEFAULT_SEED = 1;

  /** Checks what can be checked without touching files; problems are an {@link EmulatorException}. */
  public EmulatorOptions {
    if (!(timeout >= 0) || timeout > 1e9) {
      throw new EmulatorException(
          "timeout of " + timeout + " s; allowed are 0 (none) to 1e9 seconds");
    }
    if (persist && flash.isEmpty()) {
      throw new EmulatorException("the flash content is to persist, but no file for it is named");
    }
    try {
      Efuse.parseMac(mac);
    } catch (IllegalArgumentException e) {
      throw new EmulatorException(e.getMessage());
    }
  }

  /** Runs {@code image} in virtual time until it halts. */
  public static EmulatorOptions of(Path image) {
    return new EmulatorOptions(
        image,
        Optional.empty(),
        Optional.empty(),
        0,
        false,
        Optional.empty(),
        OptionalInt.empty(),
        false,
        DEFAULT_SEED,
        DEFAULT_MAC,
        false,
        Optional.empty(),
        false);
  }
}
