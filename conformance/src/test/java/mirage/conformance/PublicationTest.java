// SPDX-License-Identifier: Apache-2.0
package mirage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What Maven Central asks of a module, and users of its jar: in its own pom.xml, or in the root's that it inherits. */
class PublicationTest {
  private static final Path ROOT = Path.of("..");

  /** Inherited by all modules. */
  private static final List<String> COMMON =
      List.of(
          "url",
          "licenses/license/name",
          "licenses/license/url",
          "developers/developer/name",
          "scm/url",
          "scm/connection");

  /** Not inherited, or, if it were, the same for all. */
  private static final List<String> OWN = List.of("name", "description", "properties/module.name");

  @Test
  void theRootHasWhatAllModulesInherit() throws Exception {
    assertThat(lacking(pom(ROOT), COMMON)).isEmpty();
  }

  @Test
  void eachModuleNamesAndDescribesItself() throws Exception {
    List<String> lacking = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String module : modules()) {
      Element pom = pom(ROOT.resolve(module));
      lacking(pom, OWN).forEach(element -> lacking.add(module + ": " + element));
      text(pom, "properties/module.name").forEach(names::add);
      assertThat(text(pom, "parent/artifactId")).as(module).containsExactly("mirage-esp32");
    }
    assertThat(lacking).isEmpty();
    assertThat(names).doesNotHaveDuplicates();
  }

  @Test
  void eachJarHasTheLicense() throws Exception {
    for (String module : modules()) {
      Path classes = ROOT.resolve(module).resolve("target/classes");
      if (Files.isDirectory(classes)) {
        for (String file : List.of("LICENSE", "NOTICE")) {
          assertThat(classes.resolve("META-INF").resolve(file))
              .hasSameTextualContentAs(ROOT.resolve(file));
        }
      }
    }
  }

  private static List<String> modules() throws Exception {
    List<String> modules = text(pom(ROOT), "modules/module").toList();
    assertThat(modules).hasSizeGreaterThan(20);
    return modules;
  }

  private static List<String> lacking(Element pom, List<String> elements) {
    return elements.stream().filter(path -> text(pom, path).findAny().isEmpty()).toList();
  }

  private static Element pom(Path folder) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(folder.resolve("pom.xml").toFile())
        .getDocumentElement();
  }

  /** The texts of all elements at a path that have one. */
  private static Stream<String> text(Element from, String path) {
    Stream<Node> at = Stream.of(from);
    for (String name : path.split("/")) {
      at = at.flatMap(PublicationTest::children).filter(node -> node.getNodeName().equals(name));
    }
    return at.map(node -> node.getTextContent().strip()).filter(text -> !text.isEmpty());
  }

  private static Stream<Node> children(Node node) {
    NodeList children = node.getChildNodes();
    List<Node> all = new ArrayList<>();
    for (int i = 0; i < children.getLength(); i++) {
      all.add(children.item(i));
    }
    return all.stream();
  }
}
