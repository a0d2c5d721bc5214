// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.gdb;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import mirage.emulator.EmulatorException;
import mirage.emulator.Esp32;
import mirage.emulator.Outcome;

/**
 * Serves one debugger: it reads and changes registers and memory, sets breakpoints, steps and continues.
 * Thread 1 is the
 * PRO CPU, thread 2 the APP CPU; while one is stopped both are.
 */
public final class GdbServer implements AutoCloseable {
  private static final int SIGINT = 2;
  private static final int SIGTRAP = 5;
  private static final int SIGSEGV = 11;
  private static final String FEATURES = "qXfer:features:read:";
  private static final String OK = "OK";
  private static final String UNSUPPORTED = "";

  private final Esp32 machine;
  private final ServerSocket server;
  private final long until;
  private final MemoryCommands memory;
  private RemoteLink link;
  private int selected;
  private String lastStop = stopReply(SIGTRAP, 0);
  private Outcome ended;

  /**
   * Opens the port; {@link #serve} then waits for the debugger.
   *
   * @param port on the local host; 0 for any free one
   * @param until tick of virtual time at which the machine stops for good
   */
  public GdbServer(Esp32 machine, int port, long until) {
    this.machine = machine;
    this.until = until;
    this.memory = new MemoryCommands(machine);
    try {
      server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new EmulatorException("cannot listen on port " + port + ": " + e.getMessage(), e);
    }
  }

