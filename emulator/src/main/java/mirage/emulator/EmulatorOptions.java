// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import mirage.emulator.net.NetworkOptions;
import mirage.emulator.peripheral.Efuse;
import mirage.emulator.profile.CallProfiler;

/**
 * What {@link Emulator} runs and how. Made by a {@link #builder}.
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
 * @param network what the Ethernet cable leads to; with the host there the run is {@code realtime}
 * @param profiler counts instructions by function
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
    boolean persist,
    NetworkOptions network,
    Optional<CallProfiler> profiler) {

  /** MAC address used unless another is given: Espressif's prefix. */
  public static final String DEFAULT_MAC = "24:0a:c4:00:01:10";

  /** Seed of the random number generator unless another is given. */
  public static final long DEFAULT_SEED = 1;

  /** Checks what can be checked without touching files; problems are an {@link EmulatorException}. */
  public EmulatorOptions {
    realtime |= network.live();
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
    return builder(image).build();
  }

  /** Starts from {@link #of}; each method is named after the option it sets. */
  public static Builder builder(Path image) {
    return new Builder(image);
  }

  /** Options on their way. */
  public static final class Builder {
    private final Path image;
    private Optional<Path> symbols = Optional.empty();
    private Optional<String> expect = Optional.empty();
    private double timeout;
    private boolean realtime;
    private Optional<String> trace = Optional.empty();
    private OptionalInt gdbPort = OptionalInt.empty();
    private boolean count;
    private long seed = DEFAULT_SEED;
    private String mac = DEFAULT_MAC;
    private boolean allowReset;
    private Optional<Path> flash = Optional.empty();
    private boolean persist;
    private NetworkOptions network = NetworkOptions.NONE;
    private Optional<CallProfiler> profiler = Optional.empty();

    private Builder(Path image) {
      this.image = image;
    }

    public Builder symbols(Optional<Path> file) {
      symbols = file;
      return this;
    }

    public Builder expect(Optional<String> text) {
      expect = text;
      return this;
    }

    public Builder timeout(double seconds) {
      timeout = seconds;
      return this;
    }

    public Builder realtime(boolean wanted) {
      realtime = wanted;
      return this;
    }

    public Builder trace(Optional<String> file) {
      trace = file;
      return this;
    }

    public Builder gdbPort(OptionalInt port) {
      gdbPort = port;
      return this;
    }

    public Builder count(boolean wanted) {
      count = wanted;
      return this;
    }

    public Builder seed(long number) {
      seed = number;
      return this;
    }

    public Builder mac(String address) {
      mac = address;
      return this;
    }

    public Builder allowReset(boolean allowed) {
      allowReset = allowed;
      return this;
    }

    /** The file with the flash chip's content, and whether changes are written back to it. */
    public Builder flash(Optional<Path> file, boolean written) {
      flash = file;
      persist = written;
      return this;
    }

    public Builder network(NetworkOptions farEnd) {
      network = farEnd;
      return this;
    }

    public Builder profiler(Optional<CallProfiler> counter) {
      profiler = counter;
      return this;
    }

    public EmulatorOptions build() {
      return new EmulatorOptions(
          image,
          symbols,
          expect,
          timeout,
          realtime,
          trace,
          gdbPort,
          count,
          seed,
          mac,
          allowReset,
          flash,
          persist,
          network,
          profiler);
    }
  }
}
