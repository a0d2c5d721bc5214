// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import mirage.config.build.DirectBuilder;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages of {@code mirage opam-repository} as plain opam installs them; nothing is fetched from a network. */
class OpamRepositoryTest {
  private static final Path ROT13 =
      Path.of("src/test/resources/unikernels/porting/rot13").toAbsolutePath();

  private final BuildCache cache = new BuildCache(Path.of("target/cache").toAbsolutePath());
  @TempDir Path folder;

  @Test
  void opamInstallsForTheChip() throws IOException {
    writeRepository();
    writeMirage();
    writeCompilers();
    opam("init --bare --disable-sandboxing --no-setup default " + folder.resolve("compilers"));
    opam("switch create chip --empty");
    opam("repository add esp32 " + folder.resolve("repository"));
    opam("install rot13-esp32");
    assertThat(opam("list --installed --short --columns=package"))
        .contains("ocaml-esp32.4.13.1", "rot13-esp32.1.0");
    Files.writeString(folder.resolve("a.ml"), "let () = print_string (Rot13.string \"Uryyb\")");
    Command.Result built =
        shell(
            "eval $(opam env) && ocamlfind -toolchain esp32 ocamlc -package rot13 -linkpkg a.ml -o a.byte"
                + " && ocamlobjinfo a.byte | grep rot13_rotate");
    assertThat(built.status()).as(built.errors()).isZero();
    assertThat(shell("ls opam/chip/esp32-sysroot/packages/rot13").output())
        .contains("librot13_stubs.a");
    opam("remove rot13-esp32");
    assertThat(shell("ls opam/chip/esp32-sysroot/packages").output()).isEmpty();
  }

  /** A newer package is built again, and with it what depends on it. */
  @Test
  void opamUpgradesWhatDependsOnANewerPackage() throws IOException {
    writeMirage();
    writeCompilers();
    version("twice", "1.0", "let f x = 2 * x", "", "\"conf-gmp\"");
    version("thrice", "2.0", "let f x = Twice.f x + x", "twice", "");
    mirage("opam-repository repository twice thrice");
    opam("init --bare --disable-sandboxing --no-setup default " + folder.resolve("compilers"));
    opam("switch create chip --empty");
    opam("repository add esp32 " + folder.resolve("repository"));
    opam("install thrice-esp32");
    assertThat(opam("list --installed --short --columns=package")).contains("conf-gmp-esp32.1");
    Files.writeString(folder.resolve("a.ml"), "let () = print_int (Thrice.f 7)");
    assertThat(thrice()).isEqualTo("21");
    version("twice", "1.1", "let f x = 200 * x", "", "");
    mirage("opam-repository repository twice thrice");
    opam("update");
    assertThat(opam("upgrade"))
        .containsPattern("upgrade +twice-esp32 +1\\.0 to 1\\.1")
        .containsPattern("recompile +thrice-esp32");
    assertThat(thrice()).isEqualTo("1407");
    assertThat(folder.resolve("repository/packages/twice-esp32").toFile().list())
        .containsExactly("twice-esp32.1.1");
  }

  private String thrice() {
    Command.Result built =
        shell(
            "eval $(opam env) && ocamlfind -toolchain esp32 ocamlc -package thrice -linkpkg a.ml -o a.byte"
                + " && ocamlrun a.byte");
    assertThat(built.status()).as(built.errors()).isZero();
    return built.output();
  }

  private void version(String name, String version, String text, String needs, String besides)
      throws IOException {
    Path place = folder.resolve(name);
    source(place, name, text);
    Files.writeString(
        place.resolve("dune"),
        "(library (name %1$s) (public_name %1$s) (libraries %2$s))\n".formatted(name, needs));
    Files.writeString(
        place.resolve(name + ".opam"),
        """
        opam-version: "2.0"
        version: "%s"
        build: ["dune" "build" "-p" name]
        depends: ["dune" %s %s]
        """
            .formatted(version, needs.isEmpty() ? "" : "\"" + needs + "\"", besides));
  }

  /** A package whose source has no opam file, and one that needs it; both known to a switch alone. */
  @Test
  void sourcesComeFromTheSwitch() throws IOException {
    writeMirage();
    Path sources = folder.resolve("sources");
    source(sources.resolve("twice"), "twice", "let f x = 2 * x");
    source(sources.resolve("thrice"), "thrice", "let f x = Twice.f x + x");
    Files.writeString(
        sources.resolve("thrice/dune"),
        "(library (name thrice) (public_name thrice) (libraries twice))\n");
    writeCompilers();
    writePackage("twice.1.0", "\"dune\"", sources.resolve("twice"));
    writePackage("thrice.2.0", "\"dune\" \"twice\" {>= \"1.0\"}", sources.resolve("thrice"));
    opam("init --bare --disable-sandboxing --no-setup default " + folder.resolve("compilers"));
    opam("switch create chip --empty");
    assertThat(mirage("install --opam thrice"))
        .contains("opam source thrice.2.0", "opam source twice.1.0", "building thrice.2.0");
    assertThat(mirage("install --opam thrice"))
        .isEqualTo("already built: twice.1.0\nalready built: thrice.2.0\n");
    assertThat(mirage("install --list")).isEqualTo("thrice 2.0\ntwice 1.0\n");
    assertThat(shell("mirage install --opam quarter").errors())
        .contains("package quarter: no source of it within reach");
    assertThat(shell("mirage install --opam thrice.3.0").errors())
        .contains("package thrice: version 3.0 is asked for, the source in ");
  }

