// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mirage.tools.Tools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The driver of OpenCores' Ethernet MAC, as it is in every image, on a machine of Debian's QEMU that has this MAC: by
 * the program of {@link NetTest}, whose frames come and go by a socket, each behind its length in four bytes.
 */
@Timeout(120)
class OpenEthTest {
  private static final int SHORTEST = 64;
  private static final int LONGEST = EchoFrames.HEADER + 1500;
  private static final int BUFFERS = 16;
  private static final int PATIENCE = 30_000;
  private static final byte[] MAC = {0, 0, 0, 0, 0, 3};

  @TempDir static Path folder;
  private static Path program;

  private Process machine;
  private Path console;
  private Socket socket;
  private DataInputStream received;

  @BeforeAll
  static void compile() throws IOException {
    program = CProgram.compileForLx60("net", folder).file();
  }

  @BeforeEach
  void start() throws IOException {
    console = Files.createTempFile(folder, "console", "");
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(PATIENCE);
      String cable = "socket,model=open_eth,connect=127.0.0.1:" + server.getLocalPort();
      List<String> command = new ArrayList<>();
      command.add(Tools.require("qemu-system-xtensa").toString());
      command.addAll(List.of("-M", "lx60", "-cpu", "de233_fpu", "-m", "1100M", "-nic", cable));
      command.addAll(List.of("-display", "none", "-monitor", "none", "-serial", "none"));
      command.addAll(List.of("-semihosting", "-device", "loader,cpu-num=0,file=" + program));
      machine =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(console.toFile())
              .start();
      socket = server.accept();
    }
    socket.setSoTimeout(PATIENCE);
    received = new DataInputStream(socket.getInputStream());
  }

  @AfterEach
  void stop() throws IOException {
    machine.destroyForcibly();
    socket.close();
  }

  private void awaitLink() throws IOException, InterruptedException {
    for (int i = 0; i < PATIENCE / 10 && !Files.readString(console).endsWith("link\n"); i++) {
      Thread.sleep(10);
    }
    assertThat(console).hasContent("nowhere -1\nopen 0\nagain 1\nmac 3\nshort -2\nlink\n");
  }

  /** All in one piece, so that QEMU hands them out in one turn. */
  private void send(byte[]... frames) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(bytes);
    for (byte[] frame : frames) {
      data.writeInt(frame.length);
      data.write(frame);
    }
    socket.getOutputStream().write(bytes.toByteArray());
  }

  private byte[] receive() throws IOException {
    byte[] frame = new byte[received.readInt()];
    received.readFully(frame);
    return frame;
  }

  private static byte[] frame(char what, int size) {
    return EchoFrames.frame(MAC, what, size);
  }

  /** With what the MAC makes it longer by: this one counts the check sequence, which QEMU leaves out. */
  private static byte[] answer(byte[] frame) {
    return Arrays.copyOf(EchoFrames.answer(MAC, frame), Math.max(SHORTEST, frame.length));
  }

  private void end(String counters) throws IOException, InterruptedException {
    send(frame('q', 60));
    assertThat(machine.waitFor(PATIENCE, TimeUnit.MILLISECONDS)).as("it has ended").isTrue();
    assertThat(machine.exitValue()).isZero();
    assertThat(Files.readString(console, StandardCharsets.UTF_8)).endsWith("link\n" + counters);
  }

  @Test
  void framesOfEveryLengthComeBackUnchanged() throws Exception {
    awaitLink();
    for (int size = 60; size <= LONGEST; size += 59) {
      byte[] frame = frame('e', size);
      send(frame);
      assertThat(receive()).isEqualTo(answer(frame));
    }
    send(frame('e', LONGEST));
    assertThat(receive()).isEqualTo(answer(frame('e', LONGEST)));
    end("missed 0\ndamaged 0\nfailed 0\n");
  }

  @Test
  void aBurstLeavesInOrder() throws Exception {
    awaitLink();
    send(frame('b', 60));
    for (int i = 0; i < 40; i++) {
      byte[] frame = receive();
      assertThat(frame).hasSize(LONGEST - i);
      assertThat(frame[EchoFrames.HEADER + 1]).isEqualTo((byte) i);
    }
    end("waited 0\nmissed 0\ndamaged 0\nfailed 0\n");
  }

  @Test
  void thatFramesFoundNoBufferIsCountedOnceAndTheNextOnesArrive() throws Exception {
    awaitLink();
    byte[][] burst = new byte[BUFFERS + 7][];
    for (int i = 0; i < burst.length; i++) {
      burst[i] = frame('e', 100 + i);
    }
    send(burst);
    for (int i = 0; i < BUFFERS; i++) {
      assertThat(receive()).isEqualTo(answer(burst[i]));
    }
    send(frame('e', 200));
    assertThat(receive()).isEqualTo(answer(frame('e', 200)));
    end("missed 1\ndamaged 0\nfailed 0\n");
  }

  @Test
  void whatIsNotForUsIsNotSeenAndWhatIsTooLongIsCounted() throws Exception {
    awaitLink();
    byte[] stranger = frame('e', 60);
    stranger[5]++;
    send(stranger);
    for (int size : new int[] {LONGEST + 1, LONGEST + 2, LONGEST + 3, 1518, 1519, 1536, 2000}) {
      send(frame('e', size));
    }
    byte[] all = frame('e', LONGEST);
    Arrays.fill(all, 0, 6, (byte) 0xFF);
    byte[] group = frame('e', 60);
    Arrays.fill(group, 0, 6, (byte) 0x33);
    send(all, group);
    assertThat(receive()).isEqualTo(answer(all));
    assertThat(receive()).isEqualTo(answer(group));
    end("missed 0\ndamaged 7\nfailed 0\n");
  }
}
