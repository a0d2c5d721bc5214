// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.gdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import mirage.emulator.Esp32;
import mirage.emulator.Outcome;
import mirage.emulator.TestImage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The stub as a debugger sees it, packet by packet. */
class GdbServerTest {
  private static final int A2 = DebugRegisters.IN_BLOCK + 2;
  private static final int PS = 73;
  private static final int VECBASE = 142;

  private static final String PROGRAM =
      """
      .literal DATA, 0x3ffb0000
      start: call0 guards_off
        movi a2, 0
        l32r a5, DATA
      again: addi a2, a2, 1
        s32i a2, a5, 0
        movi a6, 100
        blt a2, a6, again
      done: movi a2, 9
        j halt
      spin: j spin
      """;

  private final TestImage image = new TestImage(PROGRAM);
  private final Esp32 machine = image.boot();
  private GdbServer server;
  private GdbClient gdb;
  private CompletableFuture<Outcome> outcome;

  @BeforeEach
  void connect() throws Exception {
    server = new GdbServer(machine, 0, TestImage.ticks(1000));
    outcome = CompletableFuture.supplyAsync(server::serve);
    gdb = new GdbClient(server.port());
  }

  @AfterEach
  void disconnect() throws Exception {
    gdb.close();
    server.close();
  }

  private String at(String symbol) {
    return Integer.toHexString(image.symbols.get(symbol));
  }

  @Test
  void introducesItself() throws Exception {
    assertThat(gdb.ask("qSupported:multiprocess+;swbreak+"))
        .contains("PacketSize=4000")
        .contains("vContSupported+");
    assertThat(gdb.ask("?")).isEqualTo("T05thread:1;");
    assertThat(gdb.ask("qfThreadInfo")).isEqualTo("m1,2");
    assertThat(gdb.ask("qsThreadInfo")).isEqualTo("l");
    assertThat(gdb.ask("qThreadExtraInfo,2")).isEqualTo("4150505f435055");
    assertThat(gdb.ask("vCont?")).isEqualTo("vCont;c;C;s;S");
    assertThat(gdb.ask("vMustReplyEmpty")).isEmpty();
    assertThat(gdb.ask("Hg0")).isEqualTo("OK");
    assertThat(gdb.ask("T3")).isEqualTo("E01");
  }

  @Test
  void describesItsRegisters() throws Exception {
    assertThat(gdb.ask("qSupported:xmlRegisters=i386")).contains("qXfer:features:read+");
    StringBuilder text = new StringBuilder();
    String part;
    do {
      part = gdb.ask("qXfer:features:read:target.xml:%x,400".formatted(text.length()));
      text.append(part.substring(1));
    } while (part.startsWith("m"));
    assertThat(part).startsWith("l");
    assertThat(text).as("nothing to escape").doesNotContainPattern("[#$}*]");
    DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    builder.setEntityResolver((name, uri) -> new InputSource(new StringReader("")));
    Document xml = builder.parse(new InputSource(new StringReader(text.toString())));
    assertThat(xml.getElementsByTagName("architecture").item(0).getTextContent())
        .isEqualTo("xtensa");
    NodeList registers = xml.getElementsByTagName("reg");
    Set<String> names = new HashSet<>();
    for (int i = 0; i < registers.getLength(); i++) {
      Element register = (Element) registers.item(i);
      assertThat(register.getAttribute("regnum")).isEqualTo(Integer.toString(i));
      assertThat(names.add(register.getAttribute("name"))).as("register %d", i).isTrue();
    }
    assertThat(registers.getLength()).isEqualTo(DebugRegisters.COUNT);
    assertThat(((Element) registers.item(PS)).getAttribute("name")).isEqualTo("ps");
    assertThat(((Element) registers.item(VECBASE)).getAttribute("name")).isEqualTo("vecbase");
    assertThat(((Element) registers.item(A2)).getAttribute("name")).isEqualTo("a2");
    assertThat(gdb.ask("qXfer:features:read:other.xml:0,400")).isEqualTo("E00");
    assertThat(gdb.ask("qXfer:memory-map:read::0,400")).isEmpty();
  }

  @Test
  void acknowledgesUntilToldNotTo() throws Exception {
    gdb.raw("$?#00");
    assertThat(gdb.read()).as("wrong checksum").isEqualTo('-');
    gdb.raw(GdbClient.frame("QStartNoAckMode"));
    assertThat(gdb.read()).isEqualTo('+');
    assertThat(gdb.receive()).isEqualTo("OK");
    gdb.send("?");
    assertThat(gdb.read()).as("no acknowledgement").isEqualTo('$');
  }

