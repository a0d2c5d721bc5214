// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import mirage.emulator.EmulatorException;
import mirage.emulator.wlan.Address;

/**
 * The program passt (Debian's package of that name), run for one board: it translates between the frames of the chip and
 * sockets of the host, without privileges. It ends with the connection to it, so also when this process is killed.
 */
final class Passt {
  /** Stands for the host. */
  static final byte[] GATEWAY = {10, 0, 2, 2};

  /** The gateway's. */
  static final Address MAC = new Address(0x0200_004D_4902L);

  /** What the first board gets by DHCP; further ones count on. */
  private static final byte[] FIRST = {10, 0, 2, 15};

  private static final String MISSING =
      "the host's network is reached by the program passt, which is not installed; install the Debian package passt";
  private static final String SOCKET = "socket";
  private static final long START_MILLIS = 20_000;
  private static final long LOOK_MILLIS = 10;

  private Passt() {}

  /**
   * Starts it for the only board.
   *
   * @param onEnd called, by another thread, if it ends before it is closed
   * @throws EmulatorException if it is not installed, a port cannot be had, or it does not start
   */
  static LinkProgram start(List<Publication> published, Runnable onEnd) {
    return start(0, List.of(), published, onEnd);
  }

  /**
   * Starts it for one of several boards, of whose frames a {@link PasstGate} lets some through.
   *
   * @param number of the board, from 0
   * @param onEnd as above
   * @throws EmulatorException as above
   */
  static LinkProgram startBehindGate(int number, List<Publication> published, Runnable onEnd) {
    return start(number, List.of("--ipv4-only"), published, onEnd);
  }

  private static LinkProgram start(
      int number, List<String> more, List<Publication> published, Runnable onEnd) {
    published.forEach(Passt::checkFree);
    try {
      Path folder = folder();
      try {
        List<String> command = command(folder, number, published);
        command.addAll(more);
        return start(folder, command, onEnd);
      } finally {
        LinkProgram.remove(folder);
      }
    } catch (IOException e) {
      throw new EmulatorException("cannot start the network: " + e.getMessage(), e);
    }
  }

  private static LinkProgram start(Path folder, List<String> command, Runnable onEnd)
      throws IOException {
    Path socket = folder.resolve(SOCKET);
    Path log = folder.resolve("log");
    Process process = LinkProgram.launch(command, log, MISSING);
    try {
      return new LinkProgram(process, new StreamLink(connect(socket, process, log), onEnd));
    } catch (IOException | RuntimeException e) {
      process.destroy();
      throw e;
    }
  }

  /** The address of a board; the first is 0. */
  static String address(int number) {
    byte[] own = FIRST.clone();
    own[3] += (byte) number;
    return text(own);
  }

  private static List<String> command(Path folder, int number, List<Publication> published) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("passt", "--foreground", "--one-off", "--quiet"));
    command.addAll(List.of("--socket", folder.resolve(SOCKET).toString()));
    command.addAll(List.of("--address", address(number), "--netmask", "24"));
    command.addAll(List.of("--gateway", text(GATEWAY), "--mac-addr", MAC.toString()));
    for (Publication port : published) {
      command.add(port.udp() ? "--udp-ports" : "--tcp-ports");
      command.add("%s/%d:%d".formatted(port.address(), port.hostPort(), port.chipPort()));
    }
    return command;
  }

  static String text(byte[] address) {
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an IPv4 address has four bytes", e);
    }
  }

  /** Run by root, passt becomes nobody before it makes its socket. */
  private static Path folder() throws IOException {
    Path folder = Files.createTempDirectory("mirage-net-");
    if ("root".equals(System.getProperty("user.name"))) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx-wx-wx"));
    }
    return folder;
  }

  private static SocketChannel connect(Path socket, Process process, Path log) throws IOException {
    long end = System.nanoTime() + START_MILLIS * 1_000_000;
    while (System.nanoTime() < end) {
      if (!process.isAlive()) {
        throw new EmulatorException("passt does not start: " + complaint(log));
      }
      try {
        return SocketChannel.open(UnixDomainSocketAddress.of(socket));
      } catch (SocketException e) {
        pause();
      }
    }
    throw new EmulatorException(
        "passt does not listen after %d seconds".formatted(START_MILLIS / 1000));
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What passt said, without its remarks on the system logger and the user it runs as. */
  private static String complaint(Path log) throws IOException {
    return LinkProgram.printed(log)
        .lines()
        .filter(line -> !line.matches("Failed to send .* syslog|Don't run as root.*|\\s*"))
        .collect(Collectors.joining("; "));
  }

  private static String explained(String why) {
    return switch (why) {
      case "Address already in use" -> "it is in use by another program; name another port";
      case "Permission denied" -> "no right to it, as to most ports below 1024; name a higher one";
      case "Cannot assign requested address" -> "no interface of this machine has that address";
      default -> why;
    };
  }

  /** passt would not say what is wrong with a port. */
  private static void checkFree(Publication port) {
    try {
      InetSocketAddress wanted =
          new InetSocketAddress(InetAddress.getByName(port.address()), port.hostPort());
      if (port.udp()) {
        new DatagramSocket(wanted).close();
      } else {
        try (ServerSocket socket = new ServerSocket()) {
          socket.bind(wanted);
        }
      }
    } catch (BindException e) {
      throw new EmulatorException(
          "%s cannot be published: %s".formatted(port, explained(e.getMessage())), e);
    } catch (IOException e) {
      throw new EmulatorException("%s: %s".formatted(port, e.getMessage()), e);
    }
  }
}
