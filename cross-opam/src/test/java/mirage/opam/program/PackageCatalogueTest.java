// SPDX-License-Identifier: Apache-2.0
package mirage.opam.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mirage.device.Target;
import mirage.opam.Workshop;
import mirage.opam.packages.OpamVersion;
import mirage.opam.sysroot.Distribution;
import mirage.tools.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageCatalogueTest {
  @TempDir Path folder;
  private Workshop workshop;

  @BeforeEach
  void open() throws Exception {
    workshop =
        new Workshop(folder)
            .library("randomconv", "0.1.3", "cstruct")
            .source("randomconv", "randomconv.ml", "");
  }

  @AfterEach
  void close() throws Exception {
    workshop.close();
  }

  private PackageCatalogue.Answer find(Target target, PackageCatalogue.Request... requests) {
    return new PackageCatalogue(workshop.sysroot(target)).find("hello", List.of(requests));
  }

  private static PackageCatalogue.Request named(String opam, String... findlib) {
    return new PackageCatalogue.Request(
        opam, List.of(findlib), Optional.empty(), Optional.empty(), false);
  }

  private static PackageCatalogue.Request bounded(String opam, String min, String max) {
    return new PackageCatalogue.Request(
        opam, List.of(), Optional.ofNullable(min), Optional.ofNullable(max), false);
  }

  private String only(PackageCatalogue.Answer answer) {
    assertThat(answer.packages()).isEmpty();
    assertThat(answer.problems()).hasSize(1);
    return answer.problems().get(0);
  }

  @Test
  void findsTheDistributionsAndTheJars() {
    String lwt = Command.of("ocamlfind", "query", "-format", "%v", "lwt").run().output().strip();
    assertThat(
            find(Target.ESP32, named("lwt"), named("randomconv"), named("logs", "logs", "logs.lwt"))
                .packages())
        .extracting(PackageCatalogue.Found::version, PackageCatalogue.Found::libraries)
        .contains(
            tuple(Optional.of(lwt), List.of("lwt")),
            tuple(Optional.of("0.1.3"), List.of("randomconv")))
        .last()
        .extracting(tuple -> tuple.toList().get(1))
        .isEqualTo(List.of("logs", "logs.lwt"));
    assertThat(workshop.cache.root()).doesNotExist();
  }

  @Test
  void theTargetsSuffixIsAccepted() {
    PackageCatalogue.Answer answer = find(Target.ESP32, named("randomconv-esp32"));
    assertThat(answer.problems()).isEmpty();
    assertThat(answer.packages().get(0).libraries()).containsExactly("randomconv");
  }

  @Test
  void boundsAreLowerInclusiveAndUpperExclusive() {
    assertThat(find(Target.ESP32, bounded("randomconv", "0.1.3", "0.2.0")).problems()).isEmpty();
    assertThat(only(find(Target.ESP32, bounded("randomconv", null, "0.1.3"))))
        .isEqualTo(
            "package randomconv, asked for by unikernel hello: version 0.1.3 is here, < 0.1.3 is asked for");
    assertThat(only(find(Target.ESP32, bounded("randomconv", "0.2.0", "0.3.0"))))
        .endsWith("version 0.1.3 is here, >= 0.2.0 and < 0.3.0 is asked for");
  }

  @Test
  void aVersionMetaDoesNotSayIsAskedOfTheDistribution() {
    assertThat(Distribution.host().find("fpath").orElseThrow().version()).isEmpty();
    String installed =
        Command.of("dpkg-query", "-W", "-f", "${Version}", "libfpath-ocaml-dev").run().output();
    assertThat(find(Target.UNIX, named("fpath")).packages().get(0).version().orElseThrow())
        .satisfies(version -> assertThat(installed).startsWith(version + "-"));
  }

  @Test
  void saysWhyAPackageCannotBeUsed() {
    assertThat(only(find(Target.ESP32, named("lwt", "lwt", "lwt.unix"))))
        .startsWith(
            "package lwt, asked for by unikernel hello: OCaml library lwt.unix: not available on esp32: there is no operating system");
    assertThat(only(find(Target.ESP32, named("tls-mirage"))))
        .endsWith(
            "known, but not available here: it does not come with the tool: mirage install builds it from the folders of its sources and of what it needs, or with --opam NAME from opam");
    assertThat(only(find(Target.ESP32, named("randomcov"))))
        .endsWith("has it; did you mean randomconv?");
    assertThat(only(find(Target.ESP32, named("qqqqqqqq"))))
        .endsWith("unknown: neither the distribution nor a jar on the class path has it");
    assertThat(find(Target.ESP32, named("qqqqqqqq"), named("tls"), named("lwt")).problems())
        .hasSize(2);
  }

  @Test
  void packagesOfTheBuildBringNoLibrary() {
    PackageCatalogue.Request crunch =
        new PackageCatalogue.Request(
            "crunch", List.of(), Optional.of("1.0"), Optional.empty(), true);
    PackageCatalogue.Answer answer =
        find(Target.ESP32, crunch, bounded("ocaml", "4.08", null), named("dune"));
    assertThat(answer.problems()).isEmpty();
    assertThat(answer.packages()).allSatisfy(found -> assertThat(found.libraries()).isEmpty());
    assertThat(only(find(Target.ESP32, bounded("ocaml", "5.0", null)))).contains(">= 5.0");
  }

  @Test
  void versionsAreOrderedAsDebianOrdersThem() {
    List<String> versions =
        List.of(
            "0.1",
            "0.1.3",
            "0.2.0",
            "0.10",
            "1.0~beta",
            "1.0~beta2",
            "1.0",
            "1.0a",
            "1.0.1",
            "v1.1",
            "2",
            "10",
            "10+dfsg");
    List<String> wrong = new ArrayList<>();
    for (String left : versions) {
      for (String right : versions) {
        int ours = Integer.signum(OpamVersion.of(left).compareTo(OpamVersion.of(right)));
        boolean less =
            Command.of(
                    "dpkg",
                    "--compare-versions",
                    left.replace("v", ""),
                    "lt",
                    right.replace("v", ""))
                .execute()
                .succeeded();
        boolean equal = left.equals(right);
        if (ours != (equal ? 0 : less ? -1 : 1)) {
          wrong.add(left + " ? " + right);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void distanceIsTheNumberOfEdits() {
    assertThat(PackageCatalogue.distance("", "abc")).isEqualTo(3);
    assertThat(PackageCatalogue.distance("lwt", "lwt")).isZero();
    assertThat(PackageCatalogue.distance("kitten", "sitting")).isEqualTo(3);
  }
}
