// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import mirage.device.SourceFolder;
import mirage.device.testkit.HostProgram;
import mirage.device.testkit.OcamlHost;
import mirage.tools.Command;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The OCaml libraries over the board that the unix target uses, in real time. */
class HostBoardTest {
  private static final String SOURCE =
      """
      open Lwt.Infix

      let rec read all =
        let b = Bytes.create 100 in
        match Mirage_board.console_read b 0 100 with
        | -1 -> Lwt.return all
        | 0 -> OS.Event.wait (Mirage_board.console_event ()) >>= fun () -> read all
        | n -> read (all ^ Bytes.sub_string b 0 n)

      let print s = Mirage_board.console_write s 0 (String.length s)

      let cases =
        [ ("echo", fun () -> read "" >|= fun s -> print (String.uppercase_ascii s));
          ("args", fun () -> Bootvar.argv () >|= fun a -> print (String.concat "|" (Array.to_list a)));
          ( "sleep",
            fun () ->
              let before = Mclock.elapsed_ns () in
              OS.Time.sleep_ns 50_000_000L >|= fun () ->
              let d = Int64.sub (Mclock.elapsed_ns ()) before in
              print (if d >= 50_000_000L && d < 1_000_000_000L then "slept" else Int64.to_string d) );
          ("clock", fun () -> print (string_of_int (fst (Pclock.now_d_ps ()))); Lwt.return_unit);
          ("mac", fun () -> print (string_of_int (String.length (Mirage_board.mac ()))); Lwt.return_unit);
          ( "random",
            fun () ->
              let b = Bytes.make 40 ' ' in
              Mirage_board.random b 4 32;
              print (Bytes.sub_string b 0 4 ^ Bytes.sub_string b 36 4);
              assert (Bytes.sub_string b 4 32 <> String.make 32 ' ');
              Lwt.return_unit );
          ( "partition",
            fun () ->
              let b = Bytes.make 4 ' ' in
              let int i = print (string_of_int i ^ " ") in
              int (Mirage_board.partition_size "none");
              int (Mirage_board.partition_size "data");
              int (Mirage_board.partition_read "data" 1 b 1 2);
              print (Bytes.to_string b);
              int (Mirage_board.partition_read "data" 8190 b 0 4);
              int (Mirage_board.partition_erase "data" 0 4096);
              int (Mirage_board.partition_write "data" 10 (Bytes.of_string "xyz") 1 2);
              int (Mirage_board.partition_read "data" 9 b 0 4);
              print (String.escaped (Bytes.to_string b));
              Lwt.return_unit );
          ("exit", fun () -> Mirage_runtime.at_exit (fun () -> print "bye"; Lwt.return_unit); exit 7) ]

      let () = OS.Main.run ((List.assoc (Sys.getenv "CASE") cases) ())
      """;

  @TempDir static Path folder;
  private static Command program;

  @BeforeAll
  static void compile() {
    HostProgram built =
        OcamlHost.ofClassPath()
            .onBoard(
                new SourceFolder(OsLibraries.class, "c/board"),
                new SourceFolder(OsLibraries.class, "c/board/host"),
                new SourceFolder(OsLibraries.class, "c/board/no-radio"),
                new SourceFolder(OsLibraries.class, "c/os"))
            .program(folder, List.of("lwt", "mirage-os"), SOURCE);
    program = Command.of(built.file().toString()).timeout(Duration.ofSeconds(20));
  }

  @Test
  void inputIsReadToItsEnd() {
    assertThat(run("echo", program.input("hello\nworld"))).isEqualTo("HELLO\nWORLD");
  }

  @Test
  void argumentsAreThoseOfTheProcess() {
    assertThat(run("args", program.with("--a=b c", "", "\"q\\")))
        .isEqualTo("mirage|--a=b c||\"q\\");
  }

  @Test
  void sleepingTakesItsTime() {
    assertThat(run("sleep", program)).isEqualTo("slept");
  }

  @Test
  void theDateIsToday() {
    int days = Integer.parseInt(run("clock", program));
    long today = System.currentTimeMillis() / 86_400_000;
    assertThat((long) days).isBetween(today - 1, today + 1);
  }

  @Test
  void randomBytesGoWhereTheyShould() {
    assertThat(run("random", program)).isEqualTo("        ");
    assertThat(run("mac", program)).isEqualTo("6");
  }

  @Test
  void partitionsAreFilesThatBehaveLikeFlash(@TempDir Path partitions) throws IOException {
    byte[] content = new byte[8192];
    content[1] = 'a';
    content[2] = 'b';
    Files.write(partitions.resolve("data"), content);
    Command command = program.environment("MIRAGE_PARTITIONS", partitions.toString());
    assertThat(run("partition", command)).isEqualTo("-1 8192 0  ab -2 0 0 0 \\255yz\\255");
  }

  @Test
  void theExitStatusIsThatOfTheProcess() {
    Command.Result result = program.environment("CASE", "exit").execute();
    assertThat(result.status()).isEqualTo(7);
    assertThat(result.output()).isEqualTo("bye");
  }

  private static String run(String name, Command command) {
    Command.Result result = command.environment("CASE", name).execute();
    assertThat(result.status()).as(result.errors()).isZero();
    return result.output();
  }
}
