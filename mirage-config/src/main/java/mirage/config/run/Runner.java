// SPDX-License-Identifier: Apache-2.0
package mirage.config.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mirage.emulator.EmulatorException;
import mirage.emulator.net.NetworkOptions;
import mirage.emulator.profile.CallProfiler;
import mirage.emulator.run.Emulator;
import mirage.emulator.run.EmulatorOptions;
import mirage.formats.BootArguments;
import mirage.formats.Elf32;
import mirage.formats.FlashImage;
import mirage.formats.FormatException;
import mirage.formats.PartitionTable.Partition;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/** Runs a unikernel and answers its exit status. */
public final class Runner {
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param in what the unikernel reads from its console
   * @param out what it prints there
   * @param err reports about the run
   */
  public Runner(InputStream in, PrintStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /**
   * Boots a flash image, or an ELF file, on the emulated chip.
   *
   * @param boot boot arguments, written to the args partition of a copy of the image
   * @throws MirageException when the image is damaged or not for the chip
   */
  public int image(Path image, List<String> boot, RunSettings settings) {
    try {
      Optional<Path> kept = settings.how().flash();
      if (kept.isEmpty()) {
        return emulate(image, Optional.of(content(image, boot)), settings);
      }
      if (!isExecutable(image)) {
        FlashFile.prepare(kept.get(), image, boot, err);
      } else if (!boot.isEmpty()) {
        throw new MirageException(
            "an ELF file takes boot arguments only without --flash; link to a flash image (.bin)");
      }
      return emulate(image, Optional.empty(), settings);
    } catch (EmulatorException e) {
      throw e.getCause() instanceof FormatException
          ? foreign(image, e)
          : new MirageException(e.getMessage(), e);
    } catch (FormatException e) {
      throw foreign(image, e);
    } catch (IOException e) {
      throw new MirageException("cannot run " + image + ": " + AtomicFiles.reason(e), e);
    }
  }

  static MirageException foreign(Path image, RuntimeException reason) {
    return new MirageException(
        "%s is no program of an ESP32, or it is damaged; mirage build and mirage native make some\n%s"
            .formatted(image, reason.getMessage()),
        reason);
  }

  /**
   * Runs a program of target unix.
   *
   * @throws MirageException if it is to have an emulated chip's network
   */
  public int program(Path program, List<String> boot, RunSettings settings) {
    if (!settings.network().equals(NetworkOptions.NONE)) {
      throw new MirageException(
          "a program of target unix has this machine's network; --net, --publish, --pcap, --ssid and --passphrase are for the chip");
    }
    return new ProcessRun(in, out, err).run(program, boot, settings);
  }

  /**
   * Counts what a program does.
   *
   * @param executable the program with its symbols
   */
  public static CallProfiler profiler(Path executable) {
    try {
      return new CallProfiler(Elf32.read(executable.toString(), AtomicFiles.read(executable)));
    } catch (FormatException e) {
      throw foreign(executable, e);
    }
  }

  private int emulate(Path image, Optional<byte[]> flash, RunSettings settings) {
    EmulatorOptions options =
        new EmulatorOptions(
            image, symbols(image), flash, settings.how(), settings.network(), settings.profiler());
    return Emulator.run(options, in, out, err);
  }

  static boolean isExecutable(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Elf32.looksLikeOne(in.readNBytes(Elf32.MAGIC_SIZE));
    }
  }

  /** The executable the image was made from, if it lies beside it. */
  static Optional<Path> symbols(Path image) {
    String name = image.getFileName().toString();
    return name.endsWith(".bin")
        ? Optional.of(image.resolveSibling(name.substring(0, name.length() - 4) + ".elf"))
            .filter(Files::isRegularFile)
        : Optional.empty();
  }

  /** The content of the flash chip for a flash image or an ELF file, with boot arguments. */
  static byte[] content(Path image, List<String> boot) throws IOException {
    return isExecutable(image) ? flash(boot) : flash(image, boot);
  }

  /** The content of the flash chip for an image, with boot arguments. */
  public static byte[] flash(Path image, List<String> boot) {
    return boot.isEmpty() ? AtomicFiles.read(image) : withArguments(image, boot).write();
  }

  /** The content of the flash chip for a program that is in none. */
  public static byte[] flash(List<String> boot) {
    return boot.isEmpty() ? new byte[0] : BootArguments.flash(boot);
  }

  /** An image as it is built, but with these boot arguments. */
  static FlashImage withArguments(Path image, List<String> boot) {
    FlashImage flash = FlashImage.read(image.toString(), AtomicFiles.read(image));
    if (boot.isEmpty()) {
      return flash;
    }
    Partition partition =
        flash
            .table()
            .find(BootArguments.PARTITION)
            .orElseThrow(
                () ->
                    new MirageException(
                        image
                            + ": no partition '"
                            + BootArguments.PARTITION
                            + "', so no boot arguments"));
    Map<String, byte[]> contents = new LinkedHashMap<>(flash.contents());
    contents.put(BootArguments.PARTITION, BootArguments.encode(boot, partition.size()));
    return new FlashImage(flash.loader(), flash.table(), contents);
  }
}