  /** The port a debugger connects to. */
  public int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new EmulatorException("cannot close the debugger's port: " + e.getMessage(), e);
    }
  }

  /**
   * Waits for a debugger and obeys it until it ends the session: a machine it detaches from runs on, one it kills or loses
   * is stopped.
   */
  public Outcome serve() {
    try (Socket socket = server.accept();
        RemoteLink connection = new RemoteLink(socket, machine::stop)) {
      link = connection;
      while (true) {
        String packet = link.receive();
        if (packet.startsWith("D")) {
          link.release();
          link.send(OK);
          machine.clearBreakpoints();
          return ended != null ? ended : machine.run(until);
        }
        if (packet.equals(RemoteLink.CLOSED)
            || packet.startsWith("k")
            || packet.startsWith("vKill")) {
          link.release();
          link.send(OK);
          return ended != null ? ended : new Outcome(Outcome.Kind.STOPPED, 0, "");
        }
        link.send(answer(packet));
      }
    } catch (IOException e) {
      throw new EmulatorException("the debugger's connection broke: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome(Outcome.Kind.STOPPED, 0, "");
    }
  }

  private String answer(String packet) {
    try {
      return dispatch(packet);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      return "E16";
    }
  }

  private String dispatch(String packet) {
    String rest = packet.substring(Math.min(1, packet.length()));
    return switch (packet.isEmpty() ? ' ' : packet.charAt(0)) {
      case '?' -> lastStop;
      case 'g' -> readAll();
      case 'G' -> writeAll(rest);
      case 'p' -> readOne(rest);
      case 'P' -> writeOne(rest);
      case 'm' -> memory.read(selected, rest);
      case 'M' -> memory.writeHex(selected, rest);
      case 'X' -> memory.writeBinary(selected, rest);
      case 'Z' -> breakpoint(rest, true);
      case 'z' -> breakpoint(rest, false);
      case 'H' -> select(rest);
      case 'T' -> thread(rest) >= 0 ? OK : "E01";
      case 'c' -> resume(rest, false);
      case 's' -> resume(rest, true);
      case 'v' -> verbose(packet);
      case 'q', 'Q' -> query(packet);
      case '!' -> UNSUPPORTED;
      default -> UNSUPPORTED;
    };
  }

  private String query(String packet) {
    String name = packet.split("[:,;]", 2)[0];
    return switch (name) {
      case "qSupported" ->
          String.format(
              "PacketSize=%x;vContSupported+;QStartNoAckMode+;swbreak+;hwbreak+;qXfer:features:read+",
              RemoteLink.MAX_PACKET);
      case "QStartNoAckMode" -> {
        link.stopAcknowledging();
        yield OK;
      }
      case "qfThreadInfo" -> "m1,2";
      case "qsThreadInfo" -> "l";
      case "qThreadExtraInfo" -> hex(machine.cpu(thread(packet.split(",", 2)[1])).config().name());
      case "qC" -> "QC" + (selected + 1);
      case "qAttached" -> "1";
      case "qXfer" ->
          packet.startsWith(FEATURES)
              ? TargetDescription.read(packet.substring(FEATURES.length()))
              : UNSUPPORTED;
      case "qOffsets" -> "Text=0;Data=0;Bss=0";
      case "qSymbol" -> OK;
      default -> UNSUPPORTED;
    };
  }

  private String verbose(String packet) {
    if (packet.equals("vCont?")) {
      return "vCont;c;C;s;S";
    }
    if (!packet.startsWith("vCont;")) {
      return UNSUPPORTED;
    }
    // A step of one thread is done alone; otherwise all go on.
    for (String action : packet.substring(6).split(";")) {
      String[] parts = action.split(":", 2);
      if (parts[0].startsWith("s") || parts[0].startsWith("S")) {
        selected = parts.length > 1 ? Math.max(0, thread(parts[1])) : selected;
        return resume("", true);
      }
    }
    return resume("", false);
  }

  private String resume(String address, boolean step) {
    if (ended != null) {
      return exited();
    }
    if (!address.isEmpty()) {
      machine.cpu(selected).setPc(Integer.parseUnsignedInt(address, 16));
    }
    Outcome outcome = step ? machine.stepInstruction(selected, until) : machine.run(until);
    lastStop =
        switch (outcome.kind()) {
          case BREAKPOINT -> stopReply(SIGTRAP, selected = outcome.status());
          case STOPPED -> stopReply(SIGINT, selected);
          case FAULT, RESET, DEADLOCK -> {
            boolean first = ended == null;
            ended = outcome;
            if (first) {
              link.send("O" + hex(outcome.report() + "\n"));
            }
            yield stopReply(SIGSEGV, selected);
          }
          case HALTED, TIMEOUT -> {
            ended = outcome;
            yield exited();
          }
        };
    return lastStop;
  }

  private String exited() {
    return String.format("W%02x", ended.status() & 0xFF);
  }

  private static String stopReply(int signal, int core) {
    return String.format("T%02xthread:%x;", signal, core + 1);
  }

  private String breakpoint(String rest, boolean wanted) {
    String[] parts = rest.split(",");
    if (!parts[0].equals("0") && !parts[0].equals("1")) {
      return UNSUPPORTED;
    }
    machine.setBreakpoint(Integer.parseUnsignedInt(parts[1], 16), wanted);
    return OK;
  }

  private String select(String rest) {
    String id = rest.substring(1);
    if (!id.equals("0") && !id.equals("-1")) {
      int core = thread(id);
      if (core < 0) {
        return "E01";
      }
      selected = core;
    }
    return OK;
  }

  /** The core of a thread id, or -1. */
  private static int thread(String id) {
    int number = Integer.parseInt(id, 16);
    return number == 1 || number == 2 ? number - 1 : -1;
  }

  private String readAll() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < DebugRegisters.IN_BLOCK; i++) {
      text.append(word(DebugRegisters.read(machine.cpu(selected), i)));
    }
    return text.toString();
  }

  private String writeAll(String rest) {
    for (int i = 0; i < DebugRegisters.IN_BLOCK && 8 * i + 8 <= rest.length(); i++) {
      DebugRegisters.write(machine.cpu(selected), i, parseWord(rest.substring(8 * i, 8 * i + 8)));
    }
    return OK;
  }

  private String readOne(String rest) {
    int number = Integer.parseInt(rest, 16);
    return number < DebugRegisters.COUNT
        ? word(DebugRegisters.read(machine.cpu(selected), number))
        : "E00";
  }

  private String writeOne(String rest) {
    String[] parts = rest.split("=", 2);
    int number = Integer.parseInt(parts[0], 16);
    if (number >= DebugRegisters.COUNT) {
      return "E00";
    }
    DebugRegisters.write(machine.cpu(selected), number, parseWord(parts[1]));
    return OK;
  }

  private static String word(int value) {
    return String.format(Locale.ROOT, "%08x", Integer.reverseBytes(value));
  }

  private static int parseWord(String text) {
    return Integer.reverseBytes(Integer.parseUnsignedInt(text, 16));
  }

  private static String hex(String text) {
    StringBuilder result = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      result.append(String.format("%02x", b & 0xFF));
    }
    return result.toString();
  }
}