  /** What was killed half-way left nothing, and is no hindrance. */
  @Test
  void anInterruptedInstallationIsRunAgain() throws IOException, InterruptedException {
    writeMirage();
    Path source = folder.resolve("slow");
    source(source, "slow", "let f x = x");
    Path gate = folder.resolve("gate");
    Files.writeString(
        source.resolve("slow.opam"),
        """
        opam-version: "2.0"
        build: [["sh" "-c" "echo > %1$s.reached; test -e %1$s || sleep 60"] ["dune" "build" "-p" name]]
        """
            .formatted(gate));
    ProcessBuilder killed = new ProcessBuilder(folder + "/bin/mirage", "install", "./slow");
    killed.environment().put("MIRAGE_CACHE", cache.root().toString());
    killed.environment().put("MIRAGE_INSTALLED", folder.resolve("installed").toString());
    Process first =
        killed
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("first").toFile())
            .start();
    for (int i = 0; i < 600 && !Files.exists(folder.resolve("gate.reached")); i++) {
      Thread.sleep(100);
    }
    first.descendants().forEach(ProcessHandle::destroyForcibly);
    assertThat(first.destroyForcibly().waitFor()).isNotZero();
    assertThat(folder.resolve("gate.reached")).exists();
    Files.createFile(gate);
    assertThat(mirage("install --list")).isEmpty();
    assertThat(mirage("install ./slow")).isEqualTo("building slow\n");
    assertThat(mirage("install ./slow")).isEqualTo("already built: slow\n");
  }

  private String mirage(String arguments) {
    Command.Result result = shell("mirage " + arguments);
    assertThat(result.status()).as(result.output() + result.errors()).isZero();
    return result.output() + result.errors();
  }

  private static void source(Path place, String name, String text) throws IOException {
    Files.createDirectories(place);
    Files.writeString(
        place.resolve("dune-project"), "(lang dune 2.0)\n(package (name %s))\n".formatted(name));
    Files.writeString(
        place.resolve("dune"), "(library (name %1$s) (public_name %1$s))\n".formatted(name));
    Files.writeString(place.resolve(name + ".ml"), text + "\n");
  }

  private void writePackage(String title, String depends, Path source) throws IOException {
    Path place =
        folder
            .resolve("compilers/packages")
            .resolve(title.replaceFirst("\\..*", ""))
            .resolve(title);
    Files.createDirectories(place);
    Files.writeString(
        place.resolve("opam"),
        """
        opam-version: "2.0"
        build: ["dune" "build" "-p" name]
        depends: [%s]
        url { src: "file://%s" }
        """
            .formatted(depends, source));
  }

  private void writeRepository() {
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    int status =
        new Environment(
                folder,
                Map.of(),
                new ByteArrayInputStream(new byte[0]),
                new Terminal(nowhere, nowhere),
                cache,
                new DirectBuilder(cache))
            .run("opam-repository", "repository", ROT13.toString());
    assertThat(status).isZero();
  }

  /** The command, as users have it along {@code PATH}. */
  private void writeMirage() throws IOException {
    Path script = Files.createDirectory(folder.resolve("bin")).resolve("mirage");
    Files.writeString(
        script,
        "#!/bin/sh\nexec '%s/bin/java' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\"\n"
            .formatted(
                System.getProperty("java.home"),
                System.getProperty("java.class.path"),
                Main.class.getName()));
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  /** What opam's own repository has, as far as it matters here: names of what this machine has. */
  private void writeCompilers() throws IOException {
    Path compilers = Files.createDirectory(folder.resolve("compilers"));
    Files.writeString(compilers.resolve("repo"), "opam-version: \"2.0\"\n");
    for (String name : new String[] {"ocaml.4.13.1", "ocamlfind.1.9.1", "dune.3.6.1"}) {
      Path place =
          compilers.resolve("packages").resolve(name.replaceFirst("\\..*", "")).resolve(name);
      Files.createDirectories(place);
      Files.writeString(place.resolve("opam"), "opam-version: \"2.0\"\n");
    }
  }

  private String opam(String arguments) {
    Command.Result result = shell("opam " + arguments);
    assertThat(result.status()).as(result.output() + result.errors()).isZero();
    return result.output();
  }

  private Command.Result shell(String line) {
    return Command.of("sh", "-c", line)
        .in(folder)
        .environment("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"))
        .environment("MIRAGE_CACHE", cache.root().toString())
        .environment("MIRAGE_INSTALLED", folder.resolve("installed").toString())
        .environment("OPAMROOT", folder.resolve("opam").toString())
        .environment("OPAMYES", "1")
        .environment("OPAMROOTISOK", "1")
        .environment("OPAMCOLOR", "never")
        .execute();
  }
}
