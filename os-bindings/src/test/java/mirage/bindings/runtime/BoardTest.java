// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import mirage.device.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every call of board.h on both boards: {@code c/board.c}. */
class BoardTest {
  @TempDir static Path folder;

  private static byte[] data() {
    byte[] content = new byte[0x18000];
    Arrays.fill(content, (byte) 'd');
    content[0] = 'a';
    content[1] = 'b';
    content[2] = 'c';
    return content;
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void allCallsDoWhatTheBoundarySays(Target target) throws IOException {
    CProgram program = CProgram.compile(target, "board", folder);

    CProgram.Result result = program.run("one two", "hello\n", Map.of("data", data()));

    assertThat(result.output().replaceAll("(event 1\n)+", "event 1\n"))
        .isEqualTo(
            """
            %s
            events 0
            slept 1
            cycles 1
            past 0
            wall 1
            mac %s
            random 1
            find 0
            size 98304
            find missing -1
            read 0
            beyond -2
            erase 0
            erase unaligned -2
            write 0
            read 0
            same 1
            around 1
            bits only go to 0 1
            before 1
            type
            event 1
            typed hello
            none 1
            """
                .formatted(
                    target == Target.ESP32 ? "one two" : "\"one\" \"two\"",
                    target == Target.ESP32 ? "24:0a:c4:00:01:10" : "02:4d:49:00:00:01"));
    assertThat(result.status()).as(result.errors()).isEqualTo(42);
  }

  @ParameterizedTest
  @CsvSource({
    "overflow, C stack overflow",
    "load, load",
    "store, store",
    "jump, instruction fetch",
    "trap, breakpoint",
    "illegal, illegal instruction",
    "division, integer division by zero"
  })
  void aFaultOfTheProgramEndsInOneLineAndAStatus(String how, String name) throws IOException {
    CProgram program = CProgram.compile(Target.ESP32, "board", folder);

    CProgram.Result result = program.run("crash " + how, "", Map.of());

    assertThat(result.output())
        .startsWith("crash " + how + "\n")
        .containsPattern("\nfatal: " + name + ".* at pc 0x[0-9a-f]{8}, address 0x[0-9a-f]{8}, sp ");
    assertThat(result.status()).as(result.errors()).isEqualTo(139);
  }

  @Test
  void withoutAPartitionThereAreNoArguments() throws IOException {
    CProgram program = CProgram.compile(Target.UNIX, "board", folder);
    assertThat(program.run("", "\n", Map.of("data", data())).output()).startsWith("\nevents 0\n");
  }
}
