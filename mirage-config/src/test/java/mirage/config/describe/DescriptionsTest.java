// SPDX-License-Identifier: Apache-2.0
package mirage.config.describe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import mirage.config.resolve.Application;
import mirage.config.testing.Golden;
import mirage.config.testing.Graphs;
import mirage.device.Target;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class DescriptionsTest {
  private final Application application = Graphs.resolved("two_jobs", Target.ESP32);

  @Test
  void text() {
    Golden.check(
        "describe.txt",
        TextDescription.text(
            application, Path.of("/unikernel"), Path.of("/unikernel/dist/two_jobs.bin"), true));
  }

  @Test
  void dot() {
    Golden.check("graph.dot", Dot.text(application));
  }

  @Test
  void svgIsXmlWithABoxForEveryDeviceAndALineForEveryNeed() throws Exception {
    String text = Svg.text(application);
    Golden.check("graph.svg", text);
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(text)));
    Picture picture = Picture.of(application);
    assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(picture.boxes().size());
    assertThat(document.getElementsByTagName("path").getLength()).isEqualTo(picture.lines().size());
  }

  /** Random graphs: edges go down one layer a step, and nothing is lost. */
  @Test
  void layersPointDown() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      int vertices = 2 + random.nextInt(15);
      List<int[]> edges =
          random
              .ints(2L * vertices, 0, vertices)
              .mapToObj(v -> new int[] {random.nextInt(vertices), v})
              .filter(edge -> edge[0] < edge[1])
              .toList();
      Layers layers = Layers.of(vertices, edges);
      int[] row = new int[layers.count()];
      for (int i = 0; i < layers.rows().size(); i++) {
        for (int vertex : layers.rows().get(i)) {
          row[vertex] = i;
        }
      }
      assertThat(layers.rows().stream().mapToInt(List::size).sum()).isEqualTo(layers.count());
      for (int e = 0; e < edges.size(); e++) {
        List<Integer> path = layers.paths().get(e);
        assertThat(path.get(0)).isEqualTo(edges.get(e)[0]);
        assertThat(path.get(path.size() - 1)).isEqualTo(edges.get(e)[1]);
        for (int i = 1; i < path.size(); i++) {
          assertThat(row[path.get(i)]).as("seed %d", seed).isEqualTo(row[path.get(i - 1)] + 1);
        }
      }
    }
  }
}
