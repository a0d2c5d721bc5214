// SPDX-License-Identifier: Apache-2.0
package mirage.device.signatures;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mirage.device.DeviceKind;
import mirage.device.DeviceKinds;
import mirage.device.OcamlLibrary;
import mirage.device.testkit.Conformance;
import mirage.device.testkit.OcamlHost;
import mirage.tools.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignaturesTest {
  private static final OcamlHost HOST = OcamlHost.ofClassPath();

  @TempDir Path folder;

  @Test
  void everyLibraryCompilesWithoutWarnings() {
    HOST.libraries().forEach(HOST::check);
  }

  @Test
  void theModuleTypesOfAllKindsExist() {
    List<String> ours = new Signatures().libraries().stream().map(OcamlLibrary::name).toList();
    StringBuilder source = new StringBuilder();
    for (DeviceKind kind : DeviceKinds.ALL) {
      if (ours.contains(kind.library())) {
        source
            .append("module type T_")
            .append(kind.name())
            .append(" = ")
            .append(kind.signature())
            .append('\n');
      }
    }
    assertThat(source.toString().lines().count()).isGreaterThan(15);
    HOST.program(folder, ours, source.toString());
  }

  @Test
  void tracingIsAcceptedAndDoesNothing() {
    Conformance.check(HOST, folder, new Signatures().implementations());
  }

  @Test
  void kindsAreUnique() {
    Set<String> names = new HashSet<>();
    assertThat(DeviceKinds.ALL).allMatch(kind -> names.add(kind.name()));
  }

  @Test
  void keysOfStoresArePaths() {
    assertThat(
            run(
                List.of("mirage-kv"),
                """
                open Mirage_kv.Key
                let () =
                  List.iter print_endline
                    [ to_string (v "a//b/"); to_string (v ""); to_string (v "a" / "b" // v "/c/d");
                      basename (v "a/b"); basename empty; to_string (parent (v "a/b")); to_string (parent empty);
                      string_of_bool (equal (v "/a") (v "a")); string_of_int (compare (v "a") (v "a/b"));
                      (match add empty "a/b" with _ -> "no exception" | exception Invalid_argument _ -> "refused") ]
                """))
        .isEqualTo("/a/b\n/\n/a/b/c/d\nb\n\n/a\n/\ntrue\n-1\nrefused\n");
  }

  @Test
  void channelsCutFlowsIntoLinesAndBlocks() {
    assertThat(
            run(
                List.of("mirage-channel", "cstruct", "lwt"),
                """
                (* A flow that gives back the pieces of a list and remembers what is written. *)
                module F = struct
                  type error = |
                  let pp_error _ (e : error) = match e with _ -> .
                  type write_error = Mirage_flow.write_error
                  let pp_write_error = Mirage_flow.pp_write_error
                  type flow = { mutable input : string list; output : Buffer.t; mutable closed : bool }
                  let read f =
                    match f.input with
                    | [] -> Lwt.return (Ok `Eof)
                    | s :: rest -> f.input <- rest; Lwt.return (Ok (`Data (Cstruct.of_string s)))
                  let writev f l = List.iter (fun c -> Buffer.add_string f.output (Cstruct.to_string c)) l; Lwt.return (Ok ())
                  let write f c = writev f [ c ]
                  let close f = f.closed <- true; Lwt.return_unit
                end
                module _ : Mirage_flow.S = F
                module C = Mirage_channel.Make (F)
                let flow input = { F.input; output = Buffer.create 9; closed = false }
                let now p = match Lwt.state p with Lwt.Return (Ok x) -> x | _ -> assert false
                let rec lines ?len c =
                  match now (C.read_line ?len c) with
                  | `Eof -> []
                  | `Data l -> Cstruct.copyv l :: lines ?len c
                let show l = print_endline (String.concat "|" (List.map String.escaped l))
                let () =
                  show (lines (C.create (flow [ "one\\r\\ntw"; "o\\r"; "\\n"; ""; "\\nthree\\n\\rx\\n"; "last" ])));
                  show (lines ~len:3 (C.create (flow [ "abcdefg\\nh\\n" ])));
                  let c = C.create (flow [ "abc"; "defghi" ]) in
                  (match now (C.read_char c) with `Data 'a' -> () | _ -> assert false);
                  (match now (C.read_exactly ~len:4 c) with `Data l -> show [ Cstruct.copyv l ] | _ -> assert false);
                  (match now (C.read_some ~len:2 c) with `Data b -> show [ Cstruct.to_string b ] | _ -> assert false);
                  (match now (C.read_some c) with `Data b -> show [ Cstruct.to_string b ] | _ -> assert false);
                  (match now (C.read_exactly ~len:1 c) with `Eof -> () | _ -> assert false);
                  let f = flow [] in
                  let c = C.create f in
                  C.write_char c 'x'; C.write_string c "abcdef" 2 3; C.write_line c "!"; C.write_buffer c (Cstruct.of_string "end");
                  assert (Buffer.length f.F.output = 0);
                  now (C.close c);
                  show [ Buffer.contents f.F.output; string_of_bool f.F.closed ]
                """))
        .isEqualTo("one|two||three|\\rx|last\nabc|def|g|h\nbcde\nfg\nhi\nxcde!\\nend|true\n");
  }

  @Test
  void pagesAreZeroedAndShared() {
    assertThat(
            run(
                List.of("io-page", "cstruct"),
                """
                let () =
                  let t = Io_page.get 2 in
                  Cstruct.set_char (Io_page.to_cstruct t) 4096 'x';
                  let second = List.nth (Io_page.to_pages t) 1 in
                  Printf.printf "%d %C %C %d\\n" (Io_page.length t) (Io_page.to_string second).[0]
                    (Io_page.to_string t).[0] (Io_page.round_to_page_size 4097)
                """))
        .isEqualTo("8192 'x' '\\000' 8192\n");
  }

  private String run(List<String> libraries, String source) {
    Command.Result result = HOST.program(folder, libraries, source).run();
    assertThat(result.status()).as(result.errors()).isZero();
    return result.output();
  }
}
