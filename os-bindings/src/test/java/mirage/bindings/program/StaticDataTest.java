// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.program;

import static org.assertj.core.api.Assertions.assertThat;

import mirage.formats.OcamlValue;
import org.junit.jupiter.api.Test;

class StaticDataTest {
  /** The collector's map of addresses tells constants by where they begin and end. */
  @Test
  void blocksWithoutFieldsLieInTheData() {
    StaticData data = new StaticData("test");

    StaticData.Word empty = data.place(new OcamlValue.Block(0));

    assertThat(empty.kind()).isEqualTo(StaticData.Kind.POINTER);
    assertThat(empty.value()).isLessThan(4 * data.words().size());
  }
}
