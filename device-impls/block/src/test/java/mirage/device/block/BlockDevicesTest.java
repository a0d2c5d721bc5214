// SPDX-License-Identifier: Apache-2.0
package mirage.device.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import mirage.device.DeviceGenerator;
import mirage.device.testkit.Conformance;
import mirage.device.testkit.HostProgram;
import mirage.device.testkit.OcamlHost;
import mirage.tools.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockDevicesTest {
  private static final List<String> LIBRARIES =
      List.of("mirage-block-flash", "mirage-block-ramdisk", "mirage-os", "cstruct", "lwt");

  @TempDir Path folder;

  @Test
  void implementationsHaveTheirModuleTypes() {
    Conformance.check(OcamlHost.ofClassPath(), folder, new BlockDevices().implementations());
  }

  @Test
  void theGeneratedModuleConnectsToItsPartition() throws IOException {
    Files.write(folder.resolve("test"), new byte[10]);
    generate("test");
    Path output = folder.resolve("output");
    Files.writeString(
        output.resolve("main.ml"),
        """
        module _ : Mirage_block.S = Block1
        let () =
          OS.Main.run
            (Lwt.bind (Block1.connect ()) (fun b ->
                 Lwt.map (fun i -> print_int i.Mirage_block.sector_size) (Block1.get_info b)))
        """);
    assertThat(OcamlHost.ofClassPath().program(output, LIBRARIES, Map.of()).run().output())
        .isEqualTo("4096");
  }

  /** The same operations on both: what is written is read, what is outside or unaligned is refused. */
  @ParameterizedTest
  @ValueSource(strings = {"Mirage_block_flash.connect \"test\"", "Ramdisk.connect ~name:\"test\""})
  void sectorsKeepWhatIsWritten(String connect) {
    String module = connect.substring(0, connect.indexOf('.'));
    HostProgram program =
        OcamlHost.ofClassPath()
            .program(
                folder,
                LIBRARIES,
                """
                open Lwt.Infix
                module B = %s
                let refused name = function Ok () -> failwith name | Error _ -> ()
                let () =
                  OS.Main.run
                    ( %s >>= fun b ->
                      B.get_info b >>= fun info ->
                      let n = info.Mirage_block.sector_size in
                      let last = Int64.pred info.size_sectors in
                      Printf.printf "%%Ld sectors\\n" info.size_sectors;
                      let sector c = Cstruct.of_string (String.make n c) in
                      let written = [ sector 'a'; Cstruct.append (sector 'b') (sector 'c') ] in
                      B.write b 3L written >>= fun r ->
                      assert (r = Ok ());
                      B.write b 4L [ sector 'd' ] >>= fun r ->
                      assert (r = Ok ());
                      B.write b last [ sector 'e' ] >>= fun r ->
                      assert (r = Ok ());
                      let all = Cstruct.create (3 * n) and one = Cstruct.create n in
                      B.read b 3L [ all ] >>= fun r ->
                      assert (r = Ok ());
                      B.read b last [ one ] >>= fun r ->
                      assert (r = Ok ());
                      assert (Cstruct.to_string all = String.concat "" (List.map (String.make n) [ 'a'; 'd'; 'c' ]));
                      assert (Cstruct.equal one (sector 'e'));
                      B.read b (Int64.succ last) [ one ] >|= refused "read behind" >>= fun () ->
                      B.read b last [ one; one ] >|= refused "read across" >>= fun () ->
                      B.read b (-1L) [ one ] >|= refused "read before" >>= fun () ->
                      B.read b Int64.max_int [ one ] >|= refused "read far" >>= fun () ->
                      B.write b last [ sector 'x'; sector 'y' ] >|= refused "write across" >>= fun () ->
                      B.write b 0L [ Cstruct.create (n - 1) ] >|= refused "unaligned" >>= fun () ->
                      B.read b last [ one ] >>= fun _ ->
                      assert (Cstruct.equal one (sector 'e'));
                      B.disconnect b >>= fun () ->
                      B.read b 0L [ one ] >|= refused "disconnected" >|= fun () -> print_endline "done" )
                """
                    .formatted(module, connect));
    Command.Result result = program.run();
    assertThat(result.output())
        .as(result.errors())
        .isEqualTo(module.equals("Ramdisk") ? "64 sectors\ndone\n" : "16 sectors\ndone\n");
  }

  @Test
  void aMissingPartitionIsNamed() {
    HostProgram program =
        OcamlHost.ofClassPath()
            .program(
                folder,
                LIBRARIES,
                "let () = OS.Main.run (Lwt.map ignore (Mirage_block_flash.connect \"other\"))");
    assertThat(program.run().errors()).contains("no flash partition other for a block device");
  }

  @Test
  void zeroesAtTheEndOfAnImageAreNotStored() throws IOException {
    Path file = folder.resolve("disk.img");
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(50_000_000);
      out.seek(70_000);
      out.write('x');
    }
    DeviceGenerator.Generated generated = generate("disk.img");
    assertThat(generated.inputs()).containsExactly(file);
    byte[] content = Files.readAllBytes(generated.partitions().get("disk.img").content());
    assertThat(content).hasSize(73_728);
    assertThat(content[70_000]).isEqualTo((byte) 'x');

    Files.write(file, new byte[] {1, 0, 2, 0});
    content = Files.readAllBytes(generate("disk.img").partitions().get("disk.img").content());
    assertThat(content).hasSize(65_536);
    assertThat(Arrays.copyOf(content, 5)).containsExactly(1, 0, 2, 0, 0);
  }

  @Test
  void whatCannotBeAPartitionIsRefused() {
    assertThatThrownBy(() -> generate("disk.img")).hasMessageContaining("truncate -s 64K disk.img");
    assertThatThrownBy(() -> generate("a/b"))
        .hasMessageContaining("name is that of a flash partition");
    assertThatThrownBy(() -> generate("sixteen-letters.")).hasMessageContaining("1 to 15 letters");
  }

  private DeviceGenerator.Generated generate(String name) throws IOException {
    Path output = Files.createDirectories(folder.resolve("output"));
    return new PartitionImage()
        .generate(new DeviceGenerator.Request("Block1", Map.of("name", name), folder, output));
  }
}
