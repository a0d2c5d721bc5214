// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mirage.emulator.EmulatorException;

/**
 * A TAP device of the host, opened by a small C program, because Java cannot: it is compiled for each run, which takes a
 * tenth of a second, and ends with the connection to it.
 */
final class Tap {
  private static final String SOURCE = "tap.c";
  private static final long START_MILLIS = 10_000;
  private static final long LOOK_MILLIS = 5;

  private Tap() {}

  /**
   * Opens it.
   *
   * @param device its name
   * @param onEnd called, by another thread, if it goes away before it is closed
   * @throws EmulatorException if there is no right to it, it is in use, or there is no C compiler
   */
  static LinkProgram open(String device, Runnable onEnd) {
    try {
      Path folder = Files.createTempDirectory("mirage-tap-");
      try {
        return open(device, folder, compile(folder), onEnd);
      } finally {
        LinkProgram.remove(folder);
      }
    } catch (IOException e) {
      throw new EmulatorException("cannot open TAP device " + device + ": " + e.getMessage(), e);
    }
  }

  private static Path compile(Path folder) throws IOException {
    Path source = folder.resolve(SOURCE);
    try (InputStream in = Tap.class.getResourceAsStream(SOURCE)) {
      Files.copy(in, source);
    }
    Path program = folder.resolve("tap");
    Process compiler =
        launch(List.of("cc", "-O2", "-o", program.toString(), source.toString()), folder);
    if (LinkProgram.hasEnded(compiler, START_MILLIS) && compiler.exitValue() == 0) {
      return program;
    }
    throw new EmulatorException("TAP devices: cc does not compile: " + complaint(folder));
  }

  private static LinkProgram open(String device, Path folder, Path program, Runnable onEnd)
      throws IOException {
    Path place = folder.resolve("socket");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(place));
      server.configureBlocking(false);
      Process process = launch(List.of(program.toString(), device, place.toString()), folder);
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MILLIS);
      while (System.nanoTime() < end) {
        SocketChannel channel = server.accept();
        if (channel != null) {
          return new LinkProgram(process, new StreamLink(channel, onEnd));
        }
        if (LinkProgram.hasEnded(process, LOOK_MILLIS)) {
          throw new EmulatorException(explain(device, complaint(folder)));
        }
      }
      process.destroyForcibly();
      throw new EmulatorException("TAP device " + device + ": it does not open");
    }
  }

  private static String explain(String device, String why) {
    String reason =
        switch (why) {
          case "EPERM" ->
              "no right to open it; make one that is yours: sudo ip tuntap add dev %s mode tap user $USER && sudo ip link set %s up"
                  .formatted(device, device);
          case "EBUSY" -> "it is in use by another program, or no TAP device";
          default -> why;
        };
    return "TAP device %s: %s".formatted(device, reason);
  }

  private static Process launch(List<String> command, Path folder) {
    return LinkProgram.launch(
        command,
        folder.resolve("log"),
        "a TAP device is opened by a C program, and there is no C compiler; install the Debian package gcc");
  }

  private static String complaint(Path folder) throws IOException {
    return LinkProgram.printed(folder.resolve("log")).strip();
  }
}