  @Test
  void readsAndWritesRegisters() throws Exception {
    assertThat(gdb.ask("g")).hasSize(157 * 8).startsWith(word(image.symbols.get("start")));
    assertThat(gdb.register(PS)).isEqualTo(0x60320);
    assertThat(gdb.register(VECBASE)).isEqualTo(0x40000000);
    assertThat(gdb.ask("P%x=78563412".formatted(A2))).isEqualTo("OK");
    assertThat(machine.cpu(0).register(2)).isEqualTo(0x12345678);
    assertThat(gdb.register(1 + 4 + 2)).as("ar6 is a2 while WINDOWBASE is 1").isEqualTo(0x12345678);
    String all = gdb.ask("g");
    assertThat(gdb.ask("G" + word(0x40080100) + all.substring(8))).isEqualTo("OK");
    assertThat(gdb.register(0)).isEqualTo(0x40080100);
    assertThat(gdb.ask("pffff")).isEqualTo("E00");
  }

  @Test
  void readsAndWritesMemory() throws Exception {
    assertThat(gdb.ask("M3ffb0000,4:01020304")).isEqualTo("OK");
    assertThat(gdb.ask("X3ffb0004,2:\u0041}\u0003")).isEqualTo("OK");
    assertThat(gdb.ask("m3ffb0000,6")).isEqualTo("010203044123");
    assertThat(gdb.ask("m20000000,4")).isEqualTo("E0e");
    assertThat(gdb.ask("m3ffdfffe,1000")).as("SRAM1 follows SRAM2").hasSize(0x2000);
    assertThat(gdb.ask("mzz,1")).isEqualTo("E16");
  }

  @Test
  void stepsOneInstruction() throws Exception {
    assertThat(gdb.ask("vCont;s:1;c")).isEqualTo("T05thread:1;");
    assertThat(gdb.register(0)).isEqualTo(image.symbols.get("guards_off"));
    assertThat(gdb.ask("s")).isEqualTo("T05thread:1;");
    assertThat(machine.instructions()).isEqualTo(2);
  }

  @Test
  void stopsAtBreakpoints() throws Exception {
    assertThat(gdb.ask("Z0,%s,3".formatted(at("again")))).isEqualTo("OK");
    for (int i = 0; i < 3; i++) {
      assertThat(gdb.ask("vCont;c")).isEqualTo("T05thread:1;");
      assertThat(gdb.register(0)).isEqualTo(image.symbols.get("again"));
      assertThat(gdb.register(A2)).isEqualTo(i);
    }
    assertThat(gdb.ask("z0,%s,3".formatted(at("again")))).isEqualTo("OK");
    assertThat(gdb.ask("Z1,%s,3".formatted(at("done")))).isEqualTo("OK");
    assertThat(gdb.ask("c")).isEqualTo("T05thread:1;");
    assertThat(gdb.register(A2)).isEqualTo(100);
    assertThat(gdb.ask("Z2,3ffb0000,4")).as("watchpoints").isEmpty();
  }

  @Test
  void reportsTheExitStatus() throws Exception {
    assertThat(gdb.ask("c")).isEqualTo("W09");
    gdb.send("k");
    assertThat(outcome.get(10, TimeUnit.SECONDS))
        .isEqualTo(new Outcome(Outcome.Kind.HALTED, 9, ""));
  }

  @Test
  void interruptStopsARunningMachine() throws Exception {
    gdb.send("P0=" + word(image.symbols.get("guards_off")));
    assertThat(gdb.receive()).isEqualTo("OK");
    gdb.send("P%x=%s".formatted(DebugRegisters.IN_BLOCK, word(image.symbols.get("spin"))));
    assertThat(gdb.receive()).isEqualTo("OK");
    gdb.send("c");
    gdb.raw("\u0003");
    assertThat(gdb.receive()).isEqualTo("T02thread:1;");
    assertThat(gdb.ask("?")).isEqualTo("T02thread:1;");
  }

  @Test
  void aFaultIsShownBeforeTheEnd() throws Exception {
    gdb.ask("P0=" + word(0x20000000));
    gdb.send("c");
    assertThat(gdb.receive()).as("the report as console output").startsWith("O");
    assertThat(gdb.receive()).isEqualTo("T0bthread:1;");
    assertThat(gdb.register(0)).isEqualTo(0x20000000);
    assertThat(gdb.ask("c")).isEqualTo("W01");
  }

  @Test
  void detachedMachineRunsOn() throws Exception {
    gdb.ask("Z0,%s,3".formatted(at("again")));
    assertThat(gdb.ask("D")).isEqualTo("OK");
    gdb.close();
    assertThat(outcome.get(10, TimeUnit.SECONDS).status()).isEqualTo(9);
  }

  @Test
  void aLostDebuggerStopsTheMachine() throws Exception {
    gdb.ask("P0=" + word(image.symbols.get("spin")));
    gdb.send("c");
    gdb.close();
    Outcome ended = outcome.get(10, TimeUnit.SECONDS);
    assertThat(ended.kind()).isNotEqualTo(Outcome.Kind.HALTED);
  }

  private static String word(int value) {
    return String.format("%08x", Integer.reverseBytes(value));
  }
}
