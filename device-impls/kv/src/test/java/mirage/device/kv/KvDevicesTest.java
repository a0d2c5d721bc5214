// SPDX-License-Identifier: Apache-2.0
package mirage.device.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import mirage.device.DeviceGenerator;
import mirage.device.testkit.Conformance;
import mirage.device.testkit.HostProgram;
import mirage.device.testkit.OcamlHost;
import mirage.tools.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KvDevicesTest {
  private static final List<String> LIBRARIES =
      List.of("mirage-kv-static", "mirage-kv-mem", "mirage-os", "lwt");

  @TempDir Path folder;

  @Test
  void implementationsHaveTheirModuleTypes() {
    Conformance.check(OcamlHost.ofClassPath(), folder, new KvDevices().implementations());
  }

  @Test
  void aCrunchedFolderIsReadAsItIsOnDisk() throws IOException {
    Path data = Files.createDirectories(folder.resolve("unikernel/t/sub/deep"));
    Path t = folder.resolve("unikernel/t");
    Files.writeString(t.resolve("secret"), "foo\n");
    Files.writeString(t.resolve("empty"), "");
    Files.writeString(
        t.resolve("text"), "a \"quoted\" \\ line\n  blanks ahead\n\n\ttab\n %d @ {|x|}\r\n");
    byte[] bytes = new byte[5000];
    new Random(7).nextBytes(bytes);
    Files.write(data.resolve("bytes.bin"), bytes);
    Instant time = Instant.parse("2021-12-17T16:22:09Z");
    for (String name : List.of("secret", "empty", "text", "sub/deep/bytes.bin")) {
      Files.setLastModifiedTime(t.resolve(name), FileTime.from(time));
    }
    Files.setLastModifiedTime(t.resolve("secret"), FileTime.from(time.plusSeconds(86_400)));

    HostProgram program =
        crunch(
            """
            open Lwt.Infix
            module S : Mirage_kv.RO with type t = Static1.t = Static1

            let key = Mirage_kv.Key.v
            let hex s = String.concat "" (List.map (fun c -> Printf.sprintf "%02x" (Char.code c)) (List.of_seq (String.to_seq s)))
            let error e = Format.asprintf "%a" S.pp_error e
            let show name to_string result =
              Lwt.return (Printf.printf "%s %s\\n" name (match result with Ok x -> to_string x | Error e -> error e))
            let kind = function `Value -> "value" | `Dictionary -> "dictionary"
            let entries l = String.concat " " (List.map (fun (n, k) -> n ^ ":" ^ kind k) l)

            let () =
              OS.Main.run
                ( Static1.connect () >>= fun s ->
                  S.get s (key "secret") >>= show "secret" String.escaped >>= fun () ->
                  S.get s (key "/empty/") >>= show "empty" String.escaped >>= fun () ->
                  S.get s (key "text") >>= show "text" hex >>= fun () ->
                  S.get s (key "sub/deep/bytes.bin") >>= show "bytes" hex >>= fun () ->
                  S.get s (key "sub") >>= show "get" hex >>= fun () ->
                  S.get s (key "none") >>= show "get" hex >>= fun () ->
                  S.list s (key "") >>= show "list" entries >>= fun () ->
                  S.list s (key "sub") >>= show "list" entries >>= fun () ->
                  S.list s (key "secret") >>= show "list" entries >>= fun () ->
                  S.exists s (key "sub/deep") >>= show "exists" (function None -> "no" | Some k -> kind k) >>= fun () ->
                  S.exists s (key "sub/none") >>= show "exists" (function None -> "no" | Some k -> kind k) >>= fun () ->
                  S.digest s (key "secret") >>= show "digest" hex >>= fun () ->
                  S.last_modified s (key "text") >>= show "time" (fun (d, ps) -> Printf.sprintf "%d %Ld" d ps) >>= fun () ->
                  S.last_modified s (key "") >>= show "time" (fun (d, ps) -> Printf.sprintf "%d %Ld" d ps) )
            """);
    Command.Result result = program.run();
    assertThat(result.output())
        .as(result.errors())
        .isEqualTo(
            """
            secret foo\\n
            empty\s
            text %s
            bytes %s
            get expecting a value for the key /sub
            get cannot find the key /none
            list empty:value secret:value sub:dictionary text:value
            list deep:dictionary
            list expecting a dictionary for the key /secret
            exists dictionary
            exists no
            digest d3b07384d113edec49eaa6238ad5ff00
            time 18978 58929000000000000
            time 18979 58929000000000000
            """
                .formatted(
                    HexFormat.of().formatHex(Files.readAllBytes(t.resolve("text"))),
                    HexFormat.of().formatHex(bytes)));
  }

  @Test
  void aMissingFolderIsSaid() {
    assertThatThrownBy(() -> generate(Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no folder t in ");
  }

  @Test
  void theSourceDateReplacesAllTimes() throws IOException {
    Files.createDirectories(folder.resolve("unikernel/t"));
    Files.writeString(folder.resolve("unikernel/t/a"), "a");
    generate(Map.of("SOURCE_DATE_EPOCH", "86401"));
    assertThat(folder.resolve("program/static1.ml"))
        .content()
        .contains("modified = (1, 1000000000000L)")
        .doesNotContain("modified = (2");
  }

  @Test
  void aStoreInMemoryKeepsWhatIsSet() {
    HostProgram program =
        OcamlHost.ofClassPath()
            .program(
                folder,
                LIBRARIES,
                """
                open Lwt.Infix
                module S = Mirage_kv_mem.Make (Pclock)
                let key = Mirage_kv.Key.v
                let ok = function Ok x -> Lwt.return x | Error e -> Lwt.fail_with (Format.asprintf "%a" S.pp_write_error e)
                let read = function Ok x -> Lwt.return x | Error e -> Lwt.fail_with (Format.asprintf "%a" S.pp_error e)
                let fails p = Lwt.catch (fun () -> p () >|= fun _ -> assert false) (function Failure m -> print_endline m; Lwt.return_unit | e -> Lwt.fail e)
                let () =
                  OS.Main.run
                    ( S.connect () >>= fun s ->
                      S.set s (key "a/b/c") "1" >>= ok >>= fun () ->
                      S.digest s (key "a") >>= read >>= fun before ->
                      S.set s (key "a/b/c") "2" >>= ok >>= fun () ->
                      S.digest s (key "a") >>= read >>= fun after ->
                      assert (before <> after);
                      S.get s (key "a/b/c") >>= read >>= fun v ->
                      print_endline v;
                      fails (fun () -> S.set s (key "a/b") "x" >>= ok) >>= fun () ->
                      fails (fun () -> S.set s (key "a/b/c/d") "x" >>= ok) >>= fun () ->
                      fails (fun () -> S.get s (key "a/b") >>= read) >>= fun () ->
                      OS.Time.sleep_ns 2_000_000_000L >>= fun () ->
                      S.set s (key "x") "3" >>= ok >>= fun () ->
                      S.last_modified s (key "") >>= read >>= fun (_, ps) ->
                      Printf.printf "%Ld\\n" ps;
                      S.list s (key "") >>= read >>= fun l ->
                      print_endline (String.concat " " (List.map fst l));
                      Lwt.catch (fun () -> S.batch s (fun s -> S.set s (key "y") "4" >>= fun _ -> Lwt.fail Exit)) (fun _ -> Lwt.return (Ok ())) >>= fun _ ->
                      S.exists s (key "y") >>= read >>= fun y ->
                      assert (y = None);
                      let runs = ref 0 in
                      S.batch s (fun b ->
                          incr runs;
                          S.set b (key "y") (string_of_int !runs) >>= fun _ ->
                          if !runs = 1 then S.set s (key "z") "5" >|= ignore else Lwt.return_unit)
                      >>= fun () ->
                      S.get s (key "y") >>= read >>= fun y ->
                      print_endline y;
                      S.remove s (key "a") >>= ok >>= fun () ->
                      S.list s (key "") >>= read >|= fun l ->
                      print_endline (String.concat " " (List.map fst l)) )
                """);
    Command.Result result = program.run();
    assertThat(result.output())
        .as(result.errors())
        .isEqualTo(
            """
            2
            expecting a value for the key /a/b
            expecting a dictionary for the key /a/b/c
            expecting a value for the key /a/b
            2000000000000
            a x
            2
            x y z
            """);
  }

  private Path generate(Map<String, String> environment) throws IOException {
    Path output = Files.createDirectories(folder.resolve("program"));
    Path unikernel = folder.resolve("unikernel");
    DeviceGenerator.Generated generated =
        new Crunch(environment)
            .generate(
                new DeviceGenerator.Request("Static1", Map.of("dir", "t"), unikernel, output));
    assertThat(generated.inputs()).containsExactly(unikernel.resolve("t"));
    return output;
  }

  private HostProgram crunch(String main) throws IOException {
    return OcamlHost.ofClassPath().program(generate(Map.of()), LIBRARIES, main);
  }
}
