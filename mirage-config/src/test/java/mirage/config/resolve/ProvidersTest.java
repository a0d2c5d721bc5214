// SPDX-License-Identifier: Apache-2.0
package mirage.config.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import mirage.config.resolve.Providers.NamedJar;
import mirage.device.DeviceImplementation;
import mirage.device.DeviceProvider;
import mirage.device.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars made here, as somebody else would publish them. */
class ProvidersTest {
  private static final String SERVICE = "META-INF/services/" + DeviceProvider.class.getName();

  @TempDir Path folder;

  @Test
  void aNamedJarsDevicesAreFoundBesideTheTools() throws IOException {
    NamedJar jar =
        jar(
            "good",
            "List.of(DeviceImplementation.of(\"loud\", \"console\", Target.ALL, \"Loud\", \"c\"))");
    Catalog catalog = load(jar);
    Offer<DeviceImplementation> loud = catalog.implementation("loud").orElseThrow();
    assertThat(loud.named()).isTrue();
    assertThat(loud.origin()).isEqualTo("org.example:good:1.0");
    assertThat(catalog.serving("console", Target.ESP32)).contains(loud).hasSizeGreaterThan(1);
    assertThat(catalog.serving("time", Target.UNIX)).isNotEmpty();
  }

  @Test
  void everyJarThatDoesNotLoadIsNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jar"), "this is no jar");
    NamedJar none = new NamedJar("org.example:none:1.0", folder.resolve("none.jar"), List.of());
    assertThatThrownBy(() -> load(new NamedJar("org.example:text:1.0", text, List.of()), none))
        .isInstanceOf(UserProblems.class)
        .hasMessageContaining("jar org.example:text:1.0 (" + text + ") does not load: ")
        .hasMessageContaining("jar org.example:none:1.0 (" + none.file() + ") does not load: ");
  }

  @Test
  void aProviderThatFailsIsNamed() throws IOException {
    NamedJar jar = jar("bad", "List.of((DeviceImplementation) null).subList(0, 2)");
    assertThatThrownBy(() -> load(jar))
        .isInstanceOf(UserProblems.class)
        .hasMessageStartingWith("jar org.example:bad:1.0 (" + jar.file() + ") does not load: ");
  }

  @Test
  void aServiceFileThatNamesNoClassIsNamed() throws IOException {
    Path file = folder.resolve("empty.jar");
    write(file, Map.of(SERVICE, "example.Missing\n".getBytes(StandardCharsets.UTF_8)));
    assertThatThrownBy(() -> load(new NamedJar("org.example:empty:1.0", file, List.of())))
        .isInstanceOf(UserProblems.class)
        .hasMessageContaining("org.example:empty:1.0")
        .hasMessageContaining("example.Missing");
  }

  @Test
  void aJarWithoutProviderOffersNothing() throws IOException {
    Path file = folder.resolve("plain.jar");
    write(file, Map.of("readme", new byte[0]));
    assertThatThrownBy(() -> load(new NamedJar("org.example:plain:1.0", file, List.of())))
        .hasMessageContaining("jar org.example:plain:1.0 (" + file + ") offers nothing");
  }

  private static Catalog load(NamedJar... jars) {
    return Providers.load(ProvidersTest.class.getClassLoader(), List.of(jars));
  }

  /** A jar whose provider answers the given Java expression. */
  private NamedJar jar(String name, String implementations) throws IOException {
    String source =
        """
        package example.%1$s;
        import java.util.List;
        import mirage.device.*;
        public class Provider implements DeviceProvider {
          @Override public List<DeviceImplementation> implementations() { return %2$s; }
        }
        """
            .formatted(name, implementations);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavaFileObject unit =
        new SimpleJavaFileObject(
            URI.create("string:///example/" + name + "/Provider.java"),
            JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreErrors) {
            return source;
          }
        };
    Path classes = Files.createDirectories(folder.resolve("classes"));
    String api = Path.of(location(DeviceProvider.class)).toString();
    boolean compiled =
        compiler
            .getTask(
                null,
                null,
                null,
                List.of("-cp", api, "-d", classes.toString()),
                null,
                List.of(unit))
            .call();
    assertThat(compiled).isTrue();
    String entry = "example/" + name + "/Provider.class";
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(entry, Files.readAllBytes(classes.resolve(entry)));
    entries.put(SERVICE, ("example." + name + ".Provider\n").getBytes(StandardCharsets.UTF_8));
    Path file = folder.resolve(name + ".jar");
    write(file, entries);
    return new NamedJar("org.example:" + name + ":1.0", file, List.of());
  }

  private static URI location(Class<?> type) {
    try {
      return type.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (java.net.URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static void write(Path file, Map<String, byte[]> entries) throws IOException {
    try (OutputStream stream = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(stream)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        jar.putNextEntry(new JarEntry(entry.getKey()));
        jar.write(entry.getValue());
        jar.closeEntry();
      }
    }
  }
}
